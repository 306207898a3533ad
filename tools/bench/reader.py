"""Measure for readers: the requests of a page, and the speed of search."""

import gzip
import os
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
# A page, a topic's evidence, a number, and words that all pages have.
QUERIES = ("page7", "topic0 sum", "sum 42", "is the same on both sides")
AT_ONCE = 0.1  # seconds; a faster answer seems instant
ASK = """(query) => {
  const start = performance.now();
  Search.query(query);
  return (performance.now() - start) / 1000;
}"""


class NoBrowserError(RuntimeError):
    """Raised without Chromium; the message explains how to install it."""


@contextmanager
def browser_page() -> Iterator[Page]:
    """Yield an empty page of Chromium; raises NoBrowserError without Chromium."""
    wanted = os.environ.get("CHROMIUM")
    found = map(shutil.which, [wanted] if wanted else NAMES)
    path = next(filter(None, found), None)
    if not path:
        message = "no Chromium here: install it, or name it in CHROMIUM"
        raise NoBrowserError(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser.new_page()
        browser.close()


def pages(html: Path) -> dict[str, float]:
    """Return the median requests and kilobytes of a site's guide pages.

    Counts bytes as a host sends them, with gzip.
    Excludes the search index, which loads when a reader opens the search.
    """
    requests, kilobytes = [], []
    for path in sorted(html.glob("guide/*.html")):
        with browser_page() as page:
            urls: list[str] = []
            page.on("request", lambda request, urls=urls: urls.append(request.url))
            page.goto(path.as_uri())
            page.wait_for_load_state("networkidle")
        files = [
            Path(url.removeprefix("file://").partition("?")[0])
            for url in urls
            if url.startswith("file:") and "searchindex" not in url
        ]
        requests.append(len(files))
        sizes = [len(gzip.compress(file.read_bytes())) for file in files]
        kilobytes.append(sum(sizes) / 1000)
    return {
        "page_requests": statistics.median(requests),
        "page_kilobytes": statistics.median(kilobytes),
    }


def search_seconds(html: Path) -> float:
    """Return the seconds of the slowest answer, after the index has loaded."""
    with browser_page() as page:
        page.goto(f"{(html / 'search.html').as_uri()}?q=sum")
        page.wait_for_function("Search._index && Search.output?.children.length")
        return max(
            statistics.median(page.evaluate(ASK, query) for _ in range(3))
            for query in QUERIES
        )
