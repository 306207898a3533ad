"""What the libraries warn of is part of what a comparison gave."""

from conftest import CHECKS, MINDSPORE, Project

from crosswalk.comparisons import warned

TIME = "MainProcess):2026-01-01-00:00:0"
WARNED = f"""\
/x/torch/optim/a.py:12: FutureWarning: use b
  old()
[WARNING] ME(123:140,{TIME}0.1 [mindspore/x.py:90] 'A' at 0x7f12 ends. Or 7.
[WARNING] ME(124:140,{TIME}1.2 [mindspore/x.py:90] 'A' at 0x7f34 ends. Or 8.
[INFO] ME(124:140,{TIME}1.2 [mindspore/x.py:90] fine
[WARNING] CORE(9,7ff,python):2026-01-01-00:00:00.3 [core/x.cc:9] Get] node 7.
[WARNING] ME(9,7ff,python):2026-01-01-00:00:00.3 [core/x.cc:9] Get] node 8.
"""


def test_warnings_are_heard_without_what_differs_from_run_to_run() -> None:
    """Details, repetitions and what the compiler prints are left out."""
    expected = ("FutureWarning: use b", "ME: 'A' at 0x… ends.")
    assert expected == warned.warnings_in(WARNED)


def test_an_outcome_has_the_warnings_of_sides_and_checks(project: Project) -> None:
    """Each is told where it was raised, also one that Python hides by default."""
    warn = "import warnings\nwarnings.warn('of the side', {}, stacklevel=1)\n"
    project.add(
        mindspore=MINDSPORE + warn.format("PendingDeprecationWarning"),
        checks="import warnings\n" + CHECKS + "    warnings.warn('of the check')\n",
    )
    outcome = project.run()["sums/ones"]
    assert "passed" == outcome.status
    assert () == outcome.side("pytorch").warnings
    expected = ("PendingDeprecationWarning: of the side",)
    assert expected == outcome.side("mindspore").warnings
    assert ("UserWarning: of the check",) == outcome.warnings
