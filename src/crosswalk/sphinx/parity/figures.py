"""Draw charts of two runs as inline SVG, for light and dark pages, in any language.

Matplotlib draws them, and `_svg` adapts them to a page.
Text and axes use the page's colour and font, and series use the page's variables.
Identifiers start with the name of the chart, which must be unique on the page.
"""

import io
import math
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import matplotlib as mpl
import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

Series = Mapping[str, Sequence[float]]
Look = dict[str, Any]
Alternative = tuple[str, str]  # the picture's name, and what it shows, in words

FLOOR = 1e-9  # a log scale has no zero: deviations below are drawn here, as "≤ 1e-9"
WIDE = 100.0  # two decades: values that span more get a log scale
LARGEST = 1e300  # beyond, the arithmetic of axes overflows
INK, PYTORCH, MINDSPORE = "#000000", "#d5430b", "#1467b8"
COLOURS = {
    INK: "currentColor",
    PYTORCH: f"var(--crosswalk-pytorch,{PYTORCH})",
    MINDSPORE: f"var(--crosswalk-mindspore,{MINDSPORE})",
}
UNDER: Look = {"color": PYTORCH, "linewidth": 4.5, "alpha": 0.5}
OVER: Look = {"color": MINDSPORE, "linewidth": 1.3}
YARDSTICK: Look = {"color": PYTORCH, "linewidth": 1.1, "dashes": (4, 2)}
STAIRS: Look = {"drawstyle": "steps-post", "solid_joinstyle": "miter"}
TEXT = "overflow:visible;font-size:9px;fill:currentColor;stroke-linejoin:round"
SETTINGS: Look = {
    "axes.facecolor": "none",
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 9,
    "legend.frameon": False,
    "lines.solid_capstyle": "butt",
    "path.simplify_threshold": 0.2,
    "svg.fonttype": "none",
    "text.parse_math": False,
}


class Labels(NamedTuple):
    """The titles of the axes, in the reader's language."""

    step: str
    value: str
    deviation: str = ""


def trajectories(
    name: str, series: Series, deviations: Series, labels: Labels, alt: Alternative
) -> str:
    """Return a chart of the values of two runs over steps, next to their deviation.

    ``series`` maps the words of the legend to values: first PyTorch, then MindSpore.
    ``deviations`` maps them to the deviation, and then to the rounding baseline. The
    first value is that of step 0. Deviations are drawn by magnitude on a log scale,
    those below ``FLOOR`` at ``FLOOR``. A value that is not finite leaves a gap, and a
    cross marks the last one before it.
    """
    with _drawing(name, 7.2) as figure:
        left, right = figure.subplots(1, 2)
        drawn = _curves(left, series, UNDER, OVER)
        if min(drawn) > 0 and max(drawn) / WIDE > min(drawn):
            _log_scale(left, min(drawn), max(drawn))
        _finish(left, labels.step, labels.value, columns=2)

        pairs = deviations.items()
        sizes = {word: np.maximum(np.abs(values), FLOOR) for word, values in pairs}
        drawn = _curves(right, sizes, OVER, YARDSTICK)
        _log_scale(right, min(drawn), max(drawn))
        _finish(right, labels.step, labels.deviation, columns=1)
        return _svg(figure, name, alt)


def rates(name: str, series: Series, labels: Labels, alt: Alternative) -> str:
    """Return a chart of the learning rates of two schedules as stairs, step by step.

    ``series`` maps the words of the legend to learning rates: PyTorch, drawn wide and
    pale, then MindSpore, drawn thin on top, so both are visible where they are equal.
    """
    with _drawing(name, 5.0) as figure:
        axes = figure.subplots()
        # The last tread needs an end: its rate stands twice.
        treads = {word: [*values, *values[-1:]] for word, values in series.items()}
        if min(_curves(axes, treads, UNDER | STAIRS, OVER | STAIRS)) >= 0:
            axes.set_ylim(bottom=0)
        _finish(axes, labels.step, labels.value, columns=2)
        return _svg(figure, name, alt)


def bars(name: str, values: Mapping[str, float], title: str, alt: Alternative) -> str:
    """Return a bar chart of ``values`` on a log scale, with a line at 1."""
    with _drawing(name, 7.2) as figure:
        figure.set_figheight(0.6 + 0.28 * len(values))
        axes = figure.subplots()
        names = list(values)[::-1]
        ends = [1.0, *values.values()]
        low, high = min(ends) / 2, max(ends) * 2
        # A log scale has no zero: bars start at the axis.
        widths = [values[n] - low for n in names]
        axes.barh(names, widths, left=low, color=MINDSPORE, height=0.6)
        axes.set_xscale("log")
        axes.set_xlim(low, high)
        ticks = [t for t in (0.01, 0.1, 0.5, 1, 2, 10, 100) if low < t < high]
        axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        axes.minorticks_off()
        axes.axvline(1, color=INK, linewidth=1)
        axes.set_xlabel(title)
        return _svg(figure, name, alt)


@contextmanager
def _drawing(name: str, width: float) -> Iterator[Figure]:
    """Yield an empty chart that ignores the user's Matplotlib configuration."""
    with style.context("default"), warnings.catch_warnings():
        # The reader's font draws the text; Matplotlib's own need not have Chinese.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        mpl.rcParams.update(SETTINGS | {"svg.hashsalt": name})
        figure = Figure(figsize=(width, 2.6), layout="constrained")
        figure.get_layout_engine().set(rect=(0, 0, 1, 0.87))  # legends stand above
        yield figure


def _curves(axes: Axes, series: Mapping[str, ArrayLike], *looks: Look) -> list[float]:
    """Draw each series, crossed where it stops being finite; return drawn values."""
    drawn, last = [], 1
    for (word, given), look in zip(series.items(), looks, strict=True):
        values = np.asarray(given, float)
        values = np.where(np.abs(values) < LARGEST, values, np.nan)
        axes.plot(values, label=word, clip_on=False, **look)
        ends = np.flatnonzero(np.isfinite(values[:-1]) & np.isnan(values[1:]))
        if ends.size:
            axes.plot(ends, values[ends], "x", color=look["color"], ms=7, clip_on=False)
        drawn += values[np.isfinite(values)].tolist()
        last = max(last, len(values) - 1)
    axes.set_xlim(-0.02 * last, 1.02 * last)
    return drawn or [1.0]


def _log_scale(axes: Axes, least: float, most: float) -> None:
    """Give ``axes`` a log scale of whole decades around ``least`` to ``most``."""
    low = max(-270, math.floor(math.log10(least)))
    high = max(low + 2, math.ceil(math.log10(most)))
    powers = range(low, high + 1, math.ceil((high - low) / 5))
    words = [f"1e{power}" for power in powers]
    if least == FLOOR:
        words[0] = f"≤ {words[0]}"
    axes.set_yscale("log")
    axes.set_ylim(10 ** (low - 0.04 * (high - low)), 10.0**high)
    axes.set_yticks([10.0**power for power in powers], words)
    axes.minorticks_off()


def _finish(axes: Axes, step: str, value: str, *, columns: int) -> None:
    """Add titles, ticks, a faint grid, and the legend above."""
    axes.set_xlabel(step)
    axes.set_ylabel(value)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10], integer=True))
    if axes.get_yscale() == "linear":
        axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
        axes.yaxis.set_major_formatter(lambda tick, _: f"{tick:.8g}")
    axes.grid(axis="y", color=INK, alpha=0.15)
    place = {"loc": "lower left", "bbox_to_anchor": (-0.02, 0.99)}
    legend = axes.legend(ncols=columns, labelspacing=0.2, columnspacing=3, **place)
    legend.set_in_layout(False)  # long words would make the panels narrow


def _svg(figure: Figure, name: str, alt: Alternative) -> str:
    """Return ``figure`` as an SVG element for a page."""
    written = io.StringIO()
    undated = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(written, format="svg", facecolor="none", metadata=undated)
    drawn = ET.fromstring(written.getvalue())  # noqa: S314 - written just above

    key = "-".join(name.split())
    width = figure.get_figwidth() * 6.25  # rem, at which text is near the page's size
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", role="img")
    root.set("viewBox", drawn.get("viewBox", ""))
    root.set("aria-labelledby", f"{key}-title {key}-desc")
    root.set("style", f"width:100%;max-width:{width:g}rem;height:auto;{TEXT}")
    ET.SubElement(root, "title", id=f"{key}-title").text = alt[0]
    ET.SubElement(root, "desc", id=f"{key}-desc").text = alt[1]
    marks = ET.SubElement(root, "defs")
    for element in drawn.iter():
        tag = element.tag.rpartition("}")[2]
        # Groups carry nothing here, and a style element would reach the whole page.
        if tag in {"path", "use", "text"}:
            parent = marks if "id" in element.attrib else root
            ET.SubElement(parent, tag, dict(_attributes(element))).text = element.text
    return ET.tostring(root, encoding="unicode")


def _attributes(element: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield the attributes of ``element`` that a page needs, in the page's terms."""
    for full, value in element.attrib.items():
        name = full.rpartition("}")[2]
        if name == "style" and "x" not in element.attrib:
            yield name, re.sub(r"#\w{6}", lambda found: COLOURS[found[0]], value)
        elif name == "style" and (anchor := re.search(r"text-anchor: (\w+)", value)):
            yield "text-anchor", anchor[1]
        elif name in {"d", "x", "y", "transform"} and "rotate(-0 " not in value:
            short = re.sub(r"-?\d+\.\d+", lambda n: f"{round(float(n[0]), 1):g}", value)
            yield name, re.sub(r"\s*([MLz])\s*", r"\1", short).strip()
        elif name in {"id", "href"}:
            yield name, value
