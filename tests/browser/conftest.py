"""What the browser tests share: the built site, served, in a real Chromium."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from browser.served import (
    HTML,
    MISSING,
    OPTIONS,
    PATH,
    SCREENS,
    Handler,
    find_chromium,
)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Serve ``_build/html`` on loopback and return its address, with a ``/``."""
    assert (HTML / "index.html").exists(), "run `make html` first"
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=str(HTML))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{PATH}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a running Chromium; skip where there is none."""
    path = find_chromium()
    if not path:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of the site.

    It takes the path below the site, a name of `SCREENS`, a colour scheme, and
    options of Playwright's ``new_context``.
    After the test, no page may have had an error in its console, a request that
    failed, or one to another host.
    """
    contexts, problems = [], []

    def note(request: Request) -> None:
        if not request.url.startswith((site, "data:", "blob:", "file:")):
            problems.append(f"asked another host: {request.url}")

    def note_failed(request: Request) -> None:
        # A page that leads to another one is left before it has loaded.
        if request.failure != "net::ERR_ABORTED":
            problems.append(f"failed: {request.url}: {request.failure}")

    def opened(
        path: str, screen: str = "laptop", scheme: str = "light", **options: object
    ) -> Page:
        width, height = SCREENS[screen]
        settings = {"viewport": {"width": width, "height": height}, **options}
        context = chromium.new_context(color_scheme=scheme, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("request", note)
        page.on("requestfailed", note_failed)
        page.on("pageerror", lambda error: problems.append(f"raised: {error}"))
        page.on(
            "console",
            lambda m: m.type == "error" and problems.append(f"console: {m.text}"),
        )
        page.goto(path if "://" in path else site + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []
