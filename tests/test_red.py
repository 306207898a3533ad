"""A red build stays red until its cause is gone, whatever else changes meanwhile."""

import shutil
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest
from conftest import CHECKS, Project
from small_site import prepare, run

INDEX = """\
# Sums

{check}`sums/ones#same`

```{comparison} sums/ones
```

```{toctree}
twos
```
"""
TWOS = """\
# Twos

{check}`sums/twos#same`

```{comparison} sums/twos
```
"""
Build = Callable[..., CompletedProcess]
WRONG = CHECKS.replace("mindspore.total", "mindspore.total + 1")


@pytest.fixture
def two_pages(project: Project) -> Build:
    """Return a function that builds a site of two pages, on all cores."""
    project.add("sums/ones")
    project.add("sums/twos")

    def build(language: str = "en", device: str = "cpu") -> CompletedProcess:
        command = prepare(project, INDEX, language)
        return run(project, [*command, "-j", "auto"], device)

    (project.root / "docs").mkdir()
    (project.root / "docs" / "twos.md").write_text(TWOS, "utf-8")
    assert 0 == build().returncode
    return build


def break_check(project: Project) -> None:
    """Let the check of the second comparison fail."""
    (project.examples / "sums/twos/checks.py").write_text(WRONG, "utf-8")


def mend_check(project: Project) -> None:
    """Undo `break_check`."""
    (project.examples / "sums/twos/checks.py").write_text(CHECKS, "utf-8")


def rename(project: Project) -> None:
    """Give the second comparison another name, and leave its page as it was."""
    rename_files(project, "twos", "pairs")


def rename_back(project: Project) -> None:
    """Undo `rename`."""
    rename_files(project, "pairs", "twos")


def rename_files(project: Project, old: str, new: str) -> None:
    """Rename a comparison's folder and sides."""
    folder = project.examples / "sums" / old
    for path in folder.glob(f"{old}_*.py"):
        path.rename(folder / path.name.replace(old, new))
    folder.rename(folder.with_name(new))


def delete_page(project: Project) -> None:
    """Delete the only page that shows the second comparison."""
    (project.root / "docs" / "twos.md").unlink()


def restore_page(project: Project) -> None:
    """Undo `delete_page`."""
    (project.root / "docs" / "twos.md").write_text(TWOS, "utf-8")


CAUSES = {
    "a check fails": (break_check, mend_check, "sums/twos#same failed"),
    "a comparison is renamed": (rename, rename_back, "unknown comparison 'sums/twos'"),
    "a page is deleted": (
        delete_page,
        restore_page,
        "comparison 'sums/twos' is unused: no page shows it",
    ),
}


@pytest.mark.parametrize(("spoil", "mend", "message"), CAUSES.values(), ids=CAUSES)
def test_red_stays_red_until_its_cause_is_gone(
    project: Project,
    two_pages: Build,
    spoil: Callable[[Project], None],
    mend: Callable[[Project], None],
    message: str,
) -> None:
    """It is red again and again, in both languages; mended, both are green."""
    spoil(project)
    for language in ("en", "zh_CN", "en"):
        done = two_pages(language)
        assert 1 == done.returncode
        assert message in done.stderr
    mend(project)
    for language in ("en", "zh_CN"):
        assert "" == two_pages(language).stderr


def test_what_else_changes_hides_no_failure(project: Project, two_pages: Build) -> None:
    """A device that is not there, and a first page written anew, change nothing."""
    break_check(project)
    assert 1 == two_pages().returncode
    refused = two_pages(device="gpu")
    assert 0 != refused.returncode
    assert "gpu" in refused.stderr
    docs = project.root / "docs"
    shutil.copy(docs / "twos.md", docs / "copy.md")
    (docs / "twos.md").unlink()
    done = two_pages()
    assert 1 == done.returncode
    assert "sums/twos#same failed" in done.stderr
    (docs / "copy.md").rename(docs / "twos.md")
    assert "sums/twos#same failed" in two_pages().stderr
    mend_check(project)
    assert "" == two_pages().stderr
