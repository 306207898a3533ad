"""The official tables' claims, and whether they hold."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from conftest import ROOT, clean_environment

from crosswalk.parity.measurement import PairVerdict
from crosswalk.sphinx.parity.upstream import Claim, agreement, claims

TABLE = ROOT / "parity" / "upstream.csv"
HEADER = (
    "upstream_release,section,torch_api,mindspore_api,verdict_en,verdict_zh",
    "2.4.1,torch.optim,torch.optim.SGD,mindspore.nn.SGD,consistent,differs",
)
ASKED = """\
import json
from pathlib import Path
from typing import get_args
from crosswalk.sphinx.parity.upstream import *
from tests.api_names import *
names = ["torch.optim.SGD", "torch.optim.AdaMax", "torch.nothing.SGD"]
print("\\n" + json.dumps({
    "misspelt": misspelt(claims(Path("parity/upstream.csv"))),
    "exists": {name: exists(name) for name in names},
    "spelling": {name: spelling(name) for name in names},
}))
"""


@pytest.fixture(scope="module")
def told() -> dict[str, dict]:
    """Return what one child process, which may import frameworks, finds out."""
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_table_has_all_rows_on_optimizers() -> None:
    """Both releases are there, and nothing but ``torch.optim``."""
    found = claims(TABLE)
    releases = Counter(claim.release for claim in found)
    assert {"2.4.1": 40, "2.6 (2025-07)": 2} == releases
    assert all(claim.torch.startswith("torch.optim.") for claim in found)


def test_the_table_names_its_source() -> None:
    """Data of others carries where it comes from."""
    first = TABLE.read_text("utf-8").partition("\n")[0]
    expected = (
        "# Source: MindSpore documentation, PyTorch-MindSpore API mapping tables,"
        " releases 2.4.1 and 2.6 (2025-07)"
    )
    assert expected == first


def test_a_row_is_a_claim(tmp_path: Path) -> None:
    """Each language's table has its own verdict."""
    table = tmp_path / "table.csv"
    table.write_text("\n".join(("# where from", *HEADER)), "utf-8")
    names = ("torch.optim.SGD", "mindspore.nn.SGD")
    assert (Claim("2.4.1", *names, "consistent", "differs"),) == claims(table)


def test_an_unknown_verdict_is_an_error(tmp_path: Path) -> None:
    """A word that the tables do not use is not taken for a verdict."""
    table = tmp_path / "table.csv"
    table.write_text("\n".join(HEADER).replace(",differs", ",perhaps"), "utf-8")
    with pytest.raises(ValueError, match="verdict_zh is 'perhaps'"):
        claims(table)


@pytest.mark.parametrize("ours", get_args(PairVerdict))
def test_agreement(ours: str) -> None:
    """Only "same" is what the tables call consistent: defaults count, too."""
    is_same = ours == "same"
    assert ("agrees" if is_same else "disagrees") == agreement("consistent", ours)
    assert ("disagrees" if is_same else "agrees") == agreement("differs", ours)


@pytest.mark.parametrize(
    ("claimed", "ours"), [("consistent", "equal"), ("同", "same"), ("same", "same")]
)
def test_agreement_takes_verdicts_only(claimed: str, ours: str) -> None:
    """A misspelt verdict is an error, not a disagreement."""
    with pytest.raises(ValueError, match="no verdicts"):
        agreement(claimed, ours)


def test_names_that_do_not_exist_are_found(told: dict[str, dict]) -> None:
    """Two names of the table differ from PyTorch's in their capitals."""
    expected = {
        "torch.optim.AdaMax": "torch.optim.Adamax",
        "torch.optim.RMSProp": "torch.optim.RMSprop",
    }
    assert expected == told["misspelt"]


@pytest.mark.parametrize(
    ("name", "is_there", "spelt"),
    [
        ("torch.optim.SGD", True, "torch.optim.SGD"),
        ("torch.optim.AdaMax", False, "torch.optim.Adamax"),
        ("torch.nothing.SGD", False, None),
    ],
)
def test_spelling(
    told: dict[str, dict], name: str, *, is_there: bool, spelt: str | None
) -> None:
    """A name exists, exists with other capitals, or does not exist at all."""
    assert is_there == told["exists"][name]
    assert spelt == told["spelling"][name]
