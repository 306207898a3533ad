"""The directive ``releases``: what each release of MindSpore changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from crosswalk.sphinx.nodes import Badge, PageLink, UsedOn, box
from crosswalk.sphinx.pair_versions import chip
from crosswalk.sphinx.parity_tables import table
from crosswalk.sphinx.seen import ALL, PARITY
from crosswalk.sphinx.site import domain_of, page_of, pair_anchor, warn
from crosswalk.sphinx.words import (
    BEHAVIOURS,
    CHANGE_WORDS,
    COMPARED_WITH,
    MODE_WORDS,
    NO_CAUSE,
    NOT_COMPARED,
    NOTHING_CHANGED,
    VERDICT_WORDS,
    word,
)
from crosswalk.versions import causes, changes, record
from crosswalk.versions.causes import Cause
from crosswalk.versions.changes import Change
from crosswalk.versions.record import Record

DEVICE = "cpu"
# In characters: what a cell shows of an output or an error.
LONGEST = 300
# A table with more rows is folded.
MOST = 8


class ReleasesDirective(SphinxDirective):
    """Compare the records of neighbouring versions, the newest first."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each two neighbours."""
        domain = domain_of(self.env)
        for name in (ALL, PARITY):
            domain.note_seen(self.env.docname, name)
        project = Path(self.env.srcdir).parent
        for path in (project / record.FOLDER).glob("*"):
            self.env.note_dependency(str(path))
        records = [r for r in record.read_all(project) if r.device == DEVICE]
        self.causes = causes.read(project)
        self.causes_file = f"{project / causes.PATH}:1"
        sections = [self._section(*both) for both in pairwise(records)]
        return sections[::-1]

    def _word(self, text: str) -> str:
        return word(self.env.config.language, text)

    def _section(self, old: Record, new: Record) -> nodes.Node:
        found = changes.between(old, new)
        told = self._word(COMPARED_WITH).format(new=new.version, old=old.version)
        title = nodes.title("", told, translatable=False)
        ours = [cause for cause in self.causes if cause.release == new.version]
        self._find_problems(new, found, ours)
        parts = [*self._behaviours(found, ours, old, new)]
        for kind in ("warning", "note"):
            parts += self._texts(kind, found)
        parts += self._names(found)
        parts += self._signatures(found, old, new)
        if not found:
            parts.append(self._said(self._word(NOTHING_CHANGED)))
        parts += self._left_out(old, new)
        name = f"mindspore-{new.version.replace('.', '-')}"
        return nodes.section("", title, *parts, ids=[name], names=[name])

    def _find_problems(
        self, new: Record, found: Iterable[Change], ours: list[Cause]
    ) -> None:
        """Warn of a change without its cause, and of a cause without its change."""
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
        """Yield each cause with a table of what it changed."""
        left = [change for change in found if change.kind in causes.WANTED]
        for cause in ours:
            explained = [change for change in left if cause.explains(change)]
            left = [change for change in left if change not in explained]
            yield self._translated(cause.text)
            yield self._table(explained, old, new)
        if left:
            yield self._said(self._word(NO_CAUSE))
            yield self._table(left, old, new)

    def _translated(self, text: str) -> nodes.paragraph:
        children, messages = self.state.inline_text(text, self.lineno)
        paragraph = nodes.paragraph(text, "", *children, *messages)
        self.set_source_info(paragraph)
        return paragraph

    def _table(self, found: list[Change], old: Record, new: Record) -> nodes.Node:
        """Return a table of what each version did; a long one is folded."""
        heads = ("Place", *(f"MindSpore {r.version}" for r in (old, new)))
        rows = [
            _row(
                self._place(change),
                self._told(change, change.before),
                self._told(change, change.after),
            )
            for change in found
        ]
        shown = table(self.env.config.language, heads, rows, "releases")
        if len(rows) <= MOST:
            return shown
        title = self._word(BEHAVIOURS).format(count=len(rows))
        return box("details", [box("summary", [nodes.Text(title)]), shown])

    def _place(self, change: Change) -> list[nodes.Node]:
        name, _, check = change.item.partition("#")
        domain = domain_of(self.env)
        if check:
            return [Badge(check=change.item), nodes.literal("", change.item)]
        if name in domain.pairs:
            place = page_of(domain.pairs[name].subject)
            link = PageLink(page=place, fragment=pair_anchor(name))
            link += nodes.literal("", name.partition(":")[2])
            return [link, nodes.Text(" "), *self._setting(change.what, name)]
        if name in domain.found.comparisons:
            where = [nodes.Text(" ("), UsedOn(comparison=name), nodes.Text(")")]
            return [nodes.literal("", name), *where]
        return [nodes.literal("", change.place or "import")]

    def _setting(self, what: str, pair: str) -> list[nodes.Node]:
        """Return what was tried with a pair: a setting's name has a translation."""
        settings = domain_of(self.env).pairs[pair].settings
        if what in {setting.name for setting in settings}:
            return [self._translated(what)]
        return [nodes.literal("", what)] if what else []

    def _told(self, change: Change, text: str) -> list[nodes.Node]:
        """Return what a version gave: a verdict, an output or an error."""
        if change.kind == "verdict":
            return self._verdicts(text)
        return self._text(text)

    def _text(self, text: str) -> list[nodes.Node]:
        if text in {"passed", "failed", "skipped"}:
            return [nodes.Text(self._word(text))]
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
        pre = box("pre", [nodes.Text(shown.strip("\n"))], lang="en")
        return [pre] if shown else []

    def _verdicts(self, text: str) -> list[nodes.Node]:
        """Return the verdict of each mode and kind of gradients, as chips."""
        language = self.env.config.language
        shown = []
        for part in filter(None, text.split("; ")):
            run, _, verdict = part.rpartition(": ")
            if verdict not in VERDICT_WORDS:
                return self._text(text)
            names = [
                MODE_WORDS.get(name) or self._word(f"{name} gradients")
                for name in filter(None, run.split(", "))
            ]
            head = [nodes.Text(f"{', '.join(names)}: ")] if names else []
            shown.append(box("p", [*head, chip(language, verdict)]))
        return shown

    def _texts(self, kind: str, found: list[Change]) -> Iterator[nodes.Node]:
        """Yield a folded table of the texts that began or ended, with their places."""
        places: dict[tuple[str, str], list[Change]] = defaultdict(list)
        for change in found:
            if change.kind == kind:
                began = "began" if change.after else "ended"
                places[began, change.after or change.before].append(change)
        rows = []
        for (began, text), group in sorted(places.items()):
            names = {c.place: self._place(c) for c in group}
            items = [box("li", place) for _, place in sorted(names.items())]
            english = box("span", [nodes.Text(text)], lang="en")
            rows.append(_row([nodes.Text(self._word(began))], [english], items))
        yield from self._folded(kind, ("Change", "Text", "Place"), rows)

    def _names(self, found: list[Change]) -> Iterator[nodes.Node]:
        rows = [
            _row(
                [nodes.literal("", change.item)],
                [nodes.Text(self._word("began" if change.after else "ended"))],
            )
            for change in found
            if change.kind == "name"
        ]
        yield from self._folded("name", ("Name", "Change"), rows)

    def _signatures(
        self, found: list[Change], old: Record, new: Record
    ) -> Iterator[nodes.Node]:
        rows = []
        for change in found:
            if change.kind == "signature":
                both = changes.arguments_that_differ(change.before, change.after)
                cells = ([nodes.literal("", ", ".join(part))] for part in both)
                rows.append(_row([nodes.literal("", change.item)], *cells))
        heads = ("Name", *(f"MindSpore {r.version}" for r in (old, new)))
        yield from self._folded("signature", heads, rows)

    def _folded(
        self, kind: str, heads: tuple[str, ...], rows: list[nodes.Node]
    ) -> Iterator[nodes.Node]:
        if rows:
            title = f"{self._word(CHANGE_WORDS[kind])}: {len(rows)}"
            shown = table(self.env.config.language, heads, rows, f"releases {kind}")
            yield box("details", [box("summary", [nodes.Text(title)]), shown])

    def _left_out(self, old: Record, new: Record) -> Iterator[nodes.Node]:
        """Say how many comparisons and pairs are not of the same sources in both."""
        count = sum(
            name not in before or before[name].sources != seen.sources
            for before, after in (
                (old.comparisons, new.comparisons),
                (old.pairs, new.pairs),
            )
            for name, seen in after.items()
        )
        if count:
            yield self._said(self._word(NOT_COMPARED).format(count=count))


def _row(*cells: list[nodes.Node]) -> nodes.Node:
    return box("tr", [box("td", cell) for cell in cells])
