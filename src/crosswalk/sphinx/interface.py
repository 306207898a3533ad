"""Texts of the interface: English in the code, translations in Sphinx catalogues.

`_` is gettext for the language of the build.
Texts of modules are lazy: ``str()`` translates them, once a build has begun.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.locale import get_translation

from crosswalk.engine import storage

CATALOG = "crosswalk-interface"
FOLDER = Path(__file__).parent / "locale"

_ = get_translation(CATALOG)


def setup(app: Sphinx) -> None:
    """Compile the catalogue next to the doctrees and register it with Sphinx.

    The package itself may be read-only, and each language has separate doctrees.
    Raises ExtensionError if it cannot be written.
    """
    compiled = Path(app.doctreedir) / FOLDER.name
    for source in sources(app.config.language):
        target = (compiled / source.relative_to(FOLDER)).with_suffix(".mo")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            # Another build may have begun in this folder, and be reading it.
            storage.write_whole(target, _compile(source))
        except OSError as error:
            message = (
                f"cannot keep the words of the interface in {target}: "
                f"{error.strerror}; make room there, or name another folder with -d"
            )
            raise ExtensionError(message) from error
    app.add_message_catalog(CATALOG, compiled)


def sources(language: str = "*") -> list[Path]:
    """Return the catalogue of each language, or of one; English has none."""
    return sorted(FOLDER.glob(f"{language}/LC_MESSAGES/{CATALOG}.po"))


def _compile(source: Path) -> bytes:
    with source.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    return compiled.getvalue()
