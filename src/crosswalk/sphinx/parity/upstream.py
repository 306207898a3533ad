"""Compare the claims of MindSpore's own mapping tables with our measurements."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from crosswalk.parity.measurement import PairVerdict

ClaimVerdict = Literal["consistent", "differs"]
Agreement = Literal["agrees", "disagrees"]


@dataclass(frozen=True)
class Claim:
    """One row of an official mapping table, with its verdict on two APIs.

    The English and the Chinese table of a release have separate verdicts.
    """

    release: str
    torch: str
    mindspore: str
    verdict_en: ClaimVerdict
    verdict_zh: ClaimVerdict


def claims(path: Path) -> tuple[Claim, ...]:
    """Read the rows of ``path``, in order; lines with ``#`` name the source.

    Raises ValueError for a verdict that the tables do not use.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return tuple(_claim(row) for row in rows)


def agreement(claimed: ClaimVerdict, ours: PairVerdict) -> Agreement:
    """Return whether a claim agrees with our measurement.

    The tables call two APIs consistent if, among other things, their functions, data
    types and default values are. So "consistent" agrees only with "same", and "differs"
    with every other verdict, including different defaults. The tables do not count an
    extra argument as a difference (their exceptions 2 and 3). This makes no difference
    here, because an extra argument changes no result of a pair that we find the same.

    Raises ValueError for words that are no verdicts.
    """
    if claimed not in get_args(ClaimVerdict) or ours not in get_args(PairVerdict):
        message = f"no verdicts: {claimed!r}, {ours!r}"
        raise ValueError(message)
    return "agrees" if (claimed == "consistent") == (ours == "same") else "disagrees"


def _claim(row: dict[str, str]) -> Claim:
    for column in ("verdict_en", "verdict_zh"):
        if row[column] not in get_args(ClaimVerdict):
            message = f"{row['torch_api']}: {column} is {row[column]!r}"
            raise ValueError(message)
    return Claim(
        row["upstream_release"],
        row["torch_api"],
        row["mindspore_api"],
        row["verdict_en"],
        row["verdict_zh"],
    )
