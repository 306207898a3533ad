"""Every statement of the original page is covered by checks that exist."""

import re

from conftest import ROOT

from crosswalk.comparisons.discover import discover

TABLE = ROOT / "docs" / "contribute" / "statements.md"
ROW = re.compile(r"^\| (\d+) \|")
BADGE = re.compile(r"\{check\}`([^`]+)`")


def test_all_42_statements_have_their_checks() -> None:
    """The table has the numbers 1 to 42, each with checks that a build runs."""
    known = {
        f"{comparison.id}#{check.name}"
        for comparison in discover(ROOT / "examples").comparisons.values()
        for check in comparison.checks
    }
    rows = {}
    for line in TABLE.read_text("utf-8").splitlines():
        match = ROW.match(line)
        if match:
            rows[int(match[1])] = BADGE.findall(line)
    assert list(rows) == list(range(1, 43))
    assert [number for number, checks in rows.items() if not checks] == []
    assert {check for checks in rows.values() for check in checks} <= known
