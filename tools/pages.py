"""Measure the built pages: ``python -m tools.pages HTML TABLE``.

Writes a row for each English page: its words, its sentences under ten words, its
marks, and the size of its HTML and its Markdown in KB.
"""

import csv
import re
import sys
from pathlib import Path

from bs4 import BeautifulSoup

HEADS = ("page", "words", "short sentences", "marks", "HTML (KB)", "Markdown (KB)")
# Neither code nor what a reader opens on demand is prose.
NOT_PROSE = "pre, script, style, details, .mark, .headerlink, .comparison, .parity"
# Marks, and the badges that came before them.
MARKS = ".bd-article .mark, .bd-article a.check-badge"
SENTENCE = re.compile(r"(?<=[.!?。！？])\s+")
SHORT = 10


def measure(path: Path) -> tuple[int, int, int, int, int]:
    """Return the figures of a built page, in the order of `HEADS`."""
    page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    marks = len(page.select(MARKS))
    article = page.select_one(".bd-article")
    for tag in article.select(NOT_PROSE):
        tag.decompose()
    texts = [tag.get_text(" ") for tag in article.select("p, li, td")]
    sentences = [s.split() for text in texts for s in SENTENCE.split(text.strip())]
    sizes = (path.stat().st_size, path.with_suffix(".md").stat().st_size)
    return (
        sum(map(len, sentences)),
        sum(0 < len(words) < SHORT for words in sentences),
        marks,
        *(round(size / 1000) for size in sizes),
    )


def main() -> None:
    """Write the table of a build."""
    folder, table = map(Path, sys.argv[1:])
    pages = sorted(
        path for path in folder.rglob("*.html") if path.with_suffix(".md").exists()
    )
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADS)
        for path in pages:
            name = path.relative_to(folder).with_suffix("").as_posix()
            writer.writerow((f"`{name}`", *measure(path)))


if __name__ == "__main__":
    main()
