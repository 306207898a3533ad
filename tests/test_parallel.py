"""Pages are written by all cores, with few of them in memory at a time."""

import time
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.errors import SphinxParallelError

from crosswalk.sphinx.incremental.writing import PAGES, Tasks, chunks


def page(name: str) -> tuple[str, nodes.document]:
    """Return a page as Sphinx gives it to the process that writes it."""
    return name, new_document(name)


def test_no_page_waits_in_memory(tmp_path: Path) -> None:
    """Each task has started when the next is added, and holds no page any more."""

    def write(pages: list[tuple[str, nodes.document]]) -> None:
        time.sleep(0.1)
        for name, _ in pages:
            (tmp_path / name).touch()

    tasks = Tasks(2)
    for number in range(6):
        pages = [page(f"page{number}")]
        tasks.add_task(write, pages)
        assert ({}, []) == (tasks._precvs_waiting, pages)  # noqa: SLF001
    tasks.join()
    assert {f"page{n}" for n in range(6)} == {p.name for p in tmp_path.iterdir()}


def test_what_is_merged_is_told_what_was_read() -> None:
    """The names of the pages that a process read come back with its result."""
    found = []
    tasks = Tasks(1)
    for names in (["a", "b"], ["c"]):
        tasks.add_task(len, names, lambda read, count: found.append((read, count)))
    tasks.join()
    assert [(["a", "b"], 2), (["c"], 1)] == found


def test_a_process_that_fails_ends_the_build() -> None:
    """What it raised is raised again, also while a task waits for a free process."""

    def fail(_: object) -> None:
        message = "no ink"
        raise ValueError(message)

    tasks = Tasks(1)
    tasks.add_task(fail, [page("a")])
    with pytest.raises(SphinxParallelError, match="no ink"):
        tasks.add_task(fail, [page("b")])


@pytest.mark.parametrize("count", [0, 1, PAGES, 3 * PAGES + 1])
def test_each_page_is_in_one_chunk(count: int) -> None:
    """No chunk has more pages than one process shall write."""
    names = [f"page{n}" for n in range(count)]
    found = chunks(names, 2)
    assert names == [name for chunk in found for name in chunk]
    assert all(0 < len(chunk) <= PAGES for chunk in found)
