"""Run both sides and the checks of a comparison inside the forked process."""

import ast
import contextlib
import os
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import CodeType, ModuleType

from crosswalk import expect
from crosswalk.comparisons import api_uses, display, helpers, sources, warned
from crosswalk.engine import guard, sandbox
from crosswalk.engine.capture import captured, split_output
from crosswalk.engine.sandbox import Limits
from crosswalk.engine.task import Task, prepare
from crosswalk.model import (
    Check,
    CheckOutcome,
    Comparison,
    Failure,
    Framework,
    Outcome,
    Side,
    SideOutcome,
    Use,
)


def run(task: Task, *, to_first_failure: bool = False) -> Outcome:
    """Run both sides of one comparison and then its checks, in this process.

    Start a fresh process for it, because its state changes permanently.
    ``to_first_failure`` stops after the first side or check that fails.
    """
    environment = prepare(task)
    # Python shows few of them by default.
    warnings.simplefilter("default")
    # Bound before the sides run, because they could replace it.
    replaced = guard.baseline().replaced
    texts = _texts_of_checks(task.item)
    modules: dict[Framework, ModuleType] = {}
    sides = []
    for side in task.item.sides:
        reason = task.reasons.get(side.framework, "")
        if reason:
            sides.append(SideOutcome(side.framework, "skipped", 0.0, (), None, reason))
            continue
        module, outcome = _run_side(side, task, replaced)
        modules[side.framework] = module
        sides.append(outcome)
        if to_first_failure and outcome.failure:
            break
    mode = _mode(task.item.side("mindspore"))
    guard.quiesce()
    checks = _run_checks(
        task,
        modules,
        sides,
        mode,
        texts=texts,
        replaced=replaced,
        to_first_failure=to_first_failure,
    )
    imported = _imported_sources(task.project, task.item.folder)
    heard = warned.read(task.folder / "checks.err", task.limits)
    sides = tuple(sides)
    return Outcome(task.item.id, environment, mode, sides, checks, imported, heard)


def _run_side(
    side: Side, task: Task, replaced: Callable[[], str]
) -> tuple[ModuleType, SideOutcome]:
    module = ModuleType("__main__")
    module.__file__ = str(side.path)
    # MindSpore's compiler looks the running module up by this name.
    sys.modules["__main__"] = module
    sys.argv = [str(side.path)]
    os.chdir(task.folder / "work")
    stem = task.folder / side.framework
    failure, ends, found = None, [], []
    source = side.path.read_text("utf-8")
    start = time.perf_counter()
    with captured(stem) as descriptor, display.collected(task.limits) as displays:
        try:
            tree = ast.parse(source, str(side.path))
            flags = sources.future_flags(tree)
            for displays.cell, cell in enumerate(cell_trees(side, tree)):
                for code in _codes(cell, side.path, flags):
                    exec(code, module.__dict__)  # noqa: S102 - that is the point
                sys.stdout.flush()
                ends.append(os.fstat(descriptor).st_size)
                found += api_uses.uses([cell], module.__dict__, source)
        except BaseException as error:  # noqa: BLE001 - whatever it raises is its own
            failure = describe(error, side.path, task.limits)
    seconds = time.perf_counter() - start
    printed, flood = sandbox.printed(stem.with_suffix(".out"), task.limits)
    wrong = replaced() or flood
    failure = failure or (Failure(str(side.path), 1, wrong) if wrong else None)
    return module, SideOutcome(
        side.framework,
        "failed" if failure else "passed",
        seconds,
        split_output(printed, ends),
        failure,
        uses=tuple(found),
        displays=tuple(displays.found),
        warnings=warned.read(stem.with_suffix(".err"), task.limits),
    )


def _codes(cell: ast.Module, path: Path, flags: int) -> Iterator[CodeType]:
    """Yield the compiled parts of a cell.

    An expression at its end is a separate part, and passes its value to
    `sys.displayhook`.
    """
    parts: list[tuple[ast.mod, str]] = [(cell, "exec")]
    last = cell.body[-1] if cell.body else None
    if isinstance(last, ast.Expr) and not isinstance(last.value, ast.Constant):
        before = ast.Module(cell.body[:-1], [])
        parts = [(before, "exec"), (ast.Interactive([last]), "single")]
    for tree, kind in parts:
        yield compile(tree, str(path), kind, flags, dont_inherit=True)


def cell_trees(side: Side, tree: ast.Module) -> Iterator[ast.Module]:
    """Yield the syntax tree of each cell of ``side``, with its file's line numbers."""
    for cell in side.cells:
        inside = range(cell.first_line, cell.last_line + 1)
        yield ast.Module([node for node in tree.body if node.lineno in inside], [])


def describe(error: BaseException, path: Path, limits: Limits) -> Failure:
    """Return the place in ``path`` that raised ``error``, without our own frames."""
    frames = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame in frames if frame.filename != display.__file__]
    at = next((n for n, frame in enumerate(frames) if frame.filename == str(path)), 0)
    ours = [frame for frame in frames if frame.filename == str(path)]
    line = (ours[-1].lineno or 1) if ours else 1
    is_ours = isinstance(error, AssertionError | display.DisplayError)
    first = str(error).strip() if is_ours else ""
    message = first or "".join(traceback.format_exception_only(error)).strip()
    hint = sandbox.hint(error, limits)
    if isinstance(error, ModuleNotFoundError):
        hint = "name what the project does not install in PACKAGES of checks.py"
    message = f"{message} ({hint})" if hint else message
    if isinstance(error, SyntaxError) and error.filename == str(path):
        line = error.lineno or line  # nothing of the file has run
    # Without a frame of the file, all frames are ours.
    trace = "".join(traceback.format_list(frames[at:])) if ours else ""
    return Failure(str(path), line, expect.normalise(message), expect.normalise(trace))


def _mode(side: Side) -> str:
    """Return MindSpore's current mode, and whether ``side`` compiles."""
    import mindspore  # noqa: PLC0415

    graph = mindspore.get_context("mode") == mindspore.GRAPH_MODE
    mode = "Graph" if graph else "PyNative"
    return f"{mode}, @jit" if side.uses_jit and not graph else mode


@contextlib.contextmanager
def _noted_modes(side: Side) -> Iterator[list[str]]:
    """Yield a list that receives the modes set inside the block, in order.

    18 of 1,241 checks set a mode, and most set it back.
    MindSpore (2.7.2 to 2.10.0) offers no notification of a change, so this replaces its
    function while a check runs.
    """
    import mindspore  # noqa: PLC0415

    real, modes = mindspore.set_context, []

    def set_context(**settings: object) -> None:
        real(**settings)
        if "mode" in settings:
            modes.append(_mode(side))

    mindspore.set_context = set_context
    try:
        yield modes
    finally:
        mindspore.set_context = real


def _run_checks(  # noqa: PLR0913 - what it passes on
    task: Task,
    modules: dict[Framework, ModuleType],
    sides: list[SideOutcome],
    mode: str,
    *,
    texts: dict[str, tuple[Path, str]],
    replaced: Callable[[], str],
    to_first_failure: bool,
) -> tuple[CheckOutcome, ...]:
    checks = task.item.checks
    for side in sides:
        if side.status != "passed":
            reason = f"the {side.framework} side {side.status}"
            reason += f": {side.reason}" if side.reason else ""
            status = side.status
            return tuple(
                CheckOutcome(c.name, status, 0.0, reason=reason) for c in checks
            )
    with captured(task.folder / "checks"):
        try:
            module = _load(texts)
        except Exception as error:  # noqa: BLE001 - any error is the checks' failure
            failure = describe(error, checks[0].path, task.limits)
            return tuple(
                CheckOutcome(c.name, "failed", 0.0, mode, (), failure) for c in checks
            )
        outcomes = []
        for check in checks:
            with _noted_modes(task.item.side("mindspore")) as modes:
                outcome = _run_check(check, module, modules, task.limits)
            wrong = replaced()
            if wrong:
                failure = Failure(str(check.path), check.line, wrong)
                outcome = replace(outcome, status="failed", failure=failure)
            # A check that sets a mode is about that mode, not about the side's.
            outcomes.append(replace(outcome, mode=modes[0] if modes else mode))
            if to_first_failure and outcome.status == "failed":
                break
        return tuple(outcomes)


def _texts_of_checks(item: Comparison) -> dict[str, tuple[Path, str]]:
    """Return the source of each module that checks consist of, in import order."""
    paths = {helpers.SHARED: item.shared, "checks": item.checks[0].path}
    return {n: (path, path.read_text("utf-8")) for n, path in paths.items() if path}


def _load(texts: dict[str, tuple[Path, str]]) -> ModuleType:
    """Return the module of checks, compiled from text that no side can replace."""
    for name, (path, source) in texts.items():
        module = ModuleType(name)
        module.__file__ = str(path)
        # MindSpore's compiler looks a function's module up by name.
        sys.modules[name] = module
        exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102 - checks
    return module


def _run_check(
    check: Check,
    module: ModuleType,
    modules: dict[Framework, ModuleType],
    limits: Limits,
) -> CheckOutcome:
    failure = None
    start = time.perf_counter()
    with expect.collect() as measured:
        try:
            getattr(module, check.name)(modules["pytorch"], modules["mindspore"])
        except BaseException as error:  # noqa: BLE001 - whatever it raises is its own
            failure = describe(error, check.path, limits)
    seconds = time.perf_counter() - start
    if not failure and not measured:
        message = "this check measured nothing: assert through crosswalk.expect"
        failure = Failure(str(check.path), check.line, message)
    status = "failed" if failure else "passed"
    return CheckOutcome(
        check.name,
        status,
        seconds,
        measured=tuple(measured),
        failure=failure,
        uses=_uses_of_check(check, {**vars(module), **modules}),
    )


def _uses_of_check(check: Check, namespace: dict[str, object]) -> tuple[Use, ...]:
    tree = ast.parse(check.source)
    found = api_uses.uses(tree.body, namespace, check.source)
    return tuple(replace(use, line=use.line + check.line - 1) for use in found)


def _imported_sources(project: Path, folder: Path) -> tuple[str, ...]:
    """Return the files below ``examples`` that this process imported."""
    names = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    # As text: the frameworks are thousands of modules, and paths are slow to make.
    below = f"{folder.parent.parent}{os.sep}"
    ours = (Path(name) for name in names if name and name.startswith(below))
    return tuple(sorted(str(path.relative_to(project)) for path in ours))
