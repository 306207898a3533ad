"""The content of a comparison on a page gives each snippet a title."""

from conftest import Project
from small_site import build, read_page

PAGE = """\
# Sums

Both sums are the same. {check}`sums/ones#same`

```{comparison} sums/ones
- Add up *ones*
```
"""


def test_a_title_is_shown_above_each_snippet(project: Project) -> None:
    """Both sides have it, so that tabs show it, too."""
    project.add()
    done = build(project, PAGE)
    assert 0 == done.returncode, done.stderr
    titles = [
        tag.get_text().strip() for tag in read_page(project).select(".cell-title")
    ]
    assert ["Add up ones", "Add up ones"] == titles


def test_a_title_too_many_is_an_error(project: Project) -> None:
    """Titles that are not as many as the snippets fail the build at their line."""
    project.add()
    done = build(project, PAGE.replace("*ones*", "*ones*\n- Print"))
    assert 1 == done.returncode
    assert "index.md:5" in done.stderr
    assert "a title for each of its 1 snippets, found 2" in done.stderr
