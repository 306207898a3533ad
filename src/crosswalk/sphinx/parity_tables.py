"""Tables of runs that go on: what resumes, and which changes take effect."""

from collections.abc import Iterable, Iterator
from textwrap import shorten

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from crosswalk.parity.continuing import RESUME_WAYS, Change, Resume
from crosswalk.parity.model import PairOutcome
from crosswalk.sphinx.nodes import Box, PageLink, box
from crosswalk.sphinx.pair_versions import PairVersions, chip
from crosswalk.sphinx.past_pairs import of_change, of_resume
from crosswalk.sphinx.seen import PARITY
from crosswalk.sphinx.site import domain_of, page_of, pair_anchor
from crosswalk.sphinx.words import MODE_WORDS, word
from crosswalk.versions.record import SeenPair

CHANGE_MODES = ("pynative", "jit")
LONGEST_ERROR = 240


def error_line(language: str, text: str) -> nodes.Node:
    """Return what a library raised, in its own words, or what we say of it."""
    told = word(language, text)
    # A library speaks English, whatever the page's language.
    attributes = {"lang": "en"} if told == text else {}
    told = shorten(told, LONGEST_ERROR, placeholder=" …")
    return box("p", [nodes.Text(told)], class_="parity-error", **attributes)


def table(
    language: str, heads: Iterable[str], rows: Iterable[nodes.Node], name: str
) -> nodes.Node:
    """Return a table that scrolls and that a reader can search."""
    texts = [nodes.Text(word(language, text)) for text in heads]
    head = [box("th", [text], scope="col") for text in texts]
    parts = [box("thead", [box("tr", head)]), box("tbody", rows)]
    find = word(language, "Find in the table")
    found = box("table", parts, class_=f"table {name}", data_find=find)
    return box("div", [found], class_="parity-scroll", tabindex="0")


class OverviewDirective(SphinxDirective):
    """Lists something of every optimizer pair."""

    heads: tuple[str, ...] = ()

    def run(self) -> list[nodes.Node]:
        """Return one table for all pairs."""
        domain = domain_of(self.env)
        domain.note_seen(self.env.docname, PARITY)
        language = self.env.config.language
        rows = [
            row
            for name, outcome in sorted(domain.parities.items())
            for row in self.rows(
                PairVersions(self.env, name), outcome, self._link(name)
            )
        ]
        return [table(language, ("MindSpore", *self.heads), rows, "parity-overview")]

    def rows(
        self, pair: PairVersions, outcome: PairOutcome, first: list[nodes.Node]
    ) -> Iterator[nodes.Node]:
        """Yield the rows of one pair; ``first`` is their first cell."""
        raise NotImplementedError

    def _link(self, name: str) -> list[nodes.Node]:
        subject = domain_of(self.env).pairs[name].subject
        text = name.partition(":")[2]
        link = PageLink(page=page_of(subject), fragment=pair_anchor(name))
        link += nodes.literal(text, text.removeprefix("mindspore."))
        return [link]


class ResumesDirective(OverviewDirective):
    """Tell, of every optimizer, whether a resumed run goes on as if not stopped."""

    heads = ("Setting", *RESUME_WAYS, "In the file", "Not in the file")

    def rows(
        self, pair: PairVersions, outcome: PairOutcome, first: list[nodes.Node]
    ) -> Iterator[nodes.Node]:
        """Yield a row for each setting."""
        yield from resume_rows(pair, outcome, first)


class ChangesDirective(OverviewDirective):
    """Tell, of every optimizer, which changed hyperparameters take effect."""

    heads = ("Changed", "By", "PyNative", "@jit")

    def rows(
        self, pair: PairVersions, outcome: PairOutcome, first: list[nodes.Node]
    ) -> Iterator[nodes.Node]:
        """Yield a row for each way of changing one."""
        yield from change_rows(pair, outcome, first)


def resume_rows(
    pair: PairVersions, outcome: PairOutcome, first: list[nodes.Node]
) -> Iterator[nodes.Node]:
    """Yield a row for each setting with which a pair was stopped and resumed."""
    ours = [r for r in outcome.resumes if r.framework == "mindspore"]
    for setting in dict.fromkeys(r.setting for r in ours):
        found = [r for r in ours if r.setting == setting]
        cells = [box("th", [n.deepcopy() for n in first], scope="row")]
        cells.append(box("td", [nodes.literal(setting, setting)] if setting else []))
        cells += [
            _modes(pair, [r for r in found if r.way == way]) for way in RESUME_WAYS
        ]
        told = next((r for r in found if r.file), found[0])
        names = [entry.name for entry in told.file if entry.kind != "weight"]
        missing = [*(entry.name for entry in told.outside), *told.absent]
        cells += [_names(names), _names(missing)]
        yield box("tr", cells)


def change_rows(
    pair: PairVersions, outcome: PairOutcome, first: list[nodes.Node]
) -> Iterator[nodes.Node]:
    """Yield a row for each hyperparameter and way of changing it."""
    rows: dict[tuple, dict[str, Change]] = {}
    for change in outcome.changes:
        key = change.group, change.hyperparameter, change.code
        rows.setdefault(key, {})[change.mode] = change
    for (_, name, code), found in rows.items():
        cells = [box("th", [n.deepcopy() for n in first], scope="row")]
        by = [nodes.literal(code, code)] if code else []
        cells += [box("td", [nodes.literal(name, name)]), box("td", by)]
        cells += [_change(pair, found.get(mode)) for mode in CHANGE_MODES]
        yield box("tr", cells)


def _change(pair: PairVersions, change: Change | None) -> nodes.Node:
    if not change:
        return box("td")

    def find(seen: SeenPair) -> tuple[str | None, str | None]:
        return of_change(seen, change)

    errors = pair.errors(find, lambda text: error_line(pair.language, text))
    return box("td", [*pair.chips(find), *errors])


def _modes(pair: PairVersions, found: list[Resume]) -> nodes.Node:
    """Return one verdict, or one for each mode where they are not alike."""

    def find(seen: SeenPair) -> tuple:
        told = [of_resume(seen, r) for r in found]
        return tuple(zip((r.mode for r in found), told, strict=True))

    def make(value: tuple) -> Box:
        return box("div", _resumed(pair.language, value))

    return box("td", pair.stated(find, make, "div") if found else [])


def _resumed(language: str, modes: tuple) -> Iterator[Box]:
    if len({verdict for _, (verdict, _) in modes}) == 1:
        yield chip(language, modes[0][1][0])
    else:
        for mode, (verdict, _) in modes:
            name = nodes.Text(f"{MODE_WORDS.get(mode, mode)}: ")
            yield box("p", [name, chip(language, verdict)])
    for error in dict.fromkeys(error for _, (_, error) in modes if error):
        yield error_line(language, error)


def _names(names: list[str]) -> nodes.Node:
    text = ", ".join(names)
    return box("td", [nodes.literal(text, text)] if text else [])
