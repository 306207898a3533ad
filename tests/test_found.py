"""What was found is kept while no example changes, and never beyond."""

import pytest
from conftest import Project

from crosswalk.comparisons import discover
from crosswalk.sphinx.incremental.parsed import KEPT, find


def test_nothing_is_parsed_where_nothing_changed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time, all comes from the file beside the doctrees."""
    project.add()
    first = find(project.examples, project.root)
    assert discover.discover(project.examples) == first
    monkeypatch.setattr(discover, "read_comparison", None)
    assert first == find(project.examples, project.root)


def test_only_what_changed_is_parsed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit has its comparison parsed, and no other."""
    folder, read, parsed = project.add("sums/ones"), discover.read_comparison, []
    project.add("sums/twos")
    find(project.examples, project.root)
    with (folder / "ones_torch.py").open("a", encoding="utf-8") as file:
        file.write("print('edited')\n")
    monkeypatch.setattr(
        discover, "read_comparison", lambda path: parsed.append(path) or read(path)
    )
    found = find(project.examples, project.root)
    assert [folder] == parsed
    assert "edited" in found.comparisons["sums/ones"].sides[0].cells[-1].source


def test_a_changed_example_is_parsed(project: Project) -> None:
    """An edit, a new comparison and one that is gone are seen at once."""
    folder = project.add()
    find(project.examples, project.root)
    with (folder / "checks.py").open("a", encoding="utf-8") as file:
        file.write("\n\ndef other(pytorch, mindspore):\n    '''More.'''\n")
    found = find(project.examples, project.root)
    assert "other" == found.comparisons["sums/ones"].checks[-1].name
    project.add("sums/twos")
    found = find(project.examples, project.root)
    assert ["sums/ones", "sums/twos"] == list(found.comparisons)
    for path in folder.glob("*.py"):
        path.unlink()
    assert ["sums/twos"] == list(find(project.examples, project.root).comparisons)
    (project.examples / "sums" / "threes").mkdir()
    assert discover.discover(project.examples) == find(project.examples, project.root)


@pytest.mark.parametrize("garbled", [b"", b"\x80\x05", b"no pickle"])
def test_a_garbled_file_is_made_anew(project: Project, garbled: bytes) -> None:
    """Whatever it holds, the examples are found."""
    project.add()
    (project.root / KEPT).write_bytes(garbled)
    found = find(project.examples, project.root)
    assert ["sums/ones"] == list(found.comparisons)
