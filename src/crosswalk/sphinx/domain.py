"""A Sphinx domain that stores which pages show and cite comparisons and checks."""

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from crosswalk.parity import verdicts
from crosswalk.parity.model import Subject
from crosswalk.sphinx.incremental import digests
from crosswalk.sphinx.parity import upstream
from crosswalk.sphinx.parity.upstream import Claim
from crosswalk.sphinx.state import Build

logger = logging.getLogger(__name__)


def warn(subtype: str, message: str, location: object) -> None:
    """Warn under the type ``crosswalk``, so ``-W`` fails and a reader can filter."""
    logger.warning(message, type="crosswalk", subtype=subtype, location=location)


class CrosswalkDomain(Domain):
    """Comparisons and checks, and the pages that show them.

    ``rendered``, ``cited`` and ``measured`` map a page to comparison ids, to check ids
    and to pairs.
    ``seen`` maps a page to the digest of everything that it depends on, by name.
    ``leads`` maps it to the digest of the targets of its links, ``sources`` to the
    digest of its file, and ``description`` to its first sentences.
    ``indexed`` holds the page with the index of APIs, ``linked`` the APIs that pages
    link to, under "".
    ``showing`` maps a comparison to the pages that show it, the front page last, and
    ``citing`` to the pages that only cite it; `find_places` fills both.
    ``written`` holds the pages that this build writes, ``build`` its data.
    """

    name = "crosswalk"
    label = "Crosswalk"
    initial_data = {  # noqa: RUF012 - Sphinx's own form
        "rendered": {},
        "cited": {},
        "measured": {},
        "seen": {},
        "leads": {},
        "sources": {},
        "indexed": {},
        "linked": {},
        "description": {},
    }
    data_version = 4

    def __init__(self, env: BuildEnvironment) -> None:
        """Start without outcomes; `crosswalk.sphinx.build` adds them."""
        super().__init__(env)
        self.build = Build()
        self.showing: dict[str, list[str]] = {}
        self.citing: dict[str, list[str]] = {}
        self.written: set[str] = set()

    def clear_doc(self, docname: str) -> None:
        """Remove all entries of ``docname``."""
        for kind in self.initial_data:
            self.data[kind].pop(docname, None)

    def merge_domaindata(self, docnames: list[str], otherdata: dict[str, Any]) -> None:
        """Add the entries that a parallel reader made for ``docnames``."""
        for kind in self.initial_data:
            for docname in docnames:
                if docname in otherdata[kind]:
                    self.data[kind][docname] = otherdata[kind][docname]

    def note_rendered(self, docname: str, name: str) -> bool:
        """Record that ``docname`` shows a comparison; return False if already known."""
        names = self.data["rendered"].setdefault(docname, [])
        self.note_seen(docname, name)
        if name in names:
            return False
        names.append(name)
        return True

    def note_cited(self, docname: str, check: str) -> None:
        """Record that ``docname`` has a badge of ``check``."""
        checks = self.data["cited"].setdefault(docname, [])
        if check not in checks:
            checks.append(check)
        self.note_seen(docname, check)

    def note_pair(self, docname: str, name: str) -> None:
        """Record that ``docname`` shows a measured pair."""
        self.data["measured"].setdefault(docname, []).append(name)
        self.note_seen(docname, name)

    def note_seen(self, docname: str, name: str) -> None:
        """Record that ``docname`` depends on ``name``, with its digest."""
        self.data["seen"].setdefault(docname, {})[name] = digests.digest(
            self.build, name
        )

    def find_places(self) -> None:
        """Find the pages that show or cite each comparison, once all pages are read."""
        root = self.env.config.root_doc
        self.showing, self.citing = {}, {}
        rendered = self.data["rendered"]
        for docname in sorted(rendered, key=lambda page: (page == root, page)):
            for name in rendered[docname]:
                self.showing.setdefault(name, []).append(docname)
        for docname, checks in sorted(self.data["cited"].items()):
            for name in dict.fromkeys(check.partition("#")[0] for check in checks):
                if docname not in self.showing.get(name, ()):
                    self.citing.setdefault(name, []).append(docname)

    def pages(self, name: str) -> list[str]:
        """Return the pages that show or cite ``name``, the showing ones first."""
        return [*self.showing.get(name, ()), *self.citing.get(name, ())]

    def home(self, name: str, docname: str) -> str | None:
        """Return the page to which a badge of a comparison on ``docname`` links."""
        showing = self.showing.get(name, ())
        return docname if docname in showing else next(iter(showing), None)

    def home_of_pair(self, name: str, docname: str) -> str | None:
        """Return the page to which a badge of a pair on ``docname`` links."""
        measured = self.data["measured"].items()
        shown = sorted(page for page, names in measured if name in names)
        return docname if docname in shown else next(iter(shown), None)

    def claims_on(self, name: str) -> Iterator[tuple[Claim, bool]]:
        """Yield the official claims about a pair, and whether our verdict agrees."""
        torch, _, ours = name.partition(":")
        outcome = self.build.parities.get(name)
        if not outcome or not outcome.trainings:
            return
        verdict = verdicts.pair_verdict(outcome.trainings)
        for claim in self.build.claims:
            # The tables write two classes with different capitals.
            if (claim.torch.lower(), claim.mindspore) == (torch.lower(), ours):
                said = upstream.agreement(claim.verdict_en, verdict)
                yield claim, said == "agrees"


def page_of(subject: Subject) -> str:
    """Return the page that shows ``subject``."""
    return f"reference/{subject.kind}s/{subject.slug}"


def page_of_checks(comparison: str) -> str:
    """Return the page with the code of a comparison's checks."""
    return f"checks/{comparison}"


def pair_anchor(name: str) -> str:
    """Return the HTML id of a pair's measurements."""
    return nodes.make_id(f"parity-{name}")


def comparison_anchor(name: str) -> str:
    """Return the HTML id of a comparison."""
    return nodes.make_id(f"comparison-{name}")


def anchor(check: str) -> str:
    """Return the HTML id of a check's details."""
    return nodes.make_id(f"check-{check}")


def domain_of(env: BuildEnvironment) -> CrosswalkDomain:
    """Return the build's `CrosswalkDomain`."""
    return env.domains["crosswalk"]


def check_usage(_: Sphinx, env: BuildEnvironment) -> None:
    """Warn of pairs and comparisons that no page shows, and of checks without badge."""
    domain = domain_of(env)
    shown, cited, measured = (
        {name for names in domain.data[kind].values() for name in names}
        for kind in ("rendered", "cited", "measured")
    )
    for name, pair in domain.build.pairs.items():
        if name not in measured:
            message = f"pair {name!r} is unused: no page shows it"
            warn("unused", message, f"{pair.subject.path}:1")
    for name, comparison in domain.build.found.comparisons.items():
        if name not in shown:
            message = f"comparison {name!r} is unused: no page shows it"
            warn("unused", message, f"{comparison.checks[0].path}:1")
            continue
        for check in comparison.checks:
            if f"{name}#{check.name}" not in cited:
                what = f"check '{name}#{check.name}' is unused: no badge cites it"
                warn("unused", what, f"{check.path}:{check.line}")
