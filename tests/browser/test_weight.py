"""A guide page is light: what the browser asks for, as a host sends it."""

import gzip
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from browser.served import HTML, LANGUAGES

LIMIT = 400_000
PAGES = sorted(path.name for path in (HTML / "en" / "guide").glob("*.html"))


def sent(url: str) -> int:
    """Return how many bytes a host sends for ``url``, with gzip."""
    return len(gzip.compress((HTML / urlsplit(url).path.lstrip("/")).read_bytes()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_guide_page_is_at_most_400_kb(
    open_page: Callable, name: str, language: str
) -> None:
    """All that a guide page asks for, but the search index, fits into 400 KB."""
    page = open_page(f"{language}/guide/{name}")
    page.wait_for_load_state("networkidle")
    urls = page.evaluate("performance.getEntriesByType('resource').map((r) => r.name)")
    urls = {url.partition("?")[0] for url in [page.url, *urls]}
    sizes = {
        u: sent(u) for u in urls if u.startswith("http") and "searchindex" not in u
    }
    heaviest = sorted(sizes.items(), key=lambda item: -item[1])
    assert sum(sizes.values()) <= LIMIT, heaviest
