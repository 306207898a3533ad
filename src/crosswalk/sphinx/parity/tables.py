"""Tables of runs that go on: what resumes, and which changes take effect."""

from collections.abc import Iterable, Iterator
from textwrap import shorten

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from crosswalk.parity.measurement import (
    NO_EFFECTIVE_CHANGE,
    SAVED,
    Measurement,
    PairOutcome,
)
from crosswalk.sphinx.domain import domain_of, page_of, pair_anchor
from crosswalk.sphinx.incremental.digests import PARITY
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import Box, PageLink, box
from crosswalk.sphinx.parity.versions import MODE_TITLES, PairVersions, chip
from crosswalk.versions.snapshot import SeenPair

CHANGE_MODES = ("pynative", "jit")
LONGEST_ERROR = 240


def error_line(text: str) -> nodes.Node:
    """Return what a library raised, in its own words, or what we say of it."""
    is_ours = text == NO_EFFECTIVE_CHANGE
    told = _("no way to change the rate takes effect here") if is_ours else text
    # A library speaks English, whatever the page's language.
    attributes = {"lang": "en"} if told == text else {}
    told = shorten(told, LONGEST_ERROR, placeholder=" …")
    return box("p", [nodes.Text(told)], class_="parity-error", **attributes)


def table(heads: Iterable[str], rows: Iterable[nodes.Node], name: str) -> nodes.Node:
    """Return a table of ``heads`` and ``rows`` for a reader to search."""
    head = [box("th", [nodes.Text(text)], scope="col") for text in heads]
    return searched([box("thead", [box("tr", head)]), box("tbody", rows)], name)


def searched(parts: Iterable[nodes.Node], name: str) -> nodes.Node:
    """Return a table that scrolls and that a reader can search."""
    find = _("Find in the table")
    found = box("table", parts, class_=f"table {name}", data_find=find)
    return box("div", [found], class_="parity-scroll", tabindex="0")


class OverviewDirective(SphinxDirective):
    """Lists something of every optimizer pair."""

    def run(self) -> list[nodes.Node]:
        """Return one table for all pairs."""
        domain = domain_of(self.env)
        domain.note_seen(self.env.docname, PARITY)
        rows: list[nodes.Node] = []
        for name, outcome in sorted(domain.build.parities.items()):
            pair = PairVersions(self.env, name)
            first, *others = [*self.rows(pair, outcome, self._link(name)), None]
            for row in filter(None, others):
                # One link for each pair is enough.
                link = next(iter(row.findall(PageLink)))
                link.replace_self(link.children)
            rows += filter(None, [first, *others])
        return [table(("MindSpore", *self.heads()), rows, "parity-overview")]

    def heads(self) -> tuple[str, ...]:
        """Return the heads of the columns after the first."""
        raise NotImplementedError

    def rows(
        self, pair: PairVersions, outcome: PairOutcome, first: list[nodes.Node]
    ) -> Iterator[nodes.Node]:
        """Yield the rows of one pair; ``first`` is their first cell."""
        raise NotImplementedError

    def _link(self, name: str) -> list[nodes.Node]:
        subject = domain_of(self.env).build.pairs[name].subject
        text = name.partition(":")[2]
        link = PageLink(page=page_of(subject), fragment=pair_anchor(name))
        link += nodes.literal(text, text.removeprefix("mindspore."))
        return [link]


class ResumesDirective(OverviewDirective):
    """Tell, of every optimizer, whether a resumed run goes on as if not stopped."""

    def heads(self) -> tuple[str, ...]:
        """Return the heads of what `rows` gives."""
        return resume_heads()

    def rows(
        self, pair: PairVersions, outcome: PairOutcome, first: list[nodes.Node]
    ) -> Iterator[nodes.Node]:
        """Yield a row for each case."""
        yield from resume_rows(pair, outcome, first)


class ChangesDirective(OverviewDirective):
    """Tell, of every optimizer, which changed hyperparameters take effect."""

    def heads(self) -> tuple[str, ...]:
        """Return the heads of what `rows` gives."""
        return change_heads()

    def rows(
        self, pair: PairVersions, outcome: PairOutcome, first: list[nodes.Node]
    ) -> Iterator[nodes.Node]:
        """Yield a row for each way of changing one."""
        yield from change_rows(pair, outcome, first)


def resume_heads() -> tuple[str, ...]:
    """Return the heads of `resume_rows`, after that of the pair."""
    ways = {
        "weights only": _("weights only"),
        "optimizer": _("optimizer"),
        "rate changed": _("rate changed"),
        "everything": _("everything"),
    }
    told = (ways[way] for way in SAVED)
    return (_("Case"), *told, _("In the file"), _("Not in the file"))


def resume_rows(
    pair: PairVersions, outcome: PairOutcome, first: list[nodes.Node]
) -> Iterator[nodes.Node]:
    """Yield a row for each case with which a pair was stopped and resumed."""
    ours = [m for m in outcome.of("resume") if m.details.framework == "mindspore"]
    for flag in dict.fromkeys(m.details.flag for m in ours):
        found = [m for m in ours if m.details.flag == flag]
        cells = [box("th", [n.deepcopy() for n in first], scope="row")]
        cells.append(box("td", [nodes.literal(flag, flag)] if flag else []))
        cells += [
            _by_mode(pair, [m for m in found if m.details.saved == saved])
            for saved in SAVED
        ]
        told = next((m for m in found if m.details.file), found[0]).details
        names = [entry.name for entry in told.file if entry.kind != "weight"]
        missing = [*(entry.name for entry in told.outside), *told.absent]
        cells += [_names(names), _names(missing)]
        yield box("tr", cells)


def change_heads() -> tuple[str, ...]:
    """Return the heads of `change_rows`, after that of the pair."""
    return (_("Changed"), _("By"), *(MODE_TITLES[mode] for mode in CHANGE_MODES))


def change_rows(
    pair: PairVersions, outcome: PairOutcome, first: list[nodes.Node]
) -> Iterator[nodes.Node]:
    """Yield a row for each hyperparameter and way of changing it."""
    rows: dict[str, dict[str, Measurement]] = {}
    for change in outcome.of("change"):
        rows.setdefault(change.case, {})[change.mode] = change
    for found in rows.values():
        details = next(iter(found.values())).details
        name, code = details.hyperparameter, details.code
        cells = [box("th", [n.deepcopy() for n in first], scope="row")]
        by = [nodes.literal(code, code)] if code else []
        cells += [box("td", [nodes.literal(name, name)]), box("td", by)]
        cells += [_change(pair, found.get(mode)) for mode in CHANGE_MODES]
        yield box("tr", cells)


def _change(pair: PairVersions, change: Measurement | None) -> nodes.Node:
    if not change:
        return box("td")

    def find(seen: SeenPair) -> tuple[str | None, str | None]:
        return seen.find(change.key)

    errors = pair.errors(find, error_line)
    return box("td", [*pair.chips(find), *errors])


def _by_mode(pair: PairVersions, found: list[Measurement]) -> nodes.Node:
    runs = {MODE_TITLES.get(m.mode, m.mode): m for m in found}
    return box("td", stated_by_run(pair, runs) if found else [])


def stated_by_run(
    pair: PairVersions, runs: dict[str, Measurement]
) -> Iterator[nodes.Node]:
    """Yield one verdict, or one for each of ``runs`` where they are not alike."""

    def find(seen: SeenPair) -> tuple:
        return tuple((name, seen.find(m.key)) for name, m in runs.items())

    yield from pair.stated(find, lambda value: box("div", _runs(value)), "div")


def _runs(runs: tuple) -> Iterator[Box]:
    if len({verdict for _, (verdict, _) in runs}) == 1:
        yield chip(runs[0][1][0])
    else:
        for name, (verdict, _) in runs:
            yield box("p", [nodes.Text(f"{name}: "), chip(verdict)])
    for error in dict.fromkeys(error for _, (_, error) in runs if error):
        yield error_line(error)


def _names(names: list[str]) -> nodes.Node:
    text = ", ".join(names)
    return box("td", [nodes.literal(text, text)] if text else [])
