"""A build goes on from an earlier one only if that was finished and good.

Sphinx compares times of files, keeps what it read before it writes, and does not
repeat the warnings of an unchanged page: a build that was killed, that warned, or
that runs while another does, or after the clock went back, would pass for whole.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from crosswalk.sphinx.site import domain_of

STAMP, LOCK = "complete", "lock"


def begin(app: Sphinx, config: Config) -> None:
    """Take the folder of doctrees for this build; forget what is not to be trusted.

    Raises ExtensionError if another build is at work there.
    """
    folder = Path(app.doctreedir)
    folder.mkdir(parents=True, exist_ok=True)
    app.crosswalk_lock = lock = (folder / LOCK).open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        message = f"another build is at work in {folder}: wait until it has ended"
        raise ExtensionError(message) from None
    stamp = folder / STAMP
    # Now: other extensions add templates of their own later.
    app.crosswalk_inputs = _inputs(app)
    if not stamp.exists() or stamp.read_text("utf-8") != app.crosswalk_inputs:
        (folder / "environment.pickle").unlink(missing_ok=True)
        # Those of another language are at work in another build.
        for compiled in Path(app.srcdir).rglob(f"{config.language}/**/*.mo"):
            compiled.unlink()
    stamp.unlink(missing_ok=True)


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Say that this build was whole, unless it failed or warned."""
    if not exception and not app._warncount:  # noqa: SLF001 - Sphinx has no other
        stamp = Path(app.doctreedir, STAMP)
        stamp.write_text(app.crosswalk_inputs, encoding="utf-8")
    app.crosswalk_lock.close()


def note_source(app: Sphinx, docname: str, _: list[str]) -> None:
    """Remember what the page ``docname`` was made from."""
    digest = _digest(Path(app.env.doc2path(docname)))
    domain_of(app.env).data["sources"][docname] = digest


def changed_sources(app: Sphinx, env: BuildEnvironment, *_: object) -> list[str]:
    """Tell Sphinx which pages have changed, whatever the time of their file."""
    del app
    return [
        docname
        for docname, digest in domain_of(env).data["sources"].items()
        if docname in env.found_docs and _digest(Path(env.doc2path(docname))) != digest
    ]


def _inputs(app: Sphinx) -> str:
    """Return a digest of what all pages depend on: messages and templates."""
    files = sorted(path for path in _shared(app) if path.is_file())
    digests = [f"{path.name} {_digest(path)}" for path in files]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _shared(app: Sphinx) -> Iterator[Path]:
    yield from Path(app.srcdir).rglob("*.po")
    for folder in app.config.templates_path:
        yield from Path(app.confdir, folder).rglob("*")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
