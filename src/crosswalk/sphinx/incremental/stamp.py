"""Continue from an earlier build only if it was complete and without warnings.

Sphinx compares times of files, stores its environment before it writes pages, and
does not repeat the warnings of an unchanged page.
So an incomplete build would pass for a complete one: a build that was killed, that
warned, that ran next to another one, or that started after the clock went back.
"""

import fcntl
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from crosswalk.engine import storage
from crosswalk.sphinx import interface
from crosswalk.sphinx.domain import domain_of

STAMP, LOCK = "complete", "lock"


class Stamp:
    """File next to the doctrees that marks a complete build and its input."""

    def begin(self, app: Sphinx, config: Config) -> None:
        """Lock the folder of doctrees for this build; delete untrustworthy data in it.

        Raises ExtensionError if another build uses the folder.
        """
        folder = Path(app.doctreedir)
        folder.mkdir(parents=True, exist_ok=True)
        self.lock = (folder / LOCK).open("w")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            message = f"another build is at work in {folder}: wait until it has ended"
            raise ExtensionError(message) from None
        # At this point, because other extensions add their templates later.
        self.inputs = storage.digest_of_files(_shared(app), Path(app.confdir))
        stamp = folder / STAMP
        if not stamp.exists() or stamp.read_text("utf-8") != self.inputs:
            (folder / "environment.pickle").unlink(missing_ok=True)
            # A build of a different language may use its own.
            for compiled in Path(app.srcdir).rglob(f"{config.language}/**/*.mo"):
                compiled.unlink()
        stamp.unlink(missing_ok=True)

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the stamp, unless the build failed or warned."""
        if not exception and not app._warncount:  # noqa: SLF001 - Sphinx has no other
            Path(app.doctreedir, STAMP).write_text(self.inputs, encoding="utf-8")
        self.lock.close()


def note_source(app: Sphinx, docname: str, _: list[str]) -> None:
    """Store the digest of the source of page ``docname``."""
    digest = _digest(Path(app.env.doc2path(docname)))
    domain_of(app.env).data["sources"][docname] = digest


def changed_sources(app: Sphinx, env: BuildEnvironment, *_: object) -> list[str]:
    """Return the pages whose source has changed, whatever the time of their file."""
    del app
    return [
        docname
        for docname, digest in domain_of(env).data["sources"].items()
        if docname in env.found_docs and _digest(Path(env.doc2path(docname))) != digest
    ]


def _shared(app: Sphinx) -> Iterator[Path]:
    yield from Path(app.srcdir).rglob("*.po")
    yield from interface.sources()
    for folder in app.config.templates_path:
        yield from Path(app.confdir, folder).rglob("*")


def _digest(path: Path) -> str:
    return storage.digest_of_files([path], path.parent)
