"""A build of the site is green only when all of it is true, every time."""

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from conftest import CHECKS, MINDSPORE, ROOT, TORCH, Project
from small_site import PAGE, build, prepare, read_checks, read_page, run


@pytest.fixture
def built(project: Project) -> Project:
    """Return a project that was built in English and in Chinese at the same time."""
    project.add()
    commands = [prepare(project, language=language) for language in ("en", "zh_CN")]
    with ThreadPoolExecutor() as pool:
        for done in pool.map(partial(run, project), commands):
            assert done.returncode == 0, done.stderr
    return project


def test_the_page_has_the_names_that_others_build_on(built: Project) -> None:
    """Comparison, sides and badges carry their classes and data attributes."""
    page = read_page(built)
    comparison = page.select_one("div.comparison")
    assert comparison.select("[data-side] .highlight-python span.kn")
    assert comparison["data-comparison"] == "sums/ones"
    assert comparison["id"] == "comparison-sums-ones"
    assert comparison.select_one(".comparison-status") is None
    sides = [tag["data-side"] for tag in comparison.select("[data-side]")]
    assert sides == ["pytorch", "mindspore"]
    outputs = [tag.get_text().strip() for tag in comparison.select(".side-output pre")]
    assert outputs == ["3.0", "3.0"]
    anchor = "check-sums-ones-same"
    assert read_checks(built).find(id=anchor)
    for badge in page.select(".check-badge"):
        assert badge["data-check"] == "sums/ones#same"
        assert badge["data-status"] == "passed"
        link = badge.find_parent("a")
        assert (link is None) == (badge.find_parent(class_="check") is not None)
        assert link is None or link["href"] == "checks/sums/ones.html#" + anchor
    assert len(page.select(".check-badge")) == 4


def test_both_languages_show_one_run(built: Project) -> None:
    """Built at the same time, one waits for the other's outcomes: same seconds."""
    english, chinese = read_page(built), read_page(built, "zh_CN")
    for selector in (".where", "table.measured td", ".side-output"):
        texts = [
            [text for tag in page.select(selector) for text in tag.stripped_strings]
            for page in (english, chinese)
        ]
        numbers = [[t for t in found if any(c.isdigit() for c in t)] for found in texts]
        assert len(numbers[0]) == len(numbers[1])
    seconds = [
        page.select_one(".where").get_text().split(" · ")[4]
        for page in (english, chinese)
    ]
    assert seconds[0] == seconds[1]


def test_comments_and_statements_are_translated_and_code_is_not(built: Project) -> None:
    """Chinese pages differ from English ones in comments and prose alone."""
    codes = []
    for language in ("en", "zh_CN"):
        page = read_page(built, language)
        codes.append([tag.get_text() for tag in page.select("[data-side] pre")])
    assert codes[0] != codes[1]
    assert codes[0] == [code.replace("# 总和", "# the total") for code in codes[1]]
    statement = read_page(built, "zh_CN").select_one(".check .statement")
    assert statement.get_text() == "两个框架的求和结果相同。"


def test_evidence_is_data(built: Project) -> None:
    """``evidence.json`` has environment, sides, checks, statements and figures."""
    data = json.loads((built.root / "out-en" / "evidence.json").read_text("utf-8"))
    keys = {"python", "torch", "mindspore", "numpy", "device", "platform"}
    assert keys | {"kept_from"} == set(data["environment"])
    (comparison,) = data["comparisons"]
    assert comparison["id"] == "sums/ones"
    assert comparison["pages"] == ["index"]
    assert comparison["sides"]["pytorch"]["source"] == TORCH
    assert comparison["sides"]["mindspore"]["stdout"] == "3.0\n"
    (check,) = comparison["checks"]
    assert check["id"] == "sums/ones#same"
    assert check["statement"] == {
        "en": "Both frameworks give the same sum.",
        "zh": "两个框架的求和结果相同。",
    }
    assert check["mode"] == "PyNative"
    assert check["measured"][0]["deviation"] == 0.0


def test_downloads_are_the_sources_and_notebooks_with_outputs(built: Project) -> None:
    """Each side downloads as the file that ran, and as a notebook with outputs."""
    page = read_page(built)
    links = [tag["href"] for tag in page.select(".downloads a")]
    assert len(links) == 4
    for link in links:
        assert (built.root / "out-en" / link).exists()
    script = built.root / "out-en" / links[0]
    assert script.read_text("utf-8") == TORCH
    notebook = json.loads((built.root / "out-en" / links[1]).read_text("utf-8"))
    assert notebook["cells"][1]["outputs"][0]["text"] == ["3.0\n"]


def test_a_second_build_runs_nothing(built: Project) -> None:
    """Stored outcomes are reused, and no page is read again."""
    stored = built.root / "_build" / "outcomes" / "sums.ones.json"
    before = stored.stat().st_mtime_ns
    done = build(built)
    assert done.returncode == 0
    assert "0 added, 0 changed, 0 removed" in done.stdout
    assert before == stored.stat().st_mtime_ns


def test_an_edited_snippet_is_run_and_shown(built: Project) -> None:
    """After an edit the page shows the new code and its output."""
    built.add(
        torch=TORCH.replace("ones(3)", "ones(4)"),
        mindspore=MINDSPORE.replace("ones(3)", "ones(4)"),
    )
    done = build(built)
    assert done.returncode == 0, done.stderr
    outputs = [
        t.get_text().strip() for t in read_page(built).select(".side-output pre")
    ]
    assert outputs == ["4.0", "4.0"]


WRONG = {
    "a changed number": (
        {"mindspore": MINDSPORE.replace("ones(3)", "ones(4)")},
        "checks.py:6",
    ),
    "a check turned round": (
        {
            "checks": CHECKS.replace("close(", "apart(").replace(
                "total)", "total, at_least=0.1)"
            )
        },
        "checks.py:6",
    ),
    "a side that raises": (
        {"torch": f"{TORCH}raise ValueError\n"},
        "ones_torch.py:8",
    ),
    "an unreadable side": ({"torch": "x = 1\n"}, "ones_torch.py:1"),
}


@pytest.mark.parametrize(("files", "where"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_fails_every_build_until_mended(
    project: Project, files: dict[str, str], where: str
) -> None:
    """The build fails, fails again with the same message, and passes once mended."""
    project.add(**files)
    for _ in range(2):
        done = build(project)
        assert done.returncode == 1
        assert where in done.stderr
        assert "sums/ones" in done.stderr
    failed = project.command("-m", "pytest", "--rootdir", ".", "-q", "examples")
    assert failed.returncode != 0
    assert where in failed.stdout
    project.add()
    done = build(project)
    assert done.returncode == 0, done.stderr
    statuses = {
        badge["data-status"] for badge in read_page(project).select(".check-badge")
    }
    assert statuses == {"passed"}


def test_a_failed_check_is_never_shown_as_passed(project: Project) -> None:
    """The page of a failed build has failed badges and the message."""
    project.add(checks=CHECKS.replace("mindspore.total)", "2.0)"))
    build(project)
    page = read_page(project)
    statuses = {badge["data-status"] for badge in page.select(".check-badge")}
    assert statuses == {"failed"}
    told = read_checks(project).select_one(".not-passed")
    assert "got 0.333333" in told.get_text()
    assert page.select_one(".comparison-status").get_text() == "✗ failed"


def test_what_cannot_run_here_is_said_so(project: Project) -> None:
    """A comparison that needs what is missing is shown as not run, without failing."""
    project.add()
    project.add("sums/else", checks=f"PACKAGES = ['no_such']\n{CHECKS}")
    cited = "{check}`sums/else#same`"
    page = f"{PAGE}\n{cited}\n\n```{{comparison}} sums/else\n```\n"
    done = build(project, page=page)
    assert done.returncode == 0, done.stderr
    tag = read_page(project).select_one('[data-comparison="sums/else"]')
    assert "not run here: not installed: no_such" in tag.get_text()
    assert tag.select_one(".comparison-status").get_text() == "– not run here"
    badges = {badge["data-status"] for badge in tag.select(".check-badge")}
    assert badges == {"skipped"}


@pytest.mark.parametrize("device", ["gpu", "ascend"])
def test_a_missing_device_stops_the_build(project: Project, device: str) -> None:
    """Without the device asked for, the build says so and shows no page."""
    project.add()
    done = build(project, device=device)
    if done.returncode == 0:
        pytest.skip(f"this machine has the device {device}")
    assert f"device {device!r} was asked for and is not there" in done.stderr
    assert not (project.root / "out-en" / "index.html").exists()


def test_the_configuration_of_the_site_is_the_one_tested() -> None:
    """The site's own configuration has the settings that these tests rely on."""
    text = Path(ROOT, "conf.py").read_text("utf-8")
    assert 'gettext_compact = "crosswalk"' in text
