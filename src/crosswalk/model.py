"""Data classes of the project, all frozen.

This module imports no other module of Crosswalk.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol, TypeVar

import msgspec

Framework = Literal["pytorch", "mindspore"]
Status = Literal["passed", "failed", "skipped"]

T = TypeVar("T")

FRAMEWORKS: tuple[Framework, ...] = ("pytorch", "mindspore")
TITLES: dict[Framework, str] = {"pytorch": "PyTorch", "mindspore": "MindSpore"}
# A PNG in base64, from its signature to its padding; "" where there is none.
FOUR, REST = r"[A-Za-z0-9+/]{4}", r"[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=)"
PNG = rf"\A(?:iVBORw0KGgoA(?:{FOUR})*(?:{REST})?)?\Z"
Png = Annotated[str, msgspec.Meta(pattern=PNG)]


class Item(Protocol):
    """An item that the runner runs and the cache stores: a comparison or a pair."""

    id: str
    packages: tuple[str, ...]
    devices: tuple[str, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the source files that can change the outcome."""

    @property
    def reads(self) -> tuple[Path, ...]:
        """Return the project folders that a run of the item reads."""


class ItemOutcome(Protocol):
    """Result of running an item."""

    id: str
    sources: tuple[str, ...]

    @property
    def status(self) -> Status:
        """Return the status; the cache reuses only passed outcomes."""

    def tells_of(self, item: Item) -> bool:
        """Return whether the outcome covers exactly the parts of ``item``."""

    def to_json(self) -> dict[str, Any]:
        """Return the outcome as plain data."""


@dataclass(frozen=True)
class Cell:
    """A part of a side: setup (folded on the page) or snippet (shown)."""

    source: str
    first_line: int
    last_line: int
    is_setup: bool


@dataclass(frozen=True)
class Side:
    """One framework's module of a comparison, complete and runnable on its own."""

    framework: Framework
    path: Path
    cells: tuple[Cell, ...]
    uses_jit: bool


@dataclass(frozen=True)
class Helper:
    """A definition that checks use: a function, a class or a constant."""

    name: str
    source: str
    path: Path
    line: int


@dataclass(frozen=True)
class Check:
    """One claim and the function that asserts it.

    ``helpers`` are the definitions that the function uses, directly or indirectly.
    """

    name: str
    statement: str
    source: str
    path: Path
    line: int
    helpers: tuple[Helper, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The same task in both frameworks, and our claims about it.

    ``shared`` is the module of its topic, if its checks import it.
    """

    id: str
    folder: Path
    sides: tuple[Side, ...]
    checks: tuple[Check, ...]
    packages: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    shared: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the source files that can change the outcome: the whole folder."""
        found = self.folder.rglob("*")
        return tuple(path for path in found if "__pycache__" not in path.parts)

    @property
    def reads(self) -> tuple[Path, ...]:
        """Return the project folders that a run reads: all examples."""
        return (self.folder.parent.parent,)

    def side(self, framework: Framework) -> Side:
        """Return the side of ``framework``."""
        return next(side for side in self.sides if side.framework == framework)

    def check(self, name: str) -> Check:
        """Return the check called ``name``; raises KeyError if it does not exist."""
        for check in self.checks:
            if check.name == name:
                return check
        raise KeyError(name)


@dataclass(frozen=True)
class Failure:
    """The place and the message of a failure."""

    path: str
    line: int
    message: str
    trace: str = ""


@dataclass(frozen=True)
class Use:
    """A framework's public name in a file: its line (from 1) and columns (from 0)."""

    name: str
    line: int
    column: int
    end: int


@dataclass(frozen=True)
class Display:
    """The value at the end of a cell as shown on the page: a chart or HTML.

    ``cell`` is the number of the cell, from 0.
    ``text`` describes a chart in words, or is the value's own text.
    ``light`` and ``dark`` are the chart for light and dark pages.
    ``html`` is the value's own HTML, and must not be trusted.
    """

    cell: Annotated[int, msgspec.Meta(ge=0)]
    text: str
    html: str = ""
    light: Png = ""
    dark: Png = ""


@dataclass(frozen=True)
class SideOutcome:
    """Result of running one side, with one output text per cell, in order.

    ``uses`` are the framework names in its code, ``displays`` the values that its
    cells show, and ``warnings`` the warnings of the libraries.
    """

    framework: Framework
    status: Status
    seconds: float
    outputs: tuple[str, ...]
    failure: Failure | None = None
    reason: str = ""
    uses: tuple[Use, ...] = ()
    displays: tuple[Display, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def stdout(self) -> str:
        """Return everything that the side printed."""
        return "".join(self.outputs)

    def shown_by(self, cell: int) -> tuple[Display, ...]:
        """Return the values that the cell with this number, from 0, shows."""
        return tuple(display for display in self.displays if display.cell == cell)


@dataclass(frozen=True)
class CheckOutcome:
    """Result of running one check, with the numbers behind the verdict."""

    name: str
    status: Status
    seconds: float
    mode: str = ""
    measured: tuple[dict[str, Any], ...] = ()
    failure: Failure | None = None
    reason: str = ""
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Result of running one comparison, with its environment.

    ``warnings`` are the warnings of the libraries during the checks.
    """

    id: str
    environment: dict[str, str]
    mode: str
    sides: tuple[SideOutcome, ...]
    checks: tuple[CheckOutcome, ...]
    sources: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def side(self, framework: Framework) -> SideOutcome:
        """Return the outcome of the side of ``framework``."""
        return next(side for side in self.sides if side.framework == framework)

    def check(self, name: str) -> CheckOutcome:
        """Return the outcome of the check called ``name``."""
        return next(check for check in self.checks if check.name == name)

    @property
    def status(self) -> Status:
        """Return the worst status of all sides and checks."""
        found = {part.status for part in (*self.sides, *self.checks)}
        return next((s for s in ("failed", "skipped") if s in found), "passed")

    @property
    def seconds(self) -> float:
        """Return the total time of sides and checks, in seconds."""
        return sum(part.seconds for part in (*self.sides, *self.checks))

    def tells_of(self, item: Comparison) -> bool:
        """Return whether the outcome covers every side and every check of ``item``."""
        sides = [side.framework for side in self.sides]
        cells = {side.framework: len(side.cells) for side in item.sides}
        checks = [check.name for check in self.checks]
        files = {str(path) for path in item.files}
        failures = [part.failure for part in (*self.sides, *self.checks)]
        return (
            self.id == item.id
            and sides == [side.framework for side in item.sides]
            and checks == [check.name for check in item.checks]
            and all(failure.path in files for failure in failures if failure)
            and all(
                display.cell < cells[side.framework]
                for side in self.sides
                for display in side.displays
            )
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: object) -> "Outcome":
        """Read the result of `to_json`; raises TypeError for anything else."""
        return read(data, cls)


def read(data: object, kind: type[T]) -> T:
    """Convert untrusted plain data to an object of the dataclass ``kind``.

    Raises TypeError if a field is missing or has a different type.
    """
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise TypeError(str(error)) from None
