"""Extend Sphinx's search: cut text into words, and add names to its index.

Sphinx builds the index and provides the search field; ``search.js`` finds and ranks.
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
# Messages of a search without results, as JavaScript variables.
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
# Pages found for an API that comparisons use but the reference lacks.
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

    This finds a Chinese word in any text that contains it, without a dictionary in the
    browser.
    """

    def __init__(self, options: dict[str, str]) -> None:
        """Add the splitter, and the sentences for a search without results."""
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
    """The same splitter for the Chinese site.

    Sphinx names the stemmer in JavaScript after the language; it remains English.
    """

    lang = "zh"


class SectionAnchors(SphinxTransform):
    """Makes index entries link to their sections.

    Sphinx gives each entry a separate target, with a new number after every edit.
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
    """Names of headings and index entries in the other language."""

    def __init__(self, path: Path, language: str) -> None:
        """Read the catalogue at ``path``, in the direction away from ``language``."""
        self._words: dict[str, list[str]] = {}
        known = catalogue.translations(catalogue.read(path)) if path.exists() else {}
        for message, translation in known.items():
            # Titles in the index have no backticks.
            texts = [text.replace("`", "").lower() for text in (message, translation)]
            ours, other = texts if language == "en" else reversed(texts)
            if ours != other:
                self._words.setdefault(ours, []).append(other)

    def of(self, text: str) -> list[str]:
        """Return the translations of ``text`` into the other language."""
        return self._words.get(text.lower(), [])


def use_our_ranking(_: Sphinx, config: Config) -> None:
    """Make Sphinx load our script on each page that can search."""
    config.html_search_scorer = str(SCRIPT)


def keep_index(app: Sphinx, _: object) -> None:
    """Store the old index before Sphinx overwrites it."""
    path = Path(app.outdir, INDEX)
    before = path.read_bytes() if path.exists() else b""
    domain_of(app.env).build.search_index = before


def complete_index(app: Sphinx, exception: Exception | None) -> None:
    """Add to the search index all names that a reader may search for.

    After a partial build, Sphinx omits the entries of all other pages.
    So this function writes all of them again, or restores the old index if no page was
    written.
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
        # Keep the first spelling, because capitals separate the parts of a name.
        found = entries.setdefault(spelled.setdefault(text.lower(), text), [])
        place = (numbers.get(page), anchor)
        if place[0] is not None and place not in [entry[:2] for entry in found]:
            found.append((*place, is_main))
    index["indexentries"] = {text: found for text, found in entries.items() if found}
    path.write_text(js_index.dumps(index), encoding="utf-8")


def names(
    env: BuildEnvironment, index: dict[str, Any], words: Translations
) -> Iterator[tuple[str, Place, bool]]:
    """Yield each name, its place, and whether it is the main place.

    The names are index entries in both languages, headings in the other language, and
    APIs.
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
    """Yield the APIs of the reference, then those that comparisons use."""
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
    """Return how many comparisons on each page use each API."""
    found: dict[str, Counter[str]] = {}
    for comparison, outcome in sorted(domain.build.outcomes.items()):
        for name in sorted({u.name for side in outcome.sides for u in side.uses}):
            found.setdefault(name, Counter()).update(domain.showing.get(comparison, ()))
    return found


def setup(app: Sphinx) -> None:
    """Register the splitters of both languages and the hooks for the index."""
    app.add_search_language(Words)
    app.add_search_language(ChineseWords)
    app.add_transform(SectionAnchors)
    app.connect("config-inited", use_our_ranking)
    app.connect("write-started", keep_index)
    app.connect("build-finished", complete_index)
