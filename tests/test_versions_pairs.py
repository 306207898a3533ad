"""Pages of the reference tell the verdicts of each version and device."""

import json
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Project
from docutils import nodes
from small_site import build, read_page

from crosswalk.engine import device
from crosswalk.parity import load
from crosswalk.parity.measurement import Key
from crosswalk.sphinx.nodes import Badge
from crosswalk.sphinx.parity import directives
from crosswalk.versions import pairs, recorder, snapshot
from crosswalk.versions.snapshot import Record, SeenPair

HERE = device.environment("cpu")
NOW = HERE["mindspore"]
SHORT = ".".join(NOW.split(".")[:2])
OLD, OLDER = "1.2.0", "1.1.3"
PAIR = "torch.optim.SGD:mindspore.experimental.optim.SGD"
SUBJECT = """\
from crosswalk.parity.model import Counterpart, Subject

SUBJECT = Subject(
    "torch.optim.SGD",
    base={"lr": 0.1},
    cases=(),
    counterparts=(Counterpart("mindspore.experimental.optim.SGD"),),
)
"""
PAGE = f"""\
# Small

{{check}}`sums/ones#same`

::::{{parity}} {PAIR}
They are the same. {{check}}`sums/ones#same`

```{{comparison}} sums/ones
```
::::

## What fails

```{{runs-here}} fails
```

## What runs

```{{runs-here}} runs
```
"""
PROBE = "trajectory"
MATCHED = f"{PAIR}#{PROBE}/matched"
RUNS = ("pynative, fixed", "pynative, own", "jit, fixed", "jit, own")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with one pair, measured as it is expected."""
    project = Project(tmp_path_factory.mktemp("pair"))
    project.add()
    path = project.root / "parity" / "sgd.py"
    path.parent.mkdir()
    path.write_text(SUBJECT, "utf-8")
    claims = (ROOT / "parity" / "upstream.csv").read_text("utf-8")
    (path.parent / "upstream.csv").write_text(claims, "utf-8")
    done = project.command("-m", "crosswalk", "parity", PAIR, "--pin")
    assert done.returncode == 0, done.stderr
    return project


def write(project: Project, version: str, seen: SeenPair, where: str = "cpu") -> None:
    """Write a record of the pair as it is now."""
    pair = load.pairs(load.read(project.root / "parity"))[PAIR]
    seen = replace(seen, sources=recorder.sources_of_pair(pair, project.root))
    environment = {**HERE, "mindspore": version, "device": where}
    snapshot.write(Record(environment, pairs={PAIR: seen}), project.root)


def page_of(project: Project) -> BeautifulSoup:
    """Build the page; return it."""
    done = build(project, page=PAGE)
    assert done.returncode == 0, done.stderr
    return read_page(project)


def test_the_verdicts_of_each_version_are_there(site: Project) -> None:
    """The range, a difference, each setting's own, the error; and all in the data."""
    page = page_of(site)
    assert [] == page.select(".parity .verdict-versions, .parity [data-version]")
    settings = {"own defaults": "same", "matched": dict.fromkeys(RUNS, "same")}
    errors = {"matched": {"pynative, fixed": "RuntimeError: not here"}}
    settings["matched"]["pynative, fixed"] = "fails"
    broken = SeenPair(
        "", "fails", measurements={PROBE: settings}, errors={PROBE: errors}
    )
    write(site, OLDER, broken)
    write(site, OLD, broken, where="gpu")
    page = page_of(site)
    told = [line.get_text() for line in page.select(".parity .on-versions")]
    since = f"MindSpore since {NOW}: same once arguments are set"
    until = f"MindSpore until {OLDER}: fails"
    assert [f"{since} · {until}", f"GPU, MindSpore {OLD}: fails"] == told
    shown, hidden = page.select(".parity-verdict > span:not(.where)")
    assert "same once arguments are set" in shown.get_text()
    assert f"since {SHORT}" in shown.get_text()
    assert "fails PyNative: fails" in hidden.get_text()
    assert (OLDER, True) == (hidden["data-version"], hidden.has_attr("hidden"))
    (error,) = page.select(".parity-table .parity-error")
    assert "RuntimeError: not here" == error.get_text()
    assert OLDER == error.find_parent(attrs={"data-version": True})["data-version"]
    for figures in page.select(".parity-table .parity-numbers, .parity-figure"):
        assert NOW == figures["data-version"]
    (entry,) = json.loads((site.root / "out-en" / "parity.json").read_text("utf-8"))
    assert {OLDER: "fails", NOW: "defaults-differ"} == entry["versions"]
    assert {"gpu": {OLD: "fails"}} == entry["devices"]
    matched = {
        (row["mode"], row["gradients"]): row["versions"]
        for row in entry["settings"]
        if row["name"] == "matched"
    }
    assert {OLDER: "fails", NOW: "same"} == matched["pynative", "fixed"]
    assert {OLDER: "same", NOW: "same"} == matched["jit", "fixed"]


def test_a_changed_pair_is_outdated(site: Project) -> None:
    """Old verdicts of what has changed since are not shown."""
    write(site, OLDER, SeenPair("", "fails"))
    path = site.root / "parity" / "sgd.py"
    path.write_text(f"{SUBJECT}\n# changed\n", "utf-8")
    page = page_of(site)
    path.write_text(SUBJECT, "utf-8")
    told = page.select_one(".parity .on-versions").get_text()
    assert f"outdated, not yet run again on MindSpore {OLDER}" in told
    assert "fails" not in page.select_one(".parity").get_text()


def test_a_list_tells_what_runs_on_the_device(site: Project) -> None:
    """Names of passed programs and measured pairs run; nothing here fails."""
    page = page_of(site)
    fails, runs = page.select("section > section")
    assert "There is none." in fails.get_text()
    names = [name.get_text() for name in runs.select("strong, code")]
    expected = ["mindspore.experimental.optim", "SGD", "mindspore.ops", "ones"]
    assert [] == [name for name in expected if name not in names]
    assert "torch" not in runs.get_text()


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (SeenPair("", "same"), "same"),
        (SeenPair(""), "none"),
        (SeenPair("", failure="no such class"), "unmeasured"),
        ("outdated", "outdated"),
    ],
)
def test_a_record_without_verdict_says_why(seen: SeenPair | str, expected: str) -> None:
    """No counterpart, nothing measured and outdated are told apart."""
    assert expected == pairs.verdict(seen)


@pytest.mark.parametrize(
    ("matched", "expected"),
    [
        ("same", {}),
        (
            {"jit, fixed": "same", "pynative, fixed": "same", "pynative, own": "fails"},
            {"pynative": "fails", "jit": "same"},
        ),
    ],
)
def test_modes_are_told_where_they_differ(
    matched: str | dict[str, str], expected: dict[str, str]
) -> None:
    """Each mode has the worst of its verdicts, PyNative first."""
    seen = SeenPair("", "fails", measurements={PROBE: {"matched": matched}})
    assert list(expected.items()) == list(pairs.modes(seen).items())


def test_a_case_is_found_by_its_key() -> None:
    """One verdict stands for all modes, or each mode has its own and its error."""
    key = Key(PAIR, PROBE, "x", "jit, own")
    seen = SeenPair("", measurements={PROBE: {"x": "differs"}})
    assert ("differs", None) == seen.find(key)
    errors = {PROBE: {"x": {"jit, own": "no"}}}
    modes = {"x": {"jit, own": "fails"}}
    seen = SeenPair("", measurements={PROBE: modes}, errors=errors)
    assert ("fails", "no") == seen.find(key)
    assert (None, None) == SeenPair("").find(key)


def test_a_badge_cites_a_measurement(site: Project) -> None:
    """It leads to the figures and tells every version, the worst of its modes."""
    modes = dict.fromkeys(RUNS, "same") | {"jit, own": "differs"}
    seen = SeenPair("", "differs", measurements={PROBE: {"matched": modes}})
    write(site, OLDER, seen)
    write(site, OLD, seen, where="gpu")
    done = build(site, page=f"{PAGE}\nThey agree. {{measurement}}`{MATCHED}`\n")
    assert done.returncode == 0, done.stderr
    page = read_page(site)
    shown, hidden = page.select(f".check-badge[data-measurement='{MATCHED}']")
    assert ("passed", f"✓ since {SHORT}") == (shown["data-status"], shown.get_text())
    target = page.select_one(shown.find_parent("a")["href"])
    assert target["data-pair"] == PAIR
    assert f"GPU, MindSpore {OLD}: failed" in shown["aria-label"]
    assert ("failed", OLDER) == (hidden["data-status"], hidden["data-version"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (MATCHED.replace("SGD:", "SDG:"), "unknown pair .* did you mean .*SGD"),
        (f"{PAIR}#{PROBE}/mached", f"expected {PAIR}# and one of: .*{PROBE}/matched"),
        (f"{PAIR}#{PROBE}/own defaults", "cited as the same, but it is not"),
    ],
)
def test_a_badge_that_cites_nothing_that_agrees_fails_the_build(
    site: Project, name: str, expected: str
) -> None:
    """An unknown pair or case, and a case in which the sides differ, are told."""
    done = build(site, page=f"{PAGE}\nThey agree. {{measurement}}`{name}`\n")
    assert done.returncode != 0
    assert re.search(expected, done.stderr)


@pytest.mark.parametrize(("kind", "expected"), [("check", 1), ("measurement", 0)])
def test_only_a_check_gives_the_cause_of_a_difference(kind: str, expected: int) -> None:
    """A badge that says that two sides do the same explains no difference."""
    prose = nodes.paragraph("", "", Badge(**{kind: "x"}))
    assert expected == len(directives.causes_in(prose))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("same", "passed"),
        ({"jit": "same", "graph": "same"}, "passed"),
        ({"jit": "same", "graph": "frozen"}, "failed"),
        (None, "missing"),
    ],
)
def test_a_case_holds_if_it_does_in_every_mode(
    found: str | dict[str, str] | None, expected: str
) -> None:
    """One mode that differs is enough for a badge to say no."""
    cases = {"x": found} if found else {}
    seen = SeenPair("", measurements={PROBE: cases})
    assert expected == pairs.status(seen, PROBE, "x")


def test_the_exceptions_are_named_below_the_verdict(site: Project) -> None:
    """Few cases that differ are named, and both lists are in the data."""
    page = page_of(site)
    (told,) = page.select(".parity > .parity-exceptions")
    (entry,) = json.loads((site.root / "out-en" / "parity.json").read_text("utf-8"))
    same, others = entry["same_settings"], entry["other_settings"]
    assert ["own defaults"] == others
    count = f"{len(same)} of {len(same) + 1} cases are the same"
    assert f"{count}, all but these: own defaults" == told.get_text().strip()
    assert others == [name.get_text().strip() for name in told.select("li")]
