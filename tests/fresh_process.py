"""What tests run in a process of its own, once for each side.

The process imports this module and not the tests, which read all examples.
"""

import __future__

import ast
import contextlib
import io
import linecache
import os
import runpy
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from crosswalk.comparisons.display import display_of
from crosswalk.expect import normalise

FEATURES = [getattr(__future__, name) for name in __future__.all_feature_names]


@dataclass(frozen=True)
class Ran:
    """What the cells of a notebook printed, and the values that Jupyter would show."""

    printed: str
    shown: tuple[str, ...]


def run_cells(sources: list[str]) -> Ran:
    """Run cells as Jupyter does: in one module without a file, in an empty folder.

    What a cell imports from ``__future__`` stays on, and the value of its last
    expression is shown.
    """
    os.environ["MS_DEV_HOST_BLOCKING_RUN"] = "1"
    os.environ["MPLBACKEND"] = "agg"
    module, flags, shown = ModuleType("__main__"), 0, []
    sys.modules["__main__"], sys.argv = module, ["ipykernel"]
    output = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for number, source in enumerate(sources):
            # MindSpore's compiler reads the text of a function, as Jupyter keeps it.
            file = f"/tmp/ipykernel/{number}.py"  # noqa: S108 - no file is written
            lines = source.splitlines(keepends=True)
            linecache.cache[file] = len(source), None, lines, file
            tree = ast.parse(source, file)
            is_shown = tree.body and isinstance(tree.body[-1], ast.Expr)
            last = ast.Expression(tree.body.pop().value) if is_shown else None
            code = compile(tree, file, "exec", flags, dont_inherit=True)
            for feature in FEATURES:
                flags |= code.co_flags & feature.compiler_flag
            with contextlib.redirect_stdout(output):
                exec(code, vars(module))  # noqa: S102 - it is ours
                if last:
                    code = compile(last, file, "eval", flags, dont_inherit=True)
                    value = eval(code, vars(module))  # noqa: S307 - it is ours
                    display = display_of(value, number)
                    text = display.text if display else repr(value)
                    shown += [] if value is None else [text]
    return Ran(normalise(output.getvalue()), tuple(shown))


def run_alone(path: Path) -> str:
    """Run a side as the main program of a fresh process, in an empty folder."""
    # As the runner does: with threads that spin, this takes three times as long.
    os.environ["MS_DEV_HOST_BLOCKING_RUN"] = "1"
    output = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sys.argv = [str(path)]
        with contextlib.redirect_stdout(output):
            runpy.run_path(str(path), run_name="__main__")
        os.chdir("/")
    return normalise(output.getvalue())
