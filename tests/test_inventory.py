"""Other Sphinx projects can link to the APIs, comparisons and checks of the site."""

import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Project, clean_environment
from small_site import PAGE, build, read_page

HTML = ROOT / "_build" / "html"
CONF = """\
extensions = ["myst_parser", "sphinx.ext.intersphinx"]
intersphinx_mapping = {{"crosswalk": ("https://example.org/", {inventory!r})}}
html_theme = "basic"
"""
OTHER = """\
# Other

{external+crosswalk:py:obj}`torch.optim.SGD`
{external+crosswalk:py:class}`mindspore.nn.SGD`
{external+crosswalk:py:func}`mindspore.value_and_grad`
{external+crosswalk:py:meth}`torch.optim.Optimizer.zero_grad`
{external+crosswalk:py:attr}`torch.optim.SGD.param_groups`
{external+crosswalk:py:data}`mindspore.float32`
{external+crosswalk:py:data}`mindspore.GRAPH_MODE`
{external+crosswalk:ref}`learning_rate/assign_rate`
{external+crosswalk:ref}`why <learning_rate/assign_rate#reads_back>`
"""
NAMES = (
    "torch.optim.SGD",
    "mindspore.nn.SGD",
    "mindspore.value_and_grad",
    "torch.optim.Optimizer.zero_grad",
    "torch.optim.SGD.param_groups",
    "mindspore.float32",
    "mindspore.GRAPH_MODE",
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_another_project_links_in(tmp_path: Path, language: str) -> None:
    """With ``objects.inv`` its roles resolve, and each link leads to an element."""
    inventory = str(HTML / language / "objects.inv")
    (tmp_path / "conf.py").write_text(CONF.format(inventory=inventory), "utf-8")
    (tmp_path / "index.md").write_text(OTHER, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "-n", ".", "out"],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup(
        (tmp_path / "out" / "index.html").read_text("utf-8"), "html.parser"
    )
    links = [link["href"] for link in page.select("a.external[href*='example.org']")]
    places = [link.removeprefix("https://example.org/") for link in links]
    assert [f"apis.html#{name}" for name in NAMES] == places[: len(NAMES)]
    for place in places:
        file, _, fragment = place.partition("#")
        target = BeautifulSoup(
            (HTML / language / file).read_text("utf-8"), "html.parser"
        )
        assert target.find(id=fragment)
    assert 9 == len(places)


INDEX = f"""{PAGE}
```{{toctree}}
apis
prose
```
"""
APIS = "# APIs\n\n## PyTorch\n\n```{apis} pytorch\n```\n"
PROSE = "# `torch.ones`\n\n`torch.ones` is not `torch.zeros`, nor `ones`.\n"


def prose_links(project: Project) -> list[str]:
    """Return where the literals of the page of prose lead."""
    text = (project.root / "out-en" / "prose.html").read_text("utf-8")
    page = BeautifulSoup(text, "html.parser")
    return [code.parent["href"] for code in page.select("[role=main] p > a > code")]


def test_the_index_follows_the_code(project: Project) -> None:
    """An edited snippet changes the index, and links on pages that did not change."""
    project.add()
    for name, text in {"apis": APIS, "prose": PROSE}.items():
        path = project.root / "docs" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    for function in ("ones", "zeros"):
        torch = f"# %%\nimport torch\n\ntotal = torch.{function}(3).sum()\n"
        mindspore = (
            f"# %%\nimport mindspore\n\ntotal = mindspore.ops.{function}(3).sum()\n"
        )
        project.add(torch=torch, mindspore=mindspore)
        done = build(project, page=INDEX)
        assert done.returncode == 0, done.stderr
        path = project.root / "out-en" / "apis.html"
        index = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        names = [entry["id"] for entry in index.select(".api-entry")]
        assert f"torch.{function}" in names
        link = read_page(project).select_one("a.api")
        assert f"apis.html#torch.{function}" == link["href"]
        assert f"torch.{function}" == link.get_text()
        assert [f"apis.html#torch.{function}"] == prose_links(project)


def test_without_an_index_nothing_is_linked(project: Project) -> None:
    """Code and prose stay as they are on a site that has no index."""
    project.add()
    done = build(project)
    assert done.returncode == 0, done.stderr
    assert not read_page(project).select("a.api")


def test_an_unknown_framework_is_named(project: Project) -> None:
    """The directive knows two frameworks, and says so."""
    project.add()
    done = build(project, page=f"{PAGE}\n```{{apis}} jax\n```\n")
    assert done.returncode == 1
    assert "index.md:20: WARNING: apis: expected one of" in done.stderr
