"""Pages hold no code of their own: MyST-NB parses them and executes nothing."""

import pytest
from conftest import Project
from small_site import PAGE, build

CELL = "```{code-cell} python\nprint(1)\n```\n"
NOTEBOOK = (
    f"---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n{PAGE}\n{CELL}"
)
REFUSED = "only comparisons run code"


@pytest.mark.parametrize(
    ("page", "where"),
    [
        (f"{PAGE}\n{CELL}", "index.md:20: WARNING: the code of 'code-cell'"),
        (NOTEBOOK, "index.md: WARNING: the code of a notebook"),
    ],
)
def test_code_that_would_not_run_fails_the_build(
    project: Project, page: str, where: str
) -> None:
    """No page has a cell of its own, and no kernel is started for one."""
    project.add()
    done = build(project, page, conf='nb_execution_mode = "force"\n')
    assert 1 == done.returncode
    assert where in done.stderr
    assert REFUSED in done.stderr
    assert "Executing notebook" not in done.stdout + done.stderr
    assert not (project.root / ".jupyter_cache").exists()
