"""A site of one page, built by Sphinx with our extension."""

import subprocess
import sys

from bs4 import BeautifulSoup
from conftest import ROOT, Project, clean_environment

CONF = """\
project = "Small"
extensions = ["crosswalk.sphinx"]
html_theme = "basic"
myst_enable_extensions = ["colon_fence"]
locale_dirs = ["locale"]
gettext_compact = "crosswalk"
"""
PAGE = """\
# Sums

Both sums are the same. {check}`sums/ones#same`
It is {measured}`sums/ones#same.deviation`.

```{comparison} sums/ones
```

:::{claims}
| what | check |
|---|---|
| sum | {check}`sums/ones#same` |
:::

- {evidence}`comparisons` comparison

```{evidence}
```
"""
CATALOGUE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "the total"
msgstr "总和"

msgid "Both frameworks give the same sum."
msgstr "两个框架的求和结果相同。"
"""


def prepare(
    project: Project, page: str = PAGE, language: str = "en", conf: str = ""
) -> list[str]:
    """Write the project's one page; return the command that builds it.

    Warnings are errors; ``conf`` goes into conf.py.
    """
    messages = "docs/locale/zh_CN/LC_MESSAGES/crosswalk.po"
    files = {"conf.py": CONF + conf, messages: CATALOGUE, "docs/index.md": page}
    for name, text in files.items():
        path = project.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "-c", ".", "docs"]
    return [*command, f"out-{language}", "-D", f"language={language}"]


def run(
    project: Project, command: list[str], device: str = "cpu", **options: object
) -> subprocess.CompletedProcess:
    """Run a command in the project; ``options`` are those of `subprocess.run`."""
    return subprocess.run(
        command,
        cwd=project.root,
        # For the directives of tools/.
        env=clean_environment(DEVICE=device, PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def build(
    project: Project,
    page: str = PAGE,
    language: str = "en",
    device: str = "cpu",
    conf: str = "",
) -> subprocess.CompletedProcess:
    """Build the project's one page (see `prepare`)."""
    return run(project, prepare(project, page, language, conf), device)


def read_page(project: Project, language: str = "en") -> BeautifulSoup:
    """Return the built page."""
    path = project.root / f"out-{language}" / "index.html"
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def read_checks(project: Project, language: str = "en") -> BeautifulSoup:
    """Return the built page of the checks of ``sums/ones``."""
    path = project.root / f"out-{language}" / "checks" / "sums" / "ones.html"
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")
