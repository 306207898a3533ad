"""Pages tell on which versions and devices something was seen."""

import json
from collections.abc import Callable
from dataclasses import replace

import displays
import pytest
from bs4 import BeautifulSoup
from conftest import CHECKS, MINDSPORE, Project
from small_site import PAGE, build, read_checks, read_page

from crosswalk.comparisons.discover import discover
from crosswalk.engine import device
from crosswalk.versions import history, recorder, snapshot
from crosswalk.versions.snapshot import (
    Record,
    SeenApi,
    SeenCheck,
    SeenComparison,
    SeenSide,
)

HERE = device.environment("cpu")
NOW = HERE["mindspore"]
OLD, OLDER, NEW = "1.2.0", "1.1.3", "99.1.0"
SINCE, UNTIL = "since {}", "until {}"
PASSED = SeenSide("passed", ("", "3.0\n"))


def seen(project: Project, **changed: object) -> SeenComparison:
    """Return what a record tells of ``sums/ones`` as it is now."""
    comparison = discover(project.examples).comparisons["sums/ones"]
    sources = recorder.sources(comparison, project.root)
    sides = {"pytorch": PASSED, "mindspore": PASSED}
    found = SeenComparison(sources, sides, {"same": SeenCheck("passed", "PyNative")})
    return replace(found, **changed)


def write(
    project: Project, version: str, device: str = "cpu", **changed: object
) -> None:
    """Write a record of one version; ``changed`` is what it tells."""
    apis = changed.pop("apis", {})
    environment = {**HERE, "mindspore": version, "device": device}
    comparisons = {"sums/ones": seen(project, **changed)}
    snapshot.write(Record(environment, comparisons, apis=apis), project.root)


def failing(text: str) -> dict[str, object]:
    """Return what a record tells of a side that raised."""
    sides = {"pytorch": PASSED, "mindspore": SeenSide("failed", (), text)}
    reason = "the mindspore side failed"
    return {"sides": sides, "checks": {"same": SeenCheck("failed", "", reason)}}


@pytest.fixture
def built(project: Project) -> Callable[[], BeautifulSoup]:
    """Return a function that builds the page and returns it."""
    project.add()

    def built_page(**options: str) -> BeautifulSoup:
        done = build(project, **options)
        assert done.returncode == 0, done.stderr
        return read_page(project, options.get("language", "en"))

    return built_page


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("ppp", "1, 2, 3"),
        ("p", "1"),
        ("ppf", "until 2"),
        ("pff", "until 1"),
        ("fpp", "since 2"),
        ("ffp", "since 3"),
        ("fpf", "2"),
        ("fppf", "2, 3"),
        ("pfp", "1, 3"),
        ("opp", "2, 3"),
        ("fop", "3"),
        ("ppo", "1, 2"),
        ("pop", "1, 3"),
        ("fpo", "2"),
    ],
)
def test_a_span_says_no_more_than_was_seen(states: str, expected: str) -> None:
    """Since and until need a neighbour that showed another state."""
    names = {"p": "passed", "f": "failed", "o": history.OUTDATED}
    found = {str(n): names[s] for n, s in enumerate(states, 1)}
    assert expected == history.span(found, "passed", SINCE, UNTIL)


@pytest.mark.parametrize(
    ("versions", "expected"),
    [(["2.7.2", "2.10.0"], ["2.7", "2.10"]), (["2.7.1", "2.7.2"], ["2.7.1", "2.7.2"])],
)
def test_short_versions_can_be_told_apart(
    versions: list[str], expected: list[str]
) -> None:
    """A version is short where no other one has the same short form."""
    assert expected == list(history.short(dict.fromkeys(versions)))


def test_a_figure_is_of_the_builds_version(built: Callable, project: Project) -> None:
    """Records keep what was printed: on another version a page shows that alone."""
    project.add(torch=displays.figure())
    write(project, OLD)
    printed, figure = built().select('[data-side="pytorch"] .side-output')
    assert not printed.has_attr("data-version")
    assert NOW == figure["data-version"]
    assert 2 == len(figure.select("img"))


def test_a_project_without_records_claims_no_version(built: Callable) -> None:
    """Nothing of versions is on the page."""
    page = built()
    assert [] == page.select(".check-versions, .on-versions, [data-version]")


def test_a_badge_tells_the_versions(built: Callable, project: Project) -> None:
    """A check that passes on all versions has a bare badge; its title lists them."""
    write(project, OLD)
    page = built()
    for badge in page.select(".check-badge"):
        assert "✓" == badge.get_text()
        assert f"passed ({OLD}, {NOW}): sums/ones#same" == badge["aria-label"]
        assert not badge.has_attr("data-version")
    told = read_checks(project).select_one(".check-details .on-versions").get_text()
    assert f"MindSpore {OLD}, {NOW}: ✓ passed" == told


def test_a_difference_is_stated(built: Callable, project: Project) -> None:
    """Where an old version fails, the badge says since when, and the details why."""
    write(project, OLDER, **failing("no ones here"))
    write(project, OLD)
    page = built()
    shown, hidden = page.select(".mark-check .check-badge")[:2]
    assert "✓ since 1.2" == shown.get_text()
    assert f"{OLD} {NOW}" == shown["data-version"]
    assert "✗ until 1.1" == hidden.get_text()
    assert (OLDER, "") == (hidden["data-version"], hidden["hidden"])
    details = read_checks(project).select_one(".check-details")
    told = details.select_one(".on-versions").get_text()
    expected = f"MindSpore since {OLD}: ✓ passed · MindSpore until {OLDER}: ✗ failed"
    assert expected == told
    assert f"MindSpore {OLDER}: the mindspore side failed" in details.get_text()
    side = page.select_one(f"[data-side=mindspore] .not-passed[data-version='{OLDER}']")
    assert "✗ failed: no ones here" == side.get_text()
    assert side.has_attr("hidden")


def test_a_difference_is_stated_in_chinese(built: Callable, project: Project) -> None:
    """The words of spans are Chinese on the Chinese page."""
    write(project, OLD, **failing("no ones here"))
    page = built(language="zh_CN")
    short = ".".join(NOW.split(".")[:2])
    assert f"✓ 自 {short} 起" == page.select_one(".check-badge").get_text()
    told = read_checks(project, "zh_CN").select_one(".on-versions").get_text()
    assert f"MindSpore 自 {NOW} 起：✓ 通过" in told


def test_another_output_is_there_for_its_version(
    built: Callable, project: Project
) -> None:
    """What a version printed otherwise is hidden, and the build's is marked."""
    sides = {"pytorch": PASSED, "mindspore": SeenSide("passed", ("", "3.5\n"))}
    write(project, OLD, sides=sides)
    page = built()
    outputs = page.select("[data-side=mindspore] .side-output")
    found = [
        (o["data-version"], o.has_attr("hidden"), o.pre.get_text().strip())
        for o in outputs
    ]
    assert [(NOW, False, "3.0"), (OLD, True, "3.5")] == found
    (same,) = page.select("[data-side=pytorch] .side-output")
    assert not same.has_attr("data-version")


def test_each_version_says_where_it_ran(built: Callable, project: Project) -> None:
    """The line below a comparison names the version that it is for."""
    write(project, OLD)
    lines = built().select(".comparison > .where")
    for line in lines:
        assert f"mindspore {line['data-version']}" in line.get_text()
    assert {OLD, NOW} == {line["data-version"] for line in lines}


def test_what_has_changed_since_is_outdated(built: Callable, project: Project) -> None:
    """After a change no old result is shown as valid, until it is recorded again."""
    write(project, OLD)
    project.add(mindspore=MINDSPORE.replace("the total", "its total"))
    page = built()
    badge, other = page.select(".mark-check .check-badge")[:2]
    assert "✓ {}.{}".format(*NOW.split(".")) == badge.get_text()
    assert ("outdated", "– 1.2") == (other["data-status"], other.get_text())
    told = read_checks(project).select_one(".on-versions").get_text()
    assert f"outdated, not yet run again on MindSpore {OLD}" in told
    assert OLD in page.select_one(f".stale[data-version='{OLD}'][hidden]").get_text()
    for output in page.select(".side-output"):
        assert NOW == output["data-version"]
    write(project, OLD)
    page = built()
    assert [] == page.select(".stale")
    told = read_checks(project).select_one(".on-versions").get_text()
    assert f"MindSpore {OLD}, {NOW}: ✓ passed" == told


def test_what_a_record_lacks_is_not_claimed(built: Callable, project: Project) -> None:
    """A comparison newer than a record has not yet run on its version."""
    environment = {**HERE, "mindspore": OLD}
    snapshot.write(Record(environment), project.root)
    page = built()
    told = read_checks(project).select_one(".on-versions").get_text()
    assert f"not yet run on MindSpore {OLD}" in told
    assert {"passed", "missing"} == {
        badge["data-status"] for badge in page.select(".check-badge")
    }


def test_the_build_stands_for_its_own_version(
    built: Callable, project: Project
) -> None:
    """A record of the build's version says nothing against what the build saw."""
    write(project, NOW, **failing("no ones here"))
    page = built()
    assert [] == page.select("[data-version]")
    assert "✓" == page.select_one(".check-badge").get_text()


def test_the_data_has_all_versions(built: Callable, project: Project) -> None:
    """evidence.json tells the status on each version, and what was printed there."""
    write(project, OLDER, **failing("no ones here"))
    sides = {"pytorch": PASSED, "mindspore": SeenSide("passed", ("", "3.5\n"))}
    write(project, OLD, sides=sides)
    built()
    text = (project.root / "out-en" / "evidence.json").read_text("utf-8")
    (comparison,) = json.loads(text)["comparisons"]
    (check,) = comparison["checks"]
    assert {OLDER: "failed", OLD: "passed", NOW: "passed"} == check["versions"]
    assert {
        OLDER: {"status": "failed", "failure": "no ones here", "stdout": ""},
        OLD: {"status": "passed", "stdout": "3.5\n"},
        NOW: {"status": "passed"},
    } == comparison["sides"]["mindspore"]["versions"]
    project.add(checks=f"{CHECKS}\n")
    built()
    text = (project.root / "out-en" / "evidence.json").read_text("utf-8")
    (comparison,) = json.loads(text)["comparisons"]
    assert "outdated" == comparison["checks"][0]["versions"][OLD]
    found = comparison["sides"]["mindspore"]["versions"]
    assert {"status": "outdated"} == found[OLD]


def test_a_broken_record_fails_the_build(project: Project) -> None:
    """The message names the file and says what to do."""
    project.add()
    path = project.root / "versions" / "cpu-mindspore-1.0.0.json"
    path.parent.mkdir()
    path.write_text("{}", "utf-8")
    done = build(project)
    assert 2 == done.returncode
    assert f"{path}: expected a record that `make versions` wrote" in done.stderr


def test_what_is_hidden_is_in_no_other_form(built: Callable, project: Project) -> None:
    """Neither the Markdown nor the search index has what is for other versions."""
    sides = {"pytorch": PASSED, "mindspore": SeenSide("passed", ("", "elsewhere\n"))}
    write(project, OLD, sides=sides)
    page = built()
    assert "elsewhere" in page.get_text()
    out = project.root / "out-en"
    for name in ("index.md", "searchindex.js", "llms.txt"):
        assert "elsewhere" not in (out / name).read_text("utf-8")


def test_another_record_makes_its_pages_again(
    built: Callable, project: Project
) -> None:
    """A page follows a record that changes; one that shows nothing of it does not."""
    write(project, OLD)
    plain = project.root / "docs" / "plain.md"
    page = f"{PAGE}\n```{{toctree}}\nplain\n```\n"
    plain.parent.mkdir(exist_ok=True)
    plain.write_text("# Plain\n", "utf-8")
    built(page=page)
    path = project.root / "out-en" / "plain.html"
    before = path.stat().st_mtime_ns
    write(project, OLD, **failing("no ones here"))
    assert "since" in built(page=page).select_one(".check-badge").get_text()
    assert before == path.stat().st_mtime_ns


def test_an_announcement_stands_at_the_snippet(
    built: Callable, project: Project
) -> None:
    """It is quoted, with the first version that has it and whether it came true."""
    text = "This API is deprecated and will be removed after 1.2."
    ones = "mindspore.ops.ones"
    write(project, OLDER, apis={ones: SeenApi()})
    write(project, OLD, apis={ones: SeenApi(notes=(text,))})
    write(project, NOW, apis={ones: SeenApi(notes=(text,))})
    page = built()
    (told,) = page.select("[data-side=mindspore] .announced")
    expected = f"Announced to change or to end: {ones}. Still there in mindspore {NOW}."
    assert expected == told.summary.get_text()
    assert f"{ones} since {OLD}: " in told.li.get_text()
    quote = told.q
    assert "This API is deprecated and will be removed after 1.2." == quote.get_text()
    assert "en" == quote["lang"]
    assert [] == page.select("[data-side=pytorch] .announced")


def test_a_name_that_is_gone_is_said_so(built: Callable, project: Project) -> None:
    """A newer version without the name made the announcement true."""
    ones = "mindspore.ops.ones"
    notes = ("This API is deprecated.",)
    write(project, OLD, apis={ones: SeenApi(notes=notes)})
    write(project, NEW)
    told = built().select_one(".announced summary").get_text()
    assert f"No longer there in mindspore {NEW}: {ones}." == told


def test_what_was_taken_back_is_not_announced(
    built: Callable, project: Project
) -> None:
    """A newer docstring without the sentence ends the announcement."""
    ones = "mindspore.ops.ones"
    write(project, OLD, apis={ones: SeenApi(notes=("This API is deprecated.",))})
    write(project, NOW, apis={ones: SeenApi()})
    assert [] == built().select(".announced")


def test_a_warning_that_announces_an_end_is_shown(
    built: Callable, project: Project
) -> None:
    """Of all that was warned of while a side ran, only announcements are shown."""
    heard = ("ME: 'Ones' is deprecated from version 1.1.", "ME: Something is slow.")
    sides = {
        "pytorch": PASSED,
        "mindspore": SeenSide("passed", ("", "3.0\n"), "", heard),
    }
    write(project, OLD, sides=sides)
    (told,) = built().select(".announced")
    assert ["'Ones' is deprecated from version 1.1."] == [
        quote.get_text() for quote in told.select("q")
    ]
    assert f"since {OLD} or earlier" in told.li.get_text()


def test_what_a_device_showed_stands_beside(built: Callable, project: Project) -> None:
    """A record of another device adds its place, its checks and other outputs."""
    sides = {"pytorch": PASSED, "mindspore": SeenSide("passed", ("", "3.25\n"))}
    write(project, OLD, device="gpu", sides=sides)
    page = built()
    assert [] == page.select("[data-version]")
    places = [line.get_text() for line in page.select(".comparison > .where")]
    assert places[1].startswith("GPU · ")
    assert f"mindspore {OLD} · 1/1 checks passed" in places[1]
    outputs = page.select("[data-side=mindspore] .side-output")
    assert ["Output", "Output (GPU)"] == [output["data-label"] for output in outputs]
    assert "3.25" in outputs[1].get_text()
    told = read_checks(project).select_one(".check-details .on-versions").get_text()
    assert f"GPU, MindSpore {OLD}: ✓ passed" == told
    badge = page.select_one(".check-badge")
    assert (
        f"passed; GPU, MindSpore {OLD}: passed: sums/ones#same" == badge["aria-label"]
    )
    text = (project.root / "out-en" / "evidence.json").read_text("utf-8")
    (comparison,) = json.loads(text)["comparisons"]
    assert {"gpu": {OLD: "passed"}} == comparison["checks"][0]["devices"]
    found = comparison["sides"]["mindspore"]["devices"]
    assert {"gpu": {OLD: {"status": "passed", "stdout": "3.25\n"}}} == found


def test_a_snippet_of_another_device_says_so(built: Callable, project: Project) -> None:
    """What runs on a GPU only shows what was recorded there, and says so."""
    project.add(checks=f"DEVICES = ['gpu']\n{CHECKS}")
    text = PAGE.replace("It is {measured}`sums/ones#same.deviation`.", "")
    page = built(page=text)
    told = page.select_one(".comparison .stale").get_text()
    assert "This runs on GPU only, and is not recorded there yet." == told
    write(project, OLD, device="gpu")
    page = built(page=text)
    told = page.select_one(".comparison .stale").get_text()
    assert "This runs on GPU only: what is shown was recorded there." == told
    output = page.select_one("[data-side=mindspore] .side-output")
    assert "Output (GPU)" == output["data-label"]
    assert "– GPU ✓" == page.select_one(".check-badge").get_text()


def test_what_a_device_showed_before_a_change_is_outdated(
    built: Callable, project: Project
) -> None:
    """Old results of another device are not shown as valid, either."""
    write(project, OLD, device="gpu")
    project.add(mindspore=MINDSPORE.replace("the total", "its total"))
    page = built()
    place = page.select(".comparison > .where")[1].get_text()
    assert f"GPU, MindSpore {OLD}: outdated" == place
