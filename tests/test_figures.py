"""Pictures stand in any page: light or dark, small, several at once, in words too."""

import math
import random
import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest

from crosswalk.sphinx.parity.figures import Labels, bars, rates, trajectories

LABELS = Labels("step", "loss", "deviation")
ALT = ("Adam", "Both runs end at 0.1")
FALLING = [2.0 * 0.98**step + 0.1 for step in range(200)]
NAMESPACE = "{http://www.w3.org/2000/svg}"


def draw(
    name: str = "adam",
    values: tuple[list[float], list[float]] = (FALLING, FALLING),
    deviations: tuple[list[float], list[float]] = ([0.0, 1e-7], [1e-8, 1e-6]),
    labels: Labels = LABELS,
    alt: tuple[str, str] = ALT,
) -> str:
    """Return trajectories with the usual words in the legends."""
    series = dict(zip(("PyTorch", "MindSpore"), values, strict=True))
    apart = dict(zip(("difference", "yardstick"), deviations, strict=True))
    return trajectories(name, series, apart, labels, alt)


def stairs(values: list[float], name: str = "step") -> str:
    """Return the rates of two schedules that are the same."""
    return rates(name, {"PyTorch": values, "MindSpore": values}, LABELS, ALT)


def words(picture: str) -> list[str]:
    """Return the text drawn in ``picture``, which must be XML."""
    root = ET.fromstring(picture)  # noqa: S314 - our own
    return [element.text or "" for element in root.iter(f"{NAMESPACE}text")]


def identifiers(picture: str) -> set[str]:
    """Return what ``picture`` takes of the page's identifiers."""
    return set(re.findall(r' id="([^"]+)"', picture))


@pytest.mark.parametrize("picture", [draw(), stairs(FALLING)])
def test_a_picture_takes_the_colours_of_the_page(picture: str) -> None:
    """Every colour is the text's or a variable; no style reaches the page."""
    colours = set(re.findall(r"(?:fill|stroke): ?([^;\"]+)", picture))
    pytorch = "var(--crosswalk-pytorch,#d5430b)"
    mindspore = "var(--crosswalk-mindspore,#1467b8)"
    assert {"none", "currentColor", pytorch, mindspore} == colours
    assert "#000000" not in picture
    assert "<style" not in picture
    assert "font-family" not in picture


def test_a_picture_says_in_words_what_it_shows() -> None:
    """Title and description name the image, whatever signs they hold."""
    alt = ('Adam & "friends"', "loss < 1")
    root = ET.fromstring(draw(alt=alt))  # noqa: S314 - our own
    named = {element.get("id"): element.text for element in root.iter()}
    labelled = [named[key] for key in root.get("aria-labelledby", "").split()]
    assert list(alt) == labelled
    assert "img" == root.get("role")
    assert "0 0 518.4 187.2" == root.get("viewBox")


def test_words_are_text_in_any_language() -> None:
    """Labels stay text, Chinese or with signs that a formula would take."""
    drawn = words(draw(labels=Labels("步数", "损失 $L$", "a < b")))
    assert {"步数", "损失 $L$", "a < b", "PyTorch", "yardstick"} <= set(drawn)


def test_a_picture_is_the_same_every_time() -> None:
    """Neither another process nor the user's settings change a byte."""
    code = (
        "from crosswalk.sphinx.parity.figures import Labels, rates\n"
        "values = {'PyTorch': [0.1, 0.01], 'MindSpore': [0.1, 0.01]}\n"
        f"print(rates('step', values, Labels(*{tuple(LABELS)}), {ALT}), end='')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    with mpl.rc_context({"font.size": 20, "axes.edgecolor": "red"}):
        assert done.stdout == stairs([0.1, 0.01])
    assert "dc:date" not in done.stdout


def test_two_pictures_share_no_identifier() -> None:
    """Pictures with two names can stand on one page; references stay inside."""
    first, second = draw("adam"), draw("optimizers/adam w")
    assert set() == identifiers(first) & identifiers(second)
    for picture in (first, second):
        assert set(re.findall(r'href="#([^"]+)"', picture)) < identifiers(picture)


@pytest.mark.parametrize("end", [math.nan, math.inf, -math.inf, 1e308])
def test_a_run_that_diverges_is_cut_and_crossed(end: float) -> None:
    """After the last finite value there is a cross, and no line."""
    broken = [*FALLING[:50], *[end] * 150]
    picture = draw(values=(FALLING, broken), deviations=(broken, broken))
    assert not re.search("nan|inf", re.sub(r'id="\w+"|href="#\w+"', "", picture))
    crosses = identifiers(picture) - identifiers(draw())
    assert 2 == len(crosses)  # the runs' look, and the yardstick's
    assert "200" in words(picture)  # the axis still shows all steps


@pytest.mark.parametrize("values", [[], [math.nan] * 3, [0.0] * 3, [-1e299, 1e299]])
def test_there_is_a_picture_of_anything(values: list[float]) -> None:
    """Runs of nothing, of nothing finite, of zeros or of monsters can be drawn."""
    assert "PyTorch" in words(draw(values=(values, values), deviations=(values,) * 2))
    assert "PyTorch" in words(stairs(values))


def test_no_deviation_is_drawn_at_the_floor() -> None:
    """A log scale has no zero, so its lowest tick says that it stands for less."""
    assert "≤ 1e-9" in words(draw(deviations=([0.0, 0.0], [0.0, 1e-7])))
    assert "≤ 1e-9" not in words(draw(deviations=([-1e-5, 1e-4], [1e-6, 1e-7])))


def test_losses_over_two_decades_get_a_log_scale() -> None:
    """A narrow range, or one with a zero, stays linear."""
    far = ([1e-5, 1e-5], [1e-4, 1e-4])
    assert "1e-2" in words(draw(values=([1.0, 1e-3], [1.0, 1e-3]), deviations=far))
    for least in (0.5, 0.0, -1.0):
        values = [1.0, least]
        assert "1e-2" not in words(draw(values=(values, values), deviations=far))


def test_the_first_rate_holds_for_a_whole_step() -> None:
    """Stairs have as many treads as there are rates, and the last has a width."""
    assert "3" in words(stairs([0.1, 0.05, 0.01]))
    path = re.findall(r'd="([^"]+)" style="[^"]*mindspore', stairs([0.1, 0.05]))[0]
    heights = [point.split()[1] for point in re.split("[ML]", path)[1:]]
    assert heights[0] == heights[1] != heights[2] == heights[3]


def test_pictures_are_small() -> None:
    """Even two hundred steps of noise take less than twelve kilobytes."""
    source = random.Random(0)  # noqa: S311 - noise
    noise = [source.random() * 1e-6 for _ in range(200)]
    assert 12_000 > len(draw(deviations=(noise, noise)).encode())
    waves = [0.1 + 0.1 * math.cos(step / 30) for step in range(200)]
    assert 12_000 > len(stairs(waves).encode())


def test_two_series_are_wanted() -> None:
    """A third series has no look, and is not left out in silence."""
    three = {"PyTorch": [1.0], "MindSpore": [1.0], "JAX": [1.0]}
    with pytest.raises(ValueError, match="zip"):
        rates("three", three, LABELS, ALT)


def test_bars_start_at_the_axis() -> None:
    """No bar reaches over the names, however small the least value is."""
    values = {"small": 0.02, "large": 30.0}
    svg = bars("speed", values, "share", ("Speed", "How fast"))
    root = ET.fromstring(svg)  # noqa: S314 - our own
    drawn = [
        path.get("d", "")
        for path in root.iter("{http://www.w3.org/2000/svg}path")
        if "fill:var(--crosswalk-mindspore" in path.get("style", "").replace(" ", "")
    ]
    starts = {re.match(r"M([\d.]+) ", bar)[1] for bar in drawn}
    assert (2, 1) == (len(drawn), len(starts))
