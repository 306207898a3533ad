"""Search: how text is cut into words, and what a reader can find a page by.

Sphinx builds the index and offers the field; ``search.js`` finds and ranks.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.search import js_index
from sphinx.search.en import SearchEnglish
from sphinx.transforms import SphinxTransform
from sphinx.util.index_entries import split_index_msg

from crosswalk.sphinx.domain import CrosswalkDomain, domain_of, page_of
from crosswalk.sphinx.interface import _
from crosswalk.website import catalogue

SCRIPT = Path(__file__).parent / "search.js"
INDEX = "searchindex.js"
# What a search without results says, in JavaScript.
SENTENCES = {
    "nothingFound": _(
        "Nothing found. Try one word less, or the name of an API such as nn.SGD."
    ),
    "notCovered": _("This site does not cover “{query}”."),
    "seeIndex": _(" The {link} lists every API that it covers."),
}
# The one pattern of both splitters: `Words.split` and the one in JavaScript.
PATTERN = r"[0-9A-Za-z_]+|[\u3400-\u4dbf\u4e00-\u9fff]+"
WORD = re.compile(PATTERN)
# How many pages an API leads to that comparisons use and the reference lacks.
PAGES_OF_A_USE = 3

SPLITTER = f"""
var splitQuery = (text) =>
  (text.match(/{PATTERN}/g) || []).flatMap((run) =>
    run < "\\u3400" || run.length === 1
      ? [run]
      : [...run.slice(1)].map((second, i) => run[i] + second),
  );
"""

Place = tuple[str, str]
"""A page and the HTML id of one of its sections; no id for the whole page."""


class Words(SearchEnglish):
    """Cuts text into Latin words and names, and Chinese into pairs of characters.

    A Chinese word is then found in any text that holds it, without a dictionary
    that the browser would have to load.
    """

    def __init__(self, options: dict[str, str]) -> None:
        """Write the splitter, and the sentences that a search without results needs."""
        super().__init__(options)
        sentences = (
            f"var {name} = {json.dumps(str(text))};\n"
            for name, text in SENTENCES.items()
        )
        script = SCRIPT.with_name("search_words.js").read_text("utf-8")
        self.js_splitter_code = f"{SPLITTER}{''.join(sentences)}{script}"

    def split(self, text: str) -> list[str]:
        """Return the words of ``text``."""
        words = []
        for run in WORD.findall(text):
            if run < "\u3400" or len(run) == 1:
                words.append(run)
            else:
                words += [run[i : i + 2] for i in range(len(run) - 1)]
        return words


class ChineseWords(Words):
    """The same for the Chinese site.

    Sphinx names the stemmer in JavaScript after the language: it stays English.
    """

    lang = "zh"


class SectionAnchors(SphinxTransform):
    """Let index entries lead to the section that they stand in.

    Sphinx gives each a target of its own, numbered anew with every edit.
    """

    # After the translation of entries, before targets give their ids to what follows.
    default_priority = 200

    def apply(self, **_: object) -> None:
        """Replace the targets of the page's ``index`` directives."""
        for node in list(self.document.findall(addnodes.index)):
            section = node.parent
            if node.get("inline", True) or not isinstance(section, nodes.section):
                continue
            anchor = section["ids"][0]
            node["entries"] = [
                (kind, value, anchor, main, key)
                for kind, value, _, main, key in node["entries"]
            ]
            del section[section.index(node) + 1]


class Translations:
    """What a heading or an index entry is called in the other language."""

    def __init__(self, path: Path, language: str) -> None:
        """Read the catalogue at ``path``, towards English if that is not ours."""
        self._words: dict[str, list[str]] = {}
        known = catalogue.translations(catalogue.read(path)) if path.exists() else {}
        for message, translation in known.items():
            # Titles in the index have no marks of inline code.
            texts = [text.replace("`", "").lower() for text in (message, translation)]
            ours, other = texts if language == "en" else reversed(texts)
            if ours != other:
                self._words.setdefault(ours, []).append(other)

    def of(self, text: str) -> list[str]:
        """Return the words of the other language for ``text``."""
        return self._words.get(text.lower(), [])


def use_our_ranking(_: Sphinx, config: Config) -> None:
    """Have Sphinx write our script beside the words, wherever a page can search."""
    config.html_search_scorer = str(SCRIPT)


def keep_index(app: Sphinx, _: object) -> None:
    """Remember the index before Sphinx writes it anew."""
    path = Path(app.outdir, INDEX)
    before = path.read_bytes() if path.exists() else b""
    domain_of(app.env).build.search_index = before


def complete_index(app: Sphinx, exception: Exception | None) -> None:
    """Write into the search index all names that a page can be asked for by.

    After a build of some pages alone, Sphinx leaves out the entries of all others.
    So they are written anew, or the index that was there is put back where no page
    was written.
    """
    path = Path(app.outdir, INDEX)
    if exception or app.builder.format != "html" or not path.exists():
        return
    domain = domain_of(app.env)
    if domain.build.search_index and not domain.written:
        path.write_bytes(domain.build.search_index)
        return
    index = js_index.loads(path.read_text("utf-8"))
    words = Translations(Path(app.srcdir, catalogue.IN_DOCS), app.config.language)
    numbers = {docname: number for number, docname in enumerate(index["docnames"])}
    entries: dict[str, list[tuple[int, str, bool]]] = {}
    spelled: dict[str, str] = {}
    for text, (page, anchor), is_main in names(app.env, index, words):
        # Capitals tell the parts of a name: the first spelling is kept.
        found = entries.setdefault(spelled.setdefault(text.lower(), text), [])
        place = (numbers.get(page), anchor)
        if place[0] is not None and place not in [entry[:2] for entry in found]:
            found.append((*place, is_main))
    index["indexentries"] = {text: found for text, found in entries.items() if found}
    path.write_text(js_index.dumps(index), encoding="utf-8")


def names(
    env: BuildEnvironment, index: dict[str, Any], words: Translations
) -> Iterator[tuple[str, Place, bool]]:
    """Yield each name, its place, and whether that is the main one.

    These are index entries in both languages, headings in the other language,
    and the names of APIs.
    """
    for page, entries in sorted(env.domains.index_domain.entries.items()):
        for kind, value, anchor, main, _key in entries:
            for text in split_index_msg(kind, value):
                for name in [text, *words.of(text)]:
                    yield name, (page, anchor), main == "main"
    for title, places in index["alltitles"].items():
        for name in words.of(title):
            for number, anchor in places:
                yield name, (index["docnames"][number], anchor or ""), True
    yield from _apis(domain_of(env))


def _apis(domain: CrosswalkDomain) -> Iterator[tuple[str, Place, bool]]:
    """Yield the dotted names of the reference, then those that comparisons use."""
    measured = set()
    for subject in domain.build.subjects:
        names = [subject.torch, *(c.mindspore for c in subject.counterparts)]
        measured.update(names)
        for name in names:
            yield name, (page_of(subject), ""), True
    for name, pages in _uses(domain).items():
        if name not in measured:
            for page, _ in pages.most_common(PAGES_OF_A_USE):
                yield name, (page, ""), False


def _uses(domain: CrosswalkDomain) -> dict[str, Counter[str]]:
    """Return how many comparisons of each page use each name."""
    found: dict[str, Counter[str]] = {}
    for comparison, outcome in sorted(domain.build.outcomes.items()):
        for name in sorted({u.name for side in outcome.sides for u in side.uses}):
            found.setdefault(name, Counter()).update(domain.showing.get(comparison, ()))
    return found


def setup(app: Sphinx) -> None:
    """Register the words of both languages and what completes the index."""
    app.add_search_language(Words)
    app.add_search_language(ChineseWords)
    app.add_transform(SectionAnchors)
    app.connect("config-inited", use_our_ranking)
    app.connect("write-started", keep_index)
    app.connect("build-finished", complete_index)
