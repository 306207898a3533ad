"""What the kernel kept examples from is told, and nothing more."""

import pytest

from crosswalk.engine.sandbox import ALL, kept_in_all, weakness

WHOLE = {"kept_from": ", ".join(ALL)}
WEAK = {"kept_from": "network, other files"}
LOST = {"python": "3.12.1"}


@pytest.mark.parametrize(
    ("environments", "expected"),
    [
        ([WHOLE, WHOLE], ALL),
        ([WHOLE, WEAK, LOST], ("network", "other files")),
        ([{"kept_from": ""}], ()),
        ([LOST], ()),
        ([], ()),
    ],
)
def test_only_what_every_example_was_kept_from_is_told(
    environments: list[dict[str, str]], expected: tuple[str, ...]
) -> None:
    """One weaker run counts for all, and no run proves nothing."""
    assert expected == kept_in_all(environments)


@pytest.mark.parametrize("environments", [[WHOLE], [WHOLE, LOST], [LOST], []])
def test_a_run_that_showed_no_weakness_has_no_warning(
    environments: list[dict[str, str]],
) -> None:
    """Without an example that told what it was kept from, there is nothing to say."""
    assert "" == weakness(environments)


def test_a_weaker_kernel_is_told_with_what_to_do() -> None:
    """The warning names each missing protection, and the remedy."""
    said = weakness([WHOLE, WEAK])
    for missing in ALL[1:-1]:
        assert missing in said
    assert "network" not in said
    assert "Linux 5.13 or newer with user namespaces" in said
