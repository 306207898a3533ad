"""What is measured is kept with its machine, and shown as it was measured."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Project
from small_site import prepare, run

from crosswalk.comparisons.discover import discover
from tools.bench import __main__ as bench
from tools.bench import sites, timing
from tools.bench.page import AT_LEAST, AT_MOST, KEPT, RATIOS, reached

RESULTS = {
    "machine": {"cores": 2, "cpu": "A", "memory_gib": 8},
    "versions": {"myst-nb": "1.4.0"},
    "ratios": {"no_change": 1.1234},
}
EXTENSION = 'extensions.append("tools.bench.page")\n'
PAGE = """\
# Speed

{speed}`no_change` {speed}`one_edit` {speed}`myst-nb` {speed}`machine`

```{speed-figure}
```
"""


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        (RESULTS, "1.12 – 1.4.0 cores 2, cpu A, memory gib 8"),
        (None, "– – – –"),
    ],
    ids=["kept", "nothing kept"],
)
def test_the_page_shows_what_was_kept(
    project: Project, results: dict | None, expected: str
) -> None:
    """Ratios, versions and the machine; a dash for what was not measured."""
    command = prepare(project, PAGE, conf=EXTENSION)
    if results:
        path = project.root / KEPT
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(results), "utf-8")
    done = run(project, command)
    assert done.returncode == 0, done.stderr
    text = (project.root / "out-en" / "index.html").read_text("utf-8")
    page = BeautifulSoup(text, "html.parser")
    assert expected == " ".join(page.select_one("section p").get_text().split())
    assert bool(results) == bool(page.select("figure svg[role=img] path"))


def test_an_unknown_figure_is_named(project: Project) -> None:
    """A figure that nothing measures fails the build."""
    done = run(
        project, prepare(project, "# Speed\n\n{speed}`no_changes`\n", conf=EXTENSION)
    )
    assert done.returncode != 0
    assert "unknown figure 'no_changes' of speed; there are: " in done.stderr


def test_figures_of_another_machine_are_dropped(tmp_path: Path) -> None:
    """What one run adds stands beside what the same machine gave before."""
    path = tmp_path / "results.json"
    bench.keep(path, {"no_change": 1.0})
    bench.keep(path, {"one_edit": 2.0})
    data = json.loads(path.read_text("utf-8"))
    assert {"no_change": 1.0, "one_edit": 2.0} == data["ratios"]
    data["machine"]["cores"] += 1
    path.write_text(json.dumps(data), "utf-8")
    bench.keep(path, {"over_limit": 3.0})
    assert {"over_limit": 3.0} == json.loads(path.read_text("utf-8"))["ratios"]


def test_a_command_that_fails_ends_the_run(tmp_path: Path) -> None:
    """Nothing is measured of what did not work; the message has what it said."""
    with pytest.raises(timing.CommandError, match="ended with 3:\nno"):
        timing.run(["bash", "-c", "echo no; exit 3"], tmp_path)


def test_actions_take_turns() -> None:
    """Each is done as often as asked, in turn, and gets a time."""
    done = []
    actions = {name: (lambda name=name: done.append(name)) for name in "ab"}
    times = timing.in_turn(actions, 3)
    assert list("ababab") == done
    assert {"a", "b"} == times.keys()


def test_a_synthetic_site_has_as_many_comparisons(tmp_path: Path) -> None:
    """They are found as any others are, ten on a page; each topic has its evidence."""
    sites.synthetic(tmp_path, 25)
    found = discover(tmp_path / "examples")
    assert (25, ()) == (len(found.comparisons), found.problems)
    pages = {path.stem for path in tmp_path.glob("docs/*.md")}
    assert {"page0", "page1", "page2", "topic0"} == pages


def test_the_page_says_what_is_wanted() -> None:
    """Each row of a figure with a limit has the limit that the plot is drawn with."""
    text = (ROOT / "docs" / "contribute" / "speed.md").read_text("utf-8")
    rows = [line.split("|") for line in text.splitlines() if "| {speed}`" in line]
    actual = {row[2].strip(" }`").rpartition("`")[2]: row[3].strip() for row in rows}
    expected = {name: f"at least {limit:g}" for name, limit in AT_LEAST.items()}
    expected |= {name: f"at most {limit:g}" for name, limit in AT_MOST.items()}
    assert expected == {name: actual[name] for name in expected}


def test_a_figure_shows_how_much_is_reached() -> None:
    """1 is what is wanted, whether a figure shall be large or small."""
    ratios = {"cold_16_mystnb": 3.0, "no_change": 2.4, "page_requests": 9}
    assert {"cold_16_mystnb": 0.5, "no_change": 0.5} == reached(ratios)


def test_figures_are_a_table_too(tmp_path: Path) -> None:
    """The CSV has each figure with its limit."""
    bench.keep(tmp_path / "results.json", {"no_change": 1.0, "page_requests": 9.0})
    bench.write_table(tmp_path / "results.json", tmp_path / "results.csv")
    lines = (tmp_path / "results.csv").read_text("utf-8").splitlines()
    assert ["no_change,1.0,,1.2", "page_requests,9.0,,"] == lines[1:]


def test_the_page_has_every_figure() -> None:
    """No figure is measured and then kept from the reader."""
    pages = (ROOT / "docs" / "contribute").glob("*.md")
    text = "".join(path.read_text("utf-8") for path in pages)
    assert set() == {name for name in RATIOS if f"`{name}`" not in text}
