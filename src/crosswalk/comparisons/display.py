"""Turn the value at the end of a cell into data: a chart for both schemes, or HTML.

This runs in the example's process; it uses Matplotlib only if the example did.
"""

import base64
import contextlib
import io
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from crosswalk.engine.sandbox import MIB, Limits
from crosswalk.expect import normalise
from crosswalk.model import Display

# Pixels of the picture for each pixel of the figure, for screens of high density.
SCALE = 2
# How far apart red, green and blue of a colour are, from 0 to 255: below, it is more
# or less of a grey.
COLOURED = 48
# Edges have 16 steps from transparent to opaque; more are not visible.
OPACITY = 17
# As many colours as a PNG's palette has.
PALETTE = 256


class DisplayError(ValueError):
    """Raised for a value that cannot be shown; the message gives reason and fix."""


class Displays:
    """The values that the cells of a side show, in order.

    Call it with the value that ends a cell; ``cell`` is the number of that cell.
    """

    def __init__(self, limits: Limits) -> None:
        """Start without values; ``limits`` apply to the whole side."""
        self.limits = limits
        self.cell = 0
        self.found: list[Display] = []

    def __call__(self, value: object) -> None:
        """Store the display of ``value``; raises DisplayError if it is too large."""
        display = display_of(value, self.cell)
        if display:
            self.found.append(display)
        size = sum(
            len(part.encode())
            for one in self.found
            for part in (one.text, one.html, one.light, one.dark)
        )
        if size > self.limits.output * MIB:
            message = (
                f"shows {size / MIB:.1f} MiB; "
                f"its limit of output is {self.limits.output} MiB"
            )
            raise DisplayError(message)


@contextlib.contextmanager
def collected(limits: Limits) -> Iterator[Displays]:
    """Collect the values that end cells, as Python's prompt would show them."""
    saved, sys.displayhook = sys.displayhook, Displays(limits)
    try:
        yield sys.displayhook
    finally:
        sys.displayhook = saved


def display_of(value: object, cell: int) -> Display | None:
    """Return the display of ``value`` at the end of a cell; None for a plain value.

    Charts, their parts, and objects with ``_repr_html_`` have a display.
    Raises DisplayError for a chart without text, and passes on any exception of
    ``_repr_html_``.
    """
    artist = sys.modules.get("matplotlib.artist")
    if artist and isinstance(value, artist.Artist):
        figure = value.get_figure(root=True)
        return figure and Display(cell, _words(figure), "", *_pictures(figure))
    make = getattr(type(value), "_repr_html_", None)
    html = make(value) if make else None
    if html is None:
        return None
    if not isinstance(html, str):
        message = f"_repr_html_ gave {type(html).__name__}: expected HTML, a str"
        raise DisplayError(message)
    return Display(cell, normalise(repr(value)), normalise(html))


def _words(figure: Any) -> str:  # noqa: ANN401 - Matplotlib is not imported here
    """Return what a figure shows, in its own words; raises DisplayError for none."""
    parts = [figure.get_label()]
    if not parts[0]:
        parts = [figure.get_suptitle()]
        for axes in figure.get_axes():
            parts.append(axes.get_title())
            names = (("y", axes.get_ylabel()), ("x", axes.get_xlabel()))
            parts += [f"{axis}: {name}" for axis, name in names if name]
    words = ", ".join(" ".join(part.split()) for part in parts if part.strip())
    if not words:
        message = (
            "a figure needs words for readers who do not see it: "
            "give it a title or axis labels, or call its set_label"
        )
        raise DisplayError(message)
    return words


def _pictures(figure: Any) -> tuple[str, str]:  # noqa: ANN401 - as above
    """Return a figure as PNG in base64, for a light page and for a dark one.

    The page is the background.
    On a dark page black and grey, which text and axes are in, become the opposite
    grey; colours stay.
    """
    from PIL import Image  # noqa: PLC0415 - Matplotlib has imported it

    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=SCALE * figure.dpi, transparent=True)
    with Image.open(drawn) as image:
        light = np.array(image.convert("RGBA"))
    light[..., 3] = np.rint(light[..., 3] / OPACITY) * OPACITY
    dark = light.copy()
    colours = light[..., :3].astype(float)
    spread = np.ptp(colours, axis=-1, keepdims=True)
    greyness = np.clip(1 - spread / COLOURED, 0, 1)
    dark[..., :3] = np.rint(colours + greyness * (255 - 2 * colours))
    return _png(light), _png(dark)


def _png(pixels: np.ndarray) -> str:
    """Return a picture of shape (height, width, 4) as PNG in base64.

    A picture of few colours gets a palette, so a curve and its axes take a third of
    the bytes.
    """
    from PIL import Image  # noqa: PLC0415 - as above

    codes, places = np.unique(pixels.view(np.uint32)[..., 0], return_inverse=True)
    colours = codes.view(np.uint8).reshape(-1, 4)
    image, settings = Image.fromarray(pixels), {}
    if len(colours) <= PALETTE:
        image = Image.fromarray(places.reshape(pixels.shape[:2]).astype(np.uint8))
        image.putpalette(colours[:, :3].tobytes())
        settings = {"transparency": colours[:, 3].tobytes()}
    file = io.BytesIO()
    # No time or other metadata, so the same figure gives the same file.
    image.save(file, "PNG", optimize=True, **settings)
    return base64.b64encode(file.getvalue()).decode()
