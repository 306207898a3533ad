"""Serve the built site on loopback, and build it again after every change.

sphinx-autobuild serves only one build; this module serves both languages.
"""

import argparse
import re
import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import anyio
import uvicorn
from sphinx_autobuild.filter import IgnoreFilter
from sphinx_autobuild.middleware import JavascriptInjectorMiddleware
from sphinx_autobuild.server import RebuildServer
from sphinx_autobuild.utils import show_message
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
LAST_PORT = 65535
WATCHED = ("conf.py", "docs", "examples", "parity", "src")
# Files that a build, an import or an editor writes next to the sources.
IGNORED = (r"\.mo$", r"__pycache__", r"\.egg-info", r"~$", r"\.sw.$", r"/\.#")


class Pages(StaticFiles):
    """Static files, whose pages are sent without their policy.

    The policy would forbid the script for reloading, which this server inserts.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file at ``path``, or the 404 page if it does not exist."""
        response = await super().get_response(path, scope)
        if not isinstance(response, FileResponse) or response.media_type != "text/html":
            return response
        text = await anyio.Path(response.path).read_text("utf-8")
        return HTMLResponse(POLICY.sub("", text), response.status_code)


def build(command: list[str], changed_paths: Sequence[Path]) -> None:
    """Run the build; if it fails, the site remains unchanged."""
    show_message(f"Changed: {', '.join(sorted({p.name for p in changed_paths}))}")
    code = subprocess.run(command, check=False).returncode  # noqa: S603 - as asked
    show_message("Built." if code == 0 else "The build failed: see above.")


def application(html: Path, port: int, command: list[str]) -> Starlette:
    """Return a server of ``html`` whose pages reload after each build."""
    watched = [path for path in map(Path, WATCHED) if path.exists()]
    watcher = RebuildServer(watched, IgnoreFilter([], IGNORED), partial(build, command))
    address = f"127.0.0.1:{port}"
    return Starlette(
        routes=[
            WebSocketRoute("/websocket-reload", watcher),
            # This leads `/` to index.html, and a missing path to 404.html.
            Mount("/", Pages(directory=html, html=True)),
        ],
        middleware=[Middleware(JavascriptInjectorMiddleware, ws_url=address)],
        lifespan=watcher.lifespan,
    )


def main() -> None:
    """Serve the built site, and build it again after every change."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("html", type=Path, help="the folder of the built site")
    parser.add_argument("port", type=int, help="where to listen, on 127.0.0.1")
    parser.add_argument("command", nargs="+", help="what builds the site")
    given = parser.parse_args()
    if not given.html.is_dir():
        parser.error(f"no folder {given.html}: 'make html' builds it")
    if not 0 < given.port <= LAST_PORT:
        parser.error(f"expected a port from 1 to {LAST_PORT}, got {given.port}")
    show_message(f"Serving on http://127.0.0.1:{given.port}/, Ctrl+C ends it")
    uvicorn.run(
        application(given.html, given.port, given.command),
        port=given.port,
        log_level="warning",
        # An open page keeps a connection.
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    main()
