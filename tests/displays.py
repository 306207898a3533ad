"""Sides whose cells end in a value: figures, HTML and plain values."""

from conftest import MINDSPORE, TORCH

FIGURE = """
import matplotlib.pyplot as plt

figure, axes = plt.subplots()
axes.plot([0, 1, 2], [0, 1, 0], color="#1467b8")
axes.set(title="A peak", xlabel="step", ylabel="rate")
{end}
"""
HOSTILE_HTML = """\
<style>p { color: red }</style>
<table onclick="alert(1)" style="color: red" id="content" class="headerlink">
<tr><th colspan="2">heading</th></tr>
<tr><td>cell\u202e</td><td><script>alert(1)</script><b>bold</b></td></tr>
</table>
<img src="https://example.org/x.png" onerror="alert(1)">
<iframe src="https://example.org"></iframe><svg onload="alert(1)"></svg>
<form action="https://example.org"><input name="secret"></form>
<a href="javascript:alert(1)">link</a> <a href="https://example.org">other</a>
<link rel="stylesheet" href="https://example.org/x.css"><base href="//example.org">
<object data="x"></object><meta http-equiv="refresh" content="0;url=//example.org">
"""
HTML = """
class Table:
    def _repr_html_(self):
        {body}

    def __repr__(self):
        return "the table as text"


Table()
"""
PLAIN = """
[1, 2]

# %%
"te" + "xt"

# %%
total.item()

# %%
None
"""


def figure(end: str = "figure", side: str = TORCH) -> str:
    """Return a side whose last cell draws a figure and ends in ``end``."""
    return f"{side}{FIGURE.format(end=end)}"


def html(body: str, side: str = MINDSPORE) -> str:
    """Return a side that ends in an object whose ``_repr_html_`` is ``body``."""
    return f"{side}{HTML.format(body=body)}"
