"""What MindSpore's own mapping tables claim, beside what we measured."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from crosswalk.parity.measurement import VERDICTS, Verdict

ClaimVerdict = Literal["consistent", "differs"]
Agreement = Literal["agrees", "disagrees"]


@dataclass(frozen=True)
class Claim:
    """One row of an official mapping table: how alike it calls two names.

    The English and the Chinese table of a release have a verdict each.
    """

    release: str
    torch: str
    mindspore: str
    verdict_en: ClaimVerdict
    verdict_zh: ClaimVerdict


def claims(path: Path) -> tuple[Claim, ...]:
    """Read the rows of ``path``, in order; lines with ``#`` tell the source.

    Raises ValueError for a verdict that the tables do not use.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return tuple(_claim(row) for row in rows)


def agreement(claimed: ClaimVerdict, ours: Verdict) -> Agreement:
    """Say whether a claim holds against what we measured.

    The tables call two names consistent if, among others, functions, data types
    and default values are. So "consistent" agrees with "same" alone, and
    "differs" with all else, different defaults included.
    That an extra argument is no difference to them (their exceptions 2 and 3) does
    not change this: it changes no result of a pair that we find the same.

    Raises ValueError for words that are no verdicts.
    """
    if claimed not in get_args(ClaimVerdict) or ours not in VERDICTS:
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
