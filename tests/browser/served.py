"""The built site as hosts serve it, and the screens it is looked at on."""

import os
import shutil
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

from crosswalk.website.root import path_of, site_url

HTML = Path(__file__).parents[2] / "_build" / "html"
# Where the built site shall stand: its 404 pages have whole paths.
PATH = path_of(site_url())
LANGUAGES = ("en", "zh")
SCHEMES = ("light", "dark")
# Width and height in CSS pixels.
SCREENS = {
    "wide": (1600, 1000),
    "laptop": (1280, 800),
    "tablet": (820, 1180),
    "phone": (390, 844),
}
NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "no Chromium here: install it with a CJK font, on Debian with "
    "`apt-get install chromium fonts-noto-cjk`, or name it in CHROMIUM"
)
# A test's browser asks no host but ours, and needs no sandbox of its own as root.
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Return the path of ``CHROMIUM``, a name or a path, or else of one of `NAMES`.

    Raises `FileNotFoundError` where ``CHROMIUM`` names none: who sets it wants the
    tests to run.
    """
    wanted = os.environ.get("CHROMIUM")
    found = map(shutil.which, [wanted] if wanted else NAMES)
    path = next(filter(None, found), None)
    if wanted and not path:
        message = f"CHROMIUM names no program: {wanted}"
        raise FileNotFoundError(message)
    return path


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder as static hosts do: ``404.html`` for what is not there."""

    def translate_path(self, path: str) -> str:
        """Find the file of a path, which starts as the site's address does."""
        return super().translate_path(f"/{path.removeprefix(PATH)}")

    def send_error(self, code: int, *_: object) -> None:
        """Answer with the site's own page."""
        body = (HTML / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Be quiet."""
