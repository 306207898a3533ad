"""What holds on a version is recorded by running, and told apart from another."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import MINDSPORE, ROOT, Project, noxfile

from crosswalk.introspect import Argument, signature
from crosswalk.project import SNAPSHOTS
from crosswalk.versions import diff, installed, snapshot
from crosswalk.versions.diff import Change
from crosswalk.versions.snapshot import (
    Record,
    RecordError,
    SeenApi,
    SeenCheck,
    SeenComparison,
    SeenPair,
    SeenSide,
)

ENVIRONMENT = {"mindspore": "2.9.0", "torch": "2.13.0", "device": "cpu"}
NAME, PAIR = "sums/ones", "torch.optim.A:mindspore.nn.B"
API, OTHER = "mindspore.nn.B", "mindspore.nn.C"
SEEN = SeenComparison(
    "0123",
    {"pytorch": SeenSide("passed", ("3.0\n",)), "mindspore": SeenSide("passed")},
    {"same": SeenCheck("passed", "PyNative")},
)
X = (Argument("x"),)
RECORD = Record(
    ENVIRONMENT,
    {NAME: SEEN},
    {PAIR: SeenPair("4567", "same", measurements={"trajectory": {"matched": "same"}})},
    {API: SeenApi(X), OTHER: SeenApi(X)},
)


def with_side(**changed: object) -> Record:
    """Return `RECORD` with something else on the MindSpore side."""
    side = replace(SEEN.sides["mindspore"], **changed)
    sides = {**SEEN.sides, "mindspore": side}
    return RECORD.with_comparison(NAME, replace(SEEN, sides=sides))


def with_check(status: str, failure: str) -> Record:
    """Return `RECORD` with another outcome of the check."""
    checks = {"same": SeenCheck(status, "PyNative", failure)}
    return RECORD.with_comparison(NAME, replace(SEEN, checks=checks))


def with_pair(**changed: object) -> Record:
    """Return `RECORD` with something else measured."""
    return RECORD.with_pair(PAIR, replace(RECORD.pairs[PAIR], **changed))


def with_api(api: SeenApi) -> Record:
    """Return `RECORD` with something else said by the library."""
    return replace(RECORD, apis={**RECORD.apis, API: api})


CHANGES = [
    (with_side(outputs=("4\n",)), Change("output", NAME, "mindspore", "", "4\n")),
    (
        with_side(status="failed", failure="no such name"),
        Change("side", NAME, "mindspore", "passed", "no such name"),
    ),
    (
        with_side(warnings=("W: old",)),
        Change("warning", NAME, "mindspore", "", "W: old"),
    ),
    (
        with_check("failed", "3 is not 4"),
        Change("check", f"{NAME}#same", "", "passed", "3 is not 4"),
    ),
    (with_pair(verdict="differs"), Change("verdict", PAIR, "", "same", "differs")),
    (
        with_pair(measurements={"trajectory": {"matched": {"jit": "fails"}}}),
        Change("verdict", PAIR, "matched", "same", "jit: fails"),
    ),
    (with_api(SeenApi((*X, Argument("y")))), Change("signature", API, "", "", "y")),
    (with_api(SeenApi(X, ("It ends.",))), Change("note", API, "", "", "It ends.")),
    (
        replace(RECORD, apis={OTHER: SeenApi(X)}),
        Change("name", API, "", "there", ""),
    ),
    (replace(RECORD, warnings=("W",)), Change("warning", "", "import", "", "W")),
]


@pytest.mark.parametrize(("new", "expected"), CHANGES, ids=lambda value: str(value)[:9])
def test_each_difference_is_told_once(new: Record, expected: Change) -> None:
    """What differs between two records is one change, with both sides of it."""
    assert [expected] == diff.between(RECORD, new)


def test_what_is_the_same_is_no_change() -> None:
    """A record does not differ from itself."""
    assert [] == diff.between(RECORD, RECORD)


def test_results_of_other_sources_are_not_compared() -> None:
    """A difference may come from an edit: nothing is said of it."""
    side = SeenSide("passed", ("4\n",))
    seen = replace(SEEN, sources="89ab", sides={**SEEN.sides, "mindspore": side})
    new = RECORD.with_comparison(NAME, seen)
    new = new.with_pair(PAIR, SeenPair("cdef", "differs"))
    assert [] == diff.between(RECORD, new)


def test_names_that_were_not_looked_up_are_not_compared() -> None:
    """A run that was stopped knows no names: none of them is gone."""
    assert [] == diff.between(RECORD, replace(RECORD, apis={}))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (lambda a, b=1: (a, b), lambda a, b=2: (a, b), ("b=1", "b=2")),
        (lambda a: a, lambda a, b=(1, 2): (a, b), ("", "b=(1, 2)")),
        (lambda a, b: (a, b), lambda b, a: (a, b), ("a, b", "b, a")),
        (lambda a, *b: (a, b), lambda a, **b: (a, b), ("*b", "**b")),
        (lambda a, b: (a, b), lambda a, *, b: (a, b), ("b", "b")),
    ],
)
def test_of_two_signatures_only_what_differs_is_told(
    before: Callable, after: Callable, expected: tuple[str, str]
) -> None:
    """Arguments that both have are left out, unless they only changed places."""
    both = signature(before), signature(after)
    assert expected == diff.arguments_that_differ(*both)


def test_checks_of_a_side_that_fails_are_one_change() -> None:
    """Where a side does not run, its checks are not told one by one."""
    new = with_side(status="failed", failure="no such name")
    seen = replace(new.comparisons[NAME], checks={"same": SeenCheck("failed")})
    found = diff.between(RECORD, new.with_comparison(NAME, seen))
    assert ["side"] == [change.kind for change in found]


@pytest.mark.parametrize("signature", [(), None])
def test_no_arguments_are_not_no_signature(signature: None, tmp_path: Path) -> None:
    """A function of no arguments and what is no function are read as they were."""
    found = with_api(SeenApi(signature))
    snapshot.write(found, tmp_path)
    assert (found,) == snapshot.read_all(tmp_path)


@pytest.mark.parametrize("found", [RECORD, *(new for new, _ in CHANGES)])
def test_a_record_is_read_as_it_was_written(found: Record, tmp_path: Path) -> None:
    """Writing and reading gives the same record; what is empty takes no room."""
    snapshot.write(found, tmp_path)
    assert (found,) == snapshot.read_all(tmp_path)
    text = snapshot.path_of(tmp_path, ENVIRONMENT).read_text("utf-8")
    assert [] == re.findall(r'": (?:""|\[\]|\{\}),?$', text, re.MULTILINE)


def test_records_come_by_version(tmp_path: Path) -> None:
    """MindSpore 2.10 is newer than 2.9."""
    for version in ("2.10.0", "2.9.0", "2.7.2"):
        environment = {**ENVIRONMENT, "mindspore": version}
        snapshot.write(replace(RECORD, environment=environment), tmp_path)
    found = [r.version for r in snapshot.read_all(tmp_path)]
    assert ["2.7.2", "2.9.0", "2.10.0"] == found


@pytest.mark.parametrize("text", ["", "{", "[]", '{"environment": {}, "pairs": [1]}'])
def test_a_garbled_record_is_refused(text: str, tmp_path: Path) -> None:
    """The error names the file and says how to get a right one."""
    path = tmp_path / "cpu-mindspore-2.9.0.json"
    path.write_text(text, "utf-8")
    expected = f"^{re.escape(str(path))}: expected .* run that version again$"
    with pytest.raises(RecordError, match=expected):
        snapshot.read(path)


def ended() -> None:
    """Do it.

    :func:`ended` is deprecated from version 2.9, please use ``other``. It is old.
    See the code,
    which will be removed.

    .. warning::
        This is subject to change or deletion.
    """


def test_announcements_are_the_sentences_that_say_so() -> None:
    """A docstring's sentences that announce an end are kept, without markup."""
    expected = (
        "ended is deprecated from version 2.9, please use other.",
        "See the code, which will be removed.",
        "This is subject to change or deletion.",
    )
    assert expected == installed.notes(ended)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pathlib.Path.absolute", (Argument("self"),)),
        ("json.loads", json.loads),
        ("os.path.sep", None),
        ("pathlib.Path.cwd", (Argument("cls"),)),
    ],
)
def test_a_name_is_found_and_its_arguments_told(name: str, expected: object) -> None:
    """Modules, classes and what is in them are found; a value has no arguments."""
    found = installed.find(name)
    if callable(expected):
        assert expected is found
    else:
        assert expected == installed.signature(found)


def test_a_name_that_is_not_there_is_not_found() -> None:
    """The error names it."""
    with pytest.raises(LookupError, match=r"^'?pathlib\.Path\.nothing'?$"):
        installed.find("pathlib.Path.nothing")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with one comparison."""
    found = Project(tmp_path)
    found.add("sums/ones")
    return found


def test_a_record_goes_on_where_it_stopped(project: Project) -> None:
    """What ran is not run again until it changes; the file is the same each time."""
    command = ("-m", "crosswalk.versions", "record")
    first = project.command(*command)
    assert (0, "") == (first.returncode, first.stderr)
    assert "sums/ones: passed" == first.stdout.splitlines()[0]
    (path,) = (project.root / SNAPSHOTS).iterdir()
    before = path.read_bytes()
    second = project.command(*command)
    assert [f"{path.resolve()}: 4 names"] == second.stdout.splitlines()
    assert before == path.read_bytes()
    changed = MINDSPORE.replace("ones(3)", "ones(4)")
    (project.examples / "sums" / "ones" / "ones_mindspore.py").write_text(changed)
    third = project.command(*command)
    assert "sums/ones: failed" == third.stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("record", "--device", "gpu"), "device 'gpu' was asked for and is not there"),
        (("record", "--device", "tpu"), "unknown device 'tpu': expected one of cpu,"),
        (("report", "9.9"), "no record of MindSpore 9.9 on cpu; there is none"),
    ],
)
def test_what_cannot_be_done_is_said(
    project: Project, arguments: tuple[str, ...], expected: str
) -> None:
    """The command line says what is missing, and writes nothing."""
    done = project.command("-m", "crosswalk.versions", *arguments)
    assert (2, "") == (done.returncode, done.stdout)
    assert f"crosswalk: {expected}" in done.stderr
    assert not (project.root / SNAPSHOTS).exists()


def test_a_report_tells_what_stopped_being_true(project: Project) -> None:
    """It gives the statement, the place and both versions."""
    for version, found in (("2.9.0", RECORD), ("2.11.0", with_check("failed", "no"))):
        environment = {**ENVIRONMENT, "mindspore": version}
        snapshot.write(replace(found, environment=environment), project.root)
    done = project.command("-m", "crosswalk.versions", "report", "2.11.0")
    expected = """\
MindSpore 2.9.0 -> MindSpore 2.11.0 on cpu, differences: 1
  statements that became true or stopped being true:
    sums/ones#same
      Both frameworks give the same sum.
      MindSpore 2.9.0: passed
      MindSpore 2.11.0: no
"""
    assert (0, expected, "") == (done.returncode, done.stdout, done.stderr)


def test_the_environments_differ_in_one_pin() -> None:
    """Each version has its own line in a copy of the pins, and the newest is ours."""
    found = noxfile()
    pins = (ROOT / "requirements.txt").read_text("utf-8")
    assert [f"mindspore=={found.MINDSPORE[0]}"] == found.PIN.findall(pins)
