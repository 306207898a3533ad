"""Measure the built pages, and compare them with an earlier measurement.

``python -m tools.pages HTML TABLE`` writes a row for each English page: its words, its
sentences under ten words, its marks, and the size of its HTML and its Markdown in KB.
With the table of an earlier build as a third argument, it writes both numbers.
"""

import csv
import re
import sys
from pathlib import Path

from bs4 import BeautifulSoup

HEADS = ("page", "words", "short sentences", "marks", "HTML (KB)", "Markdown (KB)")
# Neither code nor what a reader opens on demand is prose.
NOT_PROSE = (
    "pre, script, style, details, .claim-mark, .headerlink, .comparison, .parity"
)
# Marks, and the badges that came before them.
MARKS = ".bd-article .claim-mark, .bd-article a.check-badge"
SENTENCE = re.compile(r"(?<=[.!?。！？])\s+")
SHORT = 10
NONE = "–"


def measure(path: Path) -> tuple[int, int, int, int, int]:
    """Return the numbers of a built page, in the order of `HEADS`."""
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


def measure_all(folder: Path) -> dict[str, list[str]]:
    """Return the numbers of each page below ``folder`` that has Markdown, by name."""
    pages = sorted(p for p in folder.rglob("*.html") if p.with_suffix(".md").exists())
    return {
        f"`{page.relative_to(folder).with_suffix('').as_posix()}`": [
            str(number) for number in measure(page)
        ]
        for page in pages
    }


def compare(
    before: dict[str, list[str]], after: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Return both numbers of each page; a page that is new or gone has a dash."""
    none = [NONE] * (len(HEADS) - 1)
    return {
        name: [
            f"{old} → {new}"
            for old, new in zip(
                before.get(name, none), after.get(name, none), strict=True
            )
        ]
        for name in sorted({*before, *after})
    }


def read(table: Path) -> dict[str, list[str]]:
    """Return the rows of a table that `main` wrote."""
    with table.open(encoding="utf-8", newline="") as file:
        return {name: numbers for name, *numbers in list(csv.reader(file))[1:]}


def main() -> None:
    """Write the table of a build."""
    folder, table, *earlier = map(Path, sys.argv[1:])
    rows = measure_all(folder)
    if earlier:
        rows = compare(read(earlier[0]), rows)
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADS)
        writer.writerows((name, *numbers) for name, numbers in rows.items())


if __name__ == "__main__":
    main()
