"""Read the files of a comparison as text; reject code that Python cannot compile.

Files are decoded, parsed and compiled, but not imported.
"""

import __future__

import ast
import io
import re
import sys
import tokenize
import warnings
from dataclasses import dataclass
from pathlib import Path

from crosswalk.expect import INVISIBLE

# The oldest Python that the project supports: what a newer one adds is refused.
OLDEST = (3, 11)
BYTE_ORDER_MARK = "\ufeff"
LONGEST = 60
NOTEBOOK = re.compile(r"^(?:[%!?]|[\w.]+\s*=\s*[%!])|\w\?{1,2}$")
NEWER = re.compile(r"^(?:type\s+\w+.*=|(?:async\s+)?def\s+\w+\s*\[|class\s+\w+\s*\[)")
F_STRING = re.compile(r"\b[rR]?[fF][rR]?[\"']")
# A string as Python 3.11 reads it: its own quotes end it, whatever braces say.
PLAIN_STRING = re.compile(
    r"\w*(?:\"{3}(?:[^\"\\]|\\.|\"(?!\"\"))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')",
    re.DOTALL,
)
ABOUT_STRINGS = (
    "f-string",
    "unterminated string",
    "unmatched",
    "unexpected character after line continuation",
)
AWAITS = re.compile(r"'await' outside|'async \w+' outside|asynchronous comprehension")
ABOUT_NOTEBOOKS = (
    "this is a command for notebooks and not Python; a side must also run as a "
    "script, so leave it out"
)
ABOUT_AWAIT = (
    "a notebook allows this outside a function and a script does not; "
    "call asyncio.run(...) instead"
)
ABOUT_VERSIONS = (
    "Python 3.12 added this syntax; sides and checks must also run on Python 3.11"
)
ABOUT_F_STRINGS = (
    "before Python 3.12, the braces of an f-string can hold neither its own quotes "
    "nor a backslash nor a comment, and sides and checks must also run on Python 3.11"
)


@dataclass(frozen=True)
class Problem:
    """A problem in a comparison's files that prevents it from running.

    ``comparison`` is the id, or "" for a file that belongs to none.
    """

    path: Path
    line: int
    message: str
    comparison: str = ""

    def __str__(self) -> str:
        """Return the place and the message, in the format of compilers."""
        return f"{self.path}:{self.line}: {self.message}"


class ProblemError(ValueError):
    """Raised if a comparison cannot be read; carries the `Problem`."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        """Describe the problem at ``path``:``line``."""
        self.problem = Problem(path, line, message)
        super().__init__(str(self.problem))


def read(path: Path) -> str:
    """Return the text of ``path``; raises ProblemError if it could be misread."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise ProblemError(path, 1, _missing(path)) from None
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise ProblemError(path, 1, message) from None
    except UnicodeDecodeError as error:
        message = f"not UTF-8: {error}; save the file as UTF-8"
        raise ProblemError(path, 1, message) from None
    if text.startswith(BYTE_ORDER_MARK):
        message = (
            "the file begins with a byte order mark (U+FEFF): save it as UTF-8 "
            "without one"
        )
        raise ProblemError(path, 1, message)
    found = INVISIBLE.search(text)
    if found:
        code = f"U+{ord(found[0]):04X}"
        message = f"{code} changes how code reads without being seen: write an escape"
        raise ProblemError(path, text.count("\n", 0, found.start()) + 1, message)
    _require_utf8(path, text)
    return text


def _missing(path: Path) -> str:
    there = sorted(p.name for p in path.parent.glob("*.py"))
    return (
        f"missing: a comparison needs a file {path.name!r}; "
        f"its folder has {', '.join(there) or 'no Python file'}"
    )


def _require_utf8(path: Path, text: str) -> None:
    """Raise ProblemError for a ``coding`` line, because scripts would obey it."""
    try:
        encoding, lines = tokenize.detect_encoding(io.BytesIO(text.encode()).readline)
    except SyntaxError as error:
        encoding, lines = str(error), text.encode().splitlines()[:2]
    if encoding != "utf-8":
        message = f"expected UTF-8, found a coding line ({encoding}): remove the line"
        raise ProblemError(path, max(1, len(lines)), message)


def parse(path: Path, source: str) -> ast.Module:
    """Return the syntax tree of ``source``; raises ProblemError if it does not compile.

    Compiling the whole file finds errors that the parser misses: ``return`` outside
    a function, a repeated argument, ``from __future__`` after other code.
    """
    with warnings.catch_warnings():
        # The process that runs the file reports them.
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(source, str(path), feature_version=OLDEST)
            compile(tree, str(path), "exec", dont_inherit=True)
        except SyntaxError as error:
            line = error.lineno or 1
            raise ProblemError(path, line, _explain(error, source)) from None
        except (ValueError, RecursionError, MemoryError, OverflowError) as error:
            what = str(error) or type(error).__name__
            message = f"Python cannot compile this file: {what}"
            raise ProblemError(path, 1, message) from None
    line = 0 if sys.version_info < (3, 12) else _newer_f_string(source, tree)
    if line:
        raise ProblemError(path, line, f"this f-string is too new ({ABOUT_F_STRINGS})")
    return tree


def _newer_f_string(source: str, tree: ast.Module) -> int:
    """Return the line of an f-string that Python 3.11 cannot read; 0 without one.

    A newer Python accepts all of them, even if ``feature_version`` asks for 3.11.
    """
    opened: list[tokenize.TokenInfo] = []
    lines = source.split("\n")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.FSTRING_START:
            opened.append(token)
        elif token.type == tokenize.COMMENT and opened:
            return token.start[0]
        elif token.type == tokenize.FSTRING_END:
            (first, start), (last, end) = opened.pop().start, token.end
            rows = lines[first - 1 : last]
            rows[-1] = rows[-1][:end]
            text = "\n".join(rows)[start:]
            if not opened and not PLAIN_STRING.fullmatch(text):
                return first
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue):
            inside = ast.get_source_segment(source, node.value) or ""
            if "\\" in inside:
                return node.value.lineno
    return 0


def future_flags(tree: ast.Module) -> int:
    """Return the compiler flags for a file's imports from ``__future__``.

    Every cell is compiled with these flags, like the whole file.
    """
    flags = 0
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            for alias in node.names:
                flags |= getattr(__future__, alias.name).compiler_flag
    return flags


def _explain(error: SyntaxError, source: str) -> str:
    """Return the error, the code at its place, and a hint on how to fix it."""
    lines = source.split("\n")
    number = error.lineno or 1
    text = lines[number - 1].strip() if number <= len(lines) else ""
    found = f": {cut(text)}" if text else ""
    hint = _hint(error.msg, text)
    return f"{error.msg}{found}{f' ({hint})' if hint else ''}"


def _hint(message: str, text: str) -> str:
    if AWAITS.search(message):
        return ABOUT_AWAIT
    if NEWER.match(text) or "Python 3.12 and greater" in message:
        return ABOUT_VERSIONS
    is_about_strings = message.startswith(ABOUT_STRINGS)
    if is_about_strings and F_STRING.search(text):
        return ABOUT_F_STRINGS
    return ABOUT_NOTEBOOKS if NOTEBOOK.search(text) else ""


def cut(text: str) -> str:
    """Return ``text`` in quotes, cut to a length that fits in a message."""
    return repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
