"""What one build knows: comparisons, their outcomes, and which page uses what."""

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from crosswalk.discover import Found
from crosswalk.model import Comparison, Outcome
from crosswalk.parity import measure, upstream

if TYPE_CHECKING:
    from crosswalk.parity.model import Pair, PairOutcome, Subject
    from crosswalk.parity.upstream import Claim
    from crosswalk.sphinx.apis import Api

logger = logging.getLogger(__name__)

ALL = "*"
PARITY = "parity *"


def warn(subtype: str, message: str, location: object) -> None:
    """Warn under our own type, so that ``-W`` fails and a reader can filter."""
    logger.warning(message, type="crosswalk", subtype=subtype, location=location)


class CrosswalkDomain(Domain):
    """Comparisons and checks, and the pages on which they stand.

    ``rendered``, ``cited`` and ``measured`` map a page to comparison ids, to
    check ids and to pairs,
    ``seen`` maps a page to the digest of each outcome it was made from,
    ``sources`` to the digest of its file, ``description`` to its first sentences,
    ``indexed`` has the page with the index of APIs, ``linked`` the APIs that
    pages have links to, under "".
    """

    name = "crosswalk"
    label = "Crosswalk"
    initial_data = {  # noqa: RUF012 - Sphinx's own form
        "rendered": {},
        "cited": {},
        "measured": {},
        "seen": {},
        "sources": {},
        "indexed": {},
        "linked": {},
        "description": {},
    }
    data_version = 3

    def __init__(self, env: BuildEnvironment) -> None:
        """Start without outcomes: `run_comparisons` brings them."""
        super().__init__(env)
        self.found = Found({}, ())
        self.outcomes: dict[str, Outcome] = {}
        self.digests: dict[str, str] = {}
        self.subjects: tuple[Subject, ...] = ()
        self.pairs: dict[str, Pair] = {}
        self.parities: dict[str, PairOutcome] = {}
        self.claims: tuple[Claim, ...] = ()
        self.apis: dict[str, Api] = {}

    def clear_doc(self, docname: str) -> None:
        """Forget what ``docname`` uses."""
        for kind in self.initial_data:
            self.data[kind].pop(docname, None)

    def merge_domaindata(self, docnames: list[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found on ``docnames``."""
        for kind in self.initial_data:
            for docname in docnames:
                if docname in otherdata[kind]:
                    self.data[kind][docname] = otherdata[kind][docname]

    def comparison(self, name: str) -> Comparison | None:
        """Return the comparison called ``name``, if there is one."""
        return self.found.comparisons.get(name)

    def outcome(self, name: str) -> Outcome | None:
        """Return its outcome; None where nothing ran (the gettext builder)."""
        return self.outcomes.get(name)

    def note_rendered(self, docname: str, name: str) -> bool:
        """Note that ``docname`` shows a comparison; False if it did already."""
        names = self.data["rendered"].setdefault(docname, [])
        self.note_seen(docname, name)
        if name in names:
            return False
        names.append(name)
        return True

    def note_cited(self, docname: str, check: str) -> None:
        """Note that ``docname`` has a badge of ``check``."""
        checks = self.data["cited"].setdefault(docname, [])
        if check not in checks:
            checks.append(check)
        self.note_seen(docname, check.partition("#")[0])

    def note_pair(self, docname: str, name: str) -> None:
        """Note that ``docname`` shows a measured pair."""
        self.data["measured"].setdefault(docname, []).append(name)
        self.note_seen(docname, name)

    def note_seen(self, docname: str, name: str) -> None:
        """Note which outcome ``docname`` was made from; ALL for every one."""
        self.data["seen"].setdefault(docname, {})[name] = self.digest(name)

    def digest(self, name: str) -> str:
        """Return a digest of what a page shows of ``name``'s outcome.

        Outcomes do not change during a build, so each is digested once.
        """
        if name not in self.digests:
            if name == ALL:
                shown = [self.digest(n) for n in sorted(self.found.comparisons)]
            elif name == PARITY:
                shown = [self.digest(n) for n in sorted(self.pairs)]
            elif name in self.pairs:
                found = self.parities.get(name)
                shown = [found.to_json() if found else None]
            else:
                outcome = self.outcome(name)
                data = outcome.to_json() if outcome else None
                shown = [repr(self.comparison(name)), data]
            text = json.dumps(shown, sort_keys=True)
            self.digests[name] = hashlib.sha256(text.encode()).hexdigest()
        return self.digests[name]

    def outdated(self) -> Iterator[str]:
        """Yield the pages made from outcomes that are no longer the same."""
        for docname, seen in self.data["seen"].items():
            if any(self.digest(name) != digest for name, digest in seen.items()):
                yield docname

    def showing(self, name: str) -> list[str]:
        """Return the pages that show the comparison ``name``, the front page last."""
        rendered = [d for d, names in self.data["rendered"].items() if name in names]
        root = self.env.config.root_doc
        return sorted(rendered, key=lambda docname: (docname == root, docname))

    def pages(self, name: str) -> list[str]:
        """Return the pages that show or cite ``name``, the showing ones first."""
        showing = self.showing(name)
        cited = [
            docname
            for docname, checks in self.data["cited"].items()
            if docname not in showing
            and any(check.startswith(f"{name}#") for check in checks)
        ]
        return [*showing, *sorted(cited)]

    def home(self, name: str, docname: str) -> str | None:
        """Return the page whose copy of ``name`` a badge on ``docname`` leads to."""
        showing = self.showing(name)
        return docname if docname in showing else next(iter(showing), None)

    def claims_on(self, name: str) -> Iterator[tuple["Claim", bool]]:
        """Yield what the official tables say of a pair, and whether that agrees."""
        torch, _, ours = name.partition(":")
        outcome = self.parities.get(name)
        if not outcome or not outcome.measurements:
            return
        verdict = measure.pair_verdict(outcome.measurements)
        for claim in self.claims:
            # The tables write two classes with other capitals.
            if (claim.torch.lower(), claim.mindspore) == (torch.lower(), ours):
                said = upstream.agreement(claim.verdict_en, verdict)
                yield claim, said == "agrees"


def page_of(subject: "Subject") -> str:
    """Return the page that shows ``subject``."""
    return f"reference/{subject.kind}s/{subject.slug}"


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


def find_outdated(app: Sphinx, env: BuildEnvironment, *_: object) -> list[str]:
    """Tell Sphinx which pages to read again."""
    del app
    return [docname for docname in domain_of(env).outdated() if docname in env.all_docs]


def check_usage(_: Sphinx, env: BuildEnvironment) -> None:
    """Warn of pairs and comparisons that no page shows, and checks none cites."""
    domain = domain_of(env)
    shown, cited, measured = (
        {name for names in domain.data[kind].values() for name in names}
        for kind in ("rendered", "cited", "measured")
    )
    for name, pair in domain.pairs.items():
        if name not in measured:
            message = f"pair {name!r} is unused: no page shows it"
            warn("unused", message, f"{pair.subject.path}:1")
    for name, comparison in domain.found.comparisons.items():
        if name not in shown:
            message = f"comparison {name!r} is unused: no page shows it"
            warn("unused", message, f"{comparison.checks[0].path}:1")
            continue
        for check in comparison.checks:
            if f"{name}#{check.name}" not in cited:
                what = f"check '{name}#{check.name}' is unused: no badge cites it"
                warn("unused", what, f"{check.path}:{check.line}")
