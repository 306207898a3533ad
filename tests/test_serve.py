"""A writer sees the new output of a snippet on the served page."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from conftest import Project, clean_environment
from small_site import build

COMMAND = [sys.executable, "-m", "sphinx", "-q", "-W", "-n", "-c", ".", "docs", "out"]
SECONDS = 120
POLICY = '<meta http-equiv="Content-Security-Policy" content="script-src \'self\'">'


def wait_for(found: Callable[[], bool]) -> None:
    """Ask until the answer is yes; fail after a while."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if found():
            return
        time.sleep(0.5)
    pytest.fail(f"waited {SECONDS} s in vain")


def get(url: str) -> str:
    """Return what is served at ``url``, or nothing while there is no server."""
    try:
        with urlopen(url, timeout=5) as response:  # noqa: S310 - our own server
            return response.read().decode("utf-8")
    except HTTPError as error:
        return f"{error.code} {error.read().decode('utf-8')}"
    except OSError:
        return ""


@pytest.fixture
def served(project: Project) -> Iterator[str]:
    """Serve a small site and return its address; it must end when told to."""
    project.add()
    assert build(project).returncode == 0
    (project.root / "out-en").rename(project.root / "out")
    (project.root / "out" / "404.html").write_text(f"{POLICY}<p>Not here.</p>", "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "crosswalk.website.serve",
            "out",
            str(port),
            "--",
            *COMMAND,
        ],
        cwd=project.root,
        env=clean_environment(),
    )
    yield f"http://127.0.0.1:{port}/"
    server.send_signal(signal.SIGINT)
    assert server.wait(SECONDS) in {0, -signal.SIGINT}


def test_an_edited_snippet_shows_its_new_output(project: Project, served: str) -> None:
    """Both sides are edited, and the served page shows what they print now."""
    wait_for(lambda: ">3.0\n" in get(served))
    assert "websocket-reload" in get(served)
    assert get(f"{served}no/such/page").startswith("404 <p>Not here.</p>")
    folder = project.examples / "sums" / "ones"
    for path in folder.glob("ones_*.py"):
        text = path.read_text("utf-8").replace("ones(3)", "ones(5)")
        path.write_text(text, "utf-8")
    wait_for(lambda: ">5.0\n" in get(served))
