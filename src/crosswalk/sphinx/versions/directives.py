"""The directive ``releases``: the changes of each release of MindSpore."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from docutils import nodes

from crosswalk.project import SNAPSHOTS
from crosswalk.sphinx.domain import domain_of, page_of, pair_anchor, warn
from crosswalk.sphinx.incremental.digests import ALL, PARITY
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import Badge, PageLink, UsedOn, box
from crosswalk.sphinx.parity.tables import table
from crosswalk.sphinx.parity.versions import (
    GRADIENTS,
    MODE_TITLES,
    VERDICTS,
    chip,
)
from crosswalk.sphinx.statement import TextDirective
from crosswalk.sphinx.versions.variants import state_word
from crosswalk.versions import causes, diff, snapshot
from crosswalk.versions.causes import Cause
from crosswalk.versions.diff import Change
from crosswalk.versions.snapshot import Record

DEVICE = "cpu"
# In characters: the part of an output or an error that a cell shows.
LONGEST = 300


class ReleasesDirective(TextDirective):
    """Compares the records of neighbouring versions, the newest first."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each two neighbours."""
        domain = domain_of(self.env)
        for name in (ALL, PARITY):
            domain.note_seen(self.env.docname, name)
        project = Path(self.env.srcdir).parent
        for path in (project / SNAPSHOTS).glob("*"):
            self.env.note_dependency(str(path))
        records = [r for r in snapshot.read_all(project) if r.device == DEVICE]
        self.causes = causes.read(project)
        self.causes_file = f"{project / causes.PATH}:1"
        sections = [self._section(*both) for both in pairwise(records)]
        return sections[::-1]

    def _section(self, old: Record, new: Record) -> nodes.Node:
        found = diff.between(old, new)
        told = _("MindSpore {new}, compared with {old}")
        told = told.format(new=new.version, old=old.version)
        title = nodes.title("", told, translatable=False)
        ours = [cause for cause in self.causes if cause.release == new.version]
        self._find_problems(new, found, ours)
        parts = [*self._behaviours(found, ours, old, new)]
        for kind in ("warning", "note"):
            parts += self._texts(kind, found)
        parts += self._names(found)
        parts += self._signatures(found, old, new)
        if not found:
            parts.append(
                self._said(_("Nothing that this site runs or reads has changed."))
            )
        parts += self._left_out(old, new)
        name = f"mindspore-{new.version.replace('.', '-')}"
        return nodes.section("", title, *parts, ids=[name], names=[name])

    def _find_problems(
        self, new: Record, found: Iterable[Change], ours: list[Cause]
    ) -> None:
        """Warn of a change without a cause, and of a cause without a change."""
        wanted = [change for change in found if change.kind in causes.WANTED]
        for change in wanted:
            if not any(cause.explains(change) for cause in ours):
                what = f"{change.kind} {change.place}"
                message = f"no cause of what MindSpore {new.version} changed: {what}"
                warn("cause", message, self.causes_file)
        for cause in ours:
            for item in cause.items:
                one = Cause(cause.release, "", (item,))
                if not any(one.explains(change) for change in wanted):
                    message = f"MindSpore {new.version} changed nothing in {item!r}"
                    warn("cause", message, self.causes_file)

    def _said(self, text: str) -> nodes.Node:
        # Composed in the language of the page: no message of the catalogue.
        return nodes.paragraph("", text, translatable=False)

    def _behaviours(
        self, found: list[Change], ours: list[Cause], old: Record, new: Record
    ) -> Iterator[nodes.Node]:
        """Yield each cause with a table of the changes that it explains."""
        left = [change for change in found if change.kind in causes.WANTED]
        for cause in ours:
            explained = [change for change in left if cause.explains(change)]
            left = [change for change in left if change not in explained]
            yield self.text(cause.text)
            yield self._table(explained, old, new)
        if left:
            yield self._said(_("The cause of these is not yet known."))
            yield self._table(left, old, new)

    def _table(self, found: list[Change], old: Record, new: Record) -> nodes.Node:
        """Return a folded table with the result of each version."""
        heads = (_("Place"), *(f"MindSpore {r.version}" for r in (old, new)))
        rows = [
            _row(
                self._place(change),
                self._told(change, change.before),
                self._told(change, change.after),
            )
            for change in found
        ]
        shown = table(heads, rows, "releases")
        title = _("What it changed: {count} results").format(count=len(rows))
        return box("details", [box("summary", [nodes.Text(title)]), shown])

    def _place(self, change: Change) -> list[nodes.Node]:
        name, _, check = change.item.partition("#")
        domain = domain_of(self.env)
        if check:
            return [Badge(check=change.item, label=change.item)]
        if name in domain.build.pairs:
            place = page_of(domain.build.pairs[name].subject)
            link = PageLink(page=place, fragment=pair_anchor(name))
            link += nodes.literal("", name.partition(":")[2])
            return [link, nodes.Text(" "), *self._case(change.what, name)]
        if name in domain.build.found.comparisons:
            where = [nodes.Text(" ("), UsedOn(comparison=name), nodes.Text(")")]
            return [nodes.literal("", name), *where]
        return [nodes.literal("", change.place or "import")]

    def _case(self, what: str, pair: str) -> list[nodes.Node]:
        """Return the name of a pair's case, translated if it has a translation."""
        cases = domain_of(self.env).build.pairs[pair].cases
        if what in {case.name for case in cases}:
            return [self.text(what)]
        return [nodes.literal("", what)] if what else []

    def _told(self, change: Change, text: str) -> list[nodes.Node]:
        """Return a version's result: a verdict, an output or an error."""
        if change.kind == "verdict":
            return self._verdicts(text)
        return self._text(text)

    def _text(self, text: str) -> list[nodes.Node]:
        if text in {"passed", "failed", "skipped"}:
            return [nodes.Text(state_word(text))]
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
        pre = box("pre", [nodes.Text(shown.strip("\n"))], lang="en")
        return [pre] if shown else []

    def _verdicts(self, text: str) -> list[nodes.Node]:
        """Return the verdict of each mode and kind of gradients, as chips."""
        shown = []
        for part in filter(None, text.split("; ")):
            run, _, verdict = part.rpartition(": ")
            if verdict not in VERDICTS:
                return self._text(text)
            names = [
                MODE_TITLES.get(name) or str(GRADIENTS[name])
                for name in filter(None, run.split(", "))
            ]
            head = [nodes.Text(f"{', '.join(names)}: ")] if names else []
            shown.append(box("p", [*head, chip(verdict)]))
        return shown

    def _texts(self, kind: str, found: list[Change]) -> Iterator[nodes.Node]:
        """Yield a folded table of the texts that appeared or disappeared, and where."""
        places: dict[tuple[bool, str], list[Change]] = defaultdict(list)
        for change in found:
            if change.kind == kind:
                places[not change.after, change.after or change.before].append(change)
        rows = []
        for (has_ended, text), group in sorted(places.items()):
            names = {c.place: self._place(c) for c in group}
            items = [box("li", place) for _, place in sorted(names.items())]
            english = box("span", [nodes.Text(text)], lang="en")
            places_list = box("ul", items)
            rows.append(_row([_came(is_there=not has_ended)], [english], [places_list]))
        yield from self._folded(kind, (_("Change"), _("Text"), _("Place")), rows)

    def _names(self, found: list[Change]) -> Iterator[nodes.Node]:
        rows = [
            _row(
                [nodes.literal("", change.item)],
                [_came(is_there=bool(change.after))],
            )
            for change in found
            if change.kind == "name"
        ]
        yield from self._folded("name", (_("Name"), _("Change")), rows)

    def _signatures(
        self, found: list[Change], old: Record, new: Record
    ) -> Iterator[nodes.Node]:
        rows = []
        for change in found:
            if change.kind == "signature":
                both = change.before, change.after
                cells = ([nodes.literal("", part)] for part in both)
                rows.append(_row([nodes.literal("", change.item)], *cells))
        heads = (_("Name"), *(f"MindSpore {r.version}" for r in (old, new)))
        yield from self._folded("signature", heads, rows)

    def _folded(
        self, kind: str, heads: tuple[str, ...], rows: list[nodes.Node]
    ) -> Iterator[nodes.Node]:
        if rows:
            title = f"{_change_word(kind)}: {len(rows)}"
            shown = table(heads, rows, f"releases {kind}")
            yield box("details", [box("summary", [nodes.Text(title)]), shown])

    def _left_out(self, old: Record, new: Record) -> Iterator[nodes.Node]:
        """Yield a sentence on the items whose sources differ between the records."""
        count = sum(
            name not in before or before[name].sources != seen.sources
            for before, after in (
                (old.comparisons, new.comparisons),
                (old.pairs, new.pairs),
            )
            for name, seen in after.items()
        )
        if count:
            text = _(
                "Not compared: {count} comparisons and pairs, which are not of the "
                "same sources in both."
            )
            yield self._said(text.format(count=count))


def _change_word(kind: str) -> str:
    """Return the heading for changes of a kind."""
    words = {
        "warning": _("Warnings that began or ended"),
        "note": _("Announcements in docstrings that began or ended"),
        "name": _("Names that came or went"),
        "signature": _("Arguments and defaults that moved"),
    }
    return words[kind]


def _came(*, is_there: bool) -> nodes.Node:
    return nodes.Text(_("began") if is_there else _("ended"))


def _row(*cells: list[nodes.Node]) -> nodes.Node:
    return box("tr", [box("td", cell) for cell in cells])
