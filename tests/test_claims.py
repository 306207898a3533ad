"""A claim is no wider than its check: the set it names, and the tolerance."""

import ast
import inspect
import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

from crosswalk import expect
from crosswalk.comparisons.discover import discover
from crosswalk.model import Check, Comparison

COMPARISONS = discover(ROOT / "examples").comparisons
# "every optimizer of `mindspore.nn`", "the schedulers of ...", "no optimizer class".
UNIVERSAL = re.compile(
    r"\b(?:every|all|no|none of the|each of the|any|the)\s+"
    r"(?:(?:other|public)\s+)?"
    r"(?:optimizers|schedulers|(?:optimizer|scheduler) class(?:es)?)\b"
    r"|\b(?:every|no)\s+(?:optimizer|scheduler) (?:of|in)\b"
)
CHECK = re.compile(r"\{check\}`([^`]+)`")
# How a set is found, rather than typed.
FOUND = re.compile(r"\bsubclasses\(|__all__|\bvars\(|\bissubclass\(|\bdir\(")


def universal() -> Iterator[tuple[Comparison, Check]]:
    """Yield the checks whose claim is about a whole set of classes."""
    for comparison in COMPARISONS.values():
        for check in comparison.checks:
            if UNIVERSAL.search(check.statement):
                yield comparison, check


@cache
def definitions(path: Path) -> dict[str, str]:
    """Return the source of what a file defines at its top level, by name."""
    source = path.read_text("utf-8")
    found: dict[str, str] = {}
    for node in ast.parse(source).body:
        text = ast.get_source_segment(source, node) or ""
        names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]
        stored = names if not hasattr(node, "name") else [node.name]
        for name in stored:
            found[name] = found.get(name, "") + "\n" + text
    return found


def reached(comparison: Comparison, check: Check) -> str:
    """Return the source of a check and of all that it uses of its comparison."""
    known = definitions(check.path)
    others = [side.path for side in comparison.sides]
    for path in filter(None, (*others, comparison.shared)):
        for name, text in definitions(path).items():
            known[name] = known.get(name, "") + text
    left, seen = [check.name], set()
    while left:
        name = left.pop()
        if name in known and name not in seen:
            seen.add(name)
            left += re.findall(r"[A-Za-z_]\w*", known[name])
    return "\n".join(known[name] for name in seen)


CLAIMS = {f"{c.id}#{check.name}": (c, check) for c, check in universal()}


def is_found(comparison: Comparison, check: Check) -> bool:
    """Return whether a check finds its set, or takes a table that another one proves.

    Such a table is a constant, which a check of the same comparison compares with
    what it finds.
    """
    own = reached(comparison, check)
    if FOUND.search(own):
        return True
    tables = set(re.findall(r"\b_?[A-Z][A-Z_]{3,}\b", own))
    proofs = [
        text
        for other in comparison.checks
        if FOUND.search(text := reached(comparison, other))
    ]
    return any(re.search(rf"\b{table}\b", text) for table in tables for text in proofs)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_about_a_set_has_a_check_that_finds_the_set(name: str) -> None:
    """The members are found in the package, so that none is forgotten."""
    assert is_found(*CLAIMS[name])


def test_there_are_such_claims() -> None:
    """The pattern finds some: otherwise the test above would run on nothing."""
    assert CLAIMS


def sentences() -> dict[str, list[str]]:
    """Return the lines of pages that speak of a whole set, with what they cite."""
    found = {}
    for path in sorted((ROOT / "docs").rglob("*.md")):
        for line in path.read_text("utf-8").splitlines():
            cited = CHECK.findall(line)
            if cited and UNIVERSAL.search(CHECK.sub("", line)):
                found[f"{path.relative_to(ROOT)}: {line}"] = cited
    return found


SENTENCES = sentences()


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda text: text[:60])
def test_a_page_says_no_more_of_a_set_than_a_check_finds(sentence: str) -> None:
    """A sentence about a whole set cites at least one check that finds the set."""
    cited = [name.partition("#") for name in SENTENCES[sentence]]
    checks = [(COMPARISONS[name], COMPARISONS[name].check(c)) for name, _, c in cited]
    assert any(is_found(*one) for one in checks)


# What "matches" means on the site: the default limit of `expect.close`.
LIMIT = inspect.signature(expect.close).parameters["tolerance"].default
STATED = re.compile(r"\b(?:within|less than|at most|error of|percent)\b")


def tolerances(comparison: Comparison, check: Check) -> list[float]:
    """Return the limits that a check and its helpers give to assertions.

    A limit that is computed counts as infinite.
    """
    tree = ast.parse(reached(comparison, check))
    constants = {
        ast.unparse(node.targets[0]): node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    return [
        getattr(k.value, "value", constants.get(getattr(k.value, "id", ""), math.inf))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for k in node.keywords
        if k.arg == "tolerance"
    ]


WIDE = {
    f"{comparison.id}#{check.name}": check
    for comparison in COMPARISONS.values()
    for check in comparison.checks
    if max(tolerances(comparison, check), default=0) > LIMIT
}


@pytest.mark.parametrize("name", WIDE)
def test_a_claim_states_a_tolerance_above_the_usual(name: str) -> None:
    """A reader may take a match without a number for the glossary's."""
    assert STATED.search(WIDE[name].statement)


def test_the_glossary_states_the_usual_tolerance() -> None:
    """It gives the number that checks use if they give none."""
    page = (ROOT / "docs/glossary.md").read_text("utf-8")
    assert f"at most {LIMIT:.0e} of".replace("e-0", "e-") in page
