"""A build goes on from an earlier one only if that was finished and good.

Sphinx compares times of files, keeps what it read before it writes, and does not
repeat the warnings of an unchanged page: a build that was killed, that warned, or
that runs while another does, or after the clock went back, would pass for whole.
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
    """Beside the doctrees: it says that the build there was whole, and of what."""

    def begin(self, app: Sphinx, config: Config) -> None:
        """Take the folder of doctrees for this build; forget what cannot be trusted.

        Raises ExtensionError if another build is at work there.
        """
        folder = Path(app.doctreedir)
        folder.mkdir(parents=True, exist_ok=True)
        self.lock = (folder / LOCK).open("w")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            message = f"another build is at work in {folder}: wait until it has ended"
            raise ExtensionError(message) from None
        # Now: other extensions add templates of their own later.
        self.inputs = storage.digest_of_files(_shared(app), Path(app.confdir))
        stamp = folder / STAMP
        if not stamp.exists() or stamp.read_text("utf-8") != self.inputs:
            (folder / "environment.pickle").unlink(missing_ok=True)
            # Those of another language are at work in another build.
            for compiled in Path(app.srcdir).rglob(f"{config.language}/**/*.mo"):
                compiled.unlink()
        stamp.unlink(missing_ok=True)

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Say that this build was whole, unless it failed or warned."""
        if not exception and not app._warncount:  # noqa: SLF001 - Sphinx has no other
            Path(app.doctreedir, STAMP).write_text(self.inputs, encoding="utf-8")
        self.lock.close()


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


def _shared(app: Sphinx) -> Iterator[Path]:
    yield from Path(app.srcdir).rglob("*.po")
    yield from interface.sources()
    for folder in app.config.templates_path:
        yield from Path(app.confdir, folder).rglob("*")


def _digest(path: Path) -> str:
    return storage.digest_of_files([path], path.parent)
