"""Two signatures side by side."""

import ast
from collections.abc import Callable, Iterator

from docutils import nodes

from crosswalk.parity.measurement import PairOutcome
from crosswalk.parity.model import Pair
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import box

HIDDEN = ("params", "optimizer")


class Signatures:
    """The rows of the arguments' table: PyTorch's, then what only MindSpore has."""

    def __init__(
        self,
        pair: Pair,
        outcome: PairOutcome,
        text: Callable[[str], nodes.paragraph],
    ) -> None:
        """Read both signatures; ``text`` makes a translatable paragraph."""
        self.pair = pair
        self.text = text
        self.theirs = {n: d for n, d in outcome.signatures["torch"] if n not in HIDDEN}
        ours = outcome.signatures.get("mindspore", [])
        self.ours = {n: d for n, d in ours if n not in HIDDEN}
        self.names = pair.counterpart.names if pair.counterpart else {}
        self.refused = outcome.refused

    def rows(self) -> Iterator[list[nodes.Node]]:
        """Yield the cells of each row."""
        used = set()
        for name, default in self.theirs.items():
            target = self.names.get(name, name)
            targets = target if isinstance(target, tuple) else (target,)
            known = [t for t in targets if t in self.ours]
            used.update(known)
            is_split = isinstance(target, tuple)
            yield self._row(name, default, known, is_split=is_split)
        for name in [n for n in self.ours if n not in used]:
            yield self._row(None, None, [name], is_split=False)

    def _row(
        self, name: str | None, default: str | None, ours: list[str], *, is_split: bool
    ) -> list[nodes.Node]:
        """Return the cells of a row; ``is_split``: each item of a tuple has a name."""
        their_cells = self._cells([name] if name else [], default)
        if not self.pair.counterpart:
            return their_cells
        defaults = [self.ours[n] for n in ours]
        is_required = any(default is None for default in defaults)
        our_default = None if is_required else ", ".join(defaults)
        our_cells = self._cells(ours, our_default)
        has_other = name is not None and _differ(default, defaults, is_split=is_split)
        remarks = list(self._remarks(name, ours, has_other=has_other))
        return [*their_cells, *our_cells, box("td", remarks)]

    def _remarks(
        self, name: str | None, ours: list[str], *, has_other: bool
    ) -> Iterator[nodes.Node]:
        if name is None:
            yield _remark(_("only in MindSpore"))
        elif not ours:
            yield _remark(_("only in PyTorch"))
        elif has_other:
            yield _remark(_("other default"))
        for side, names in (("torch", [name]), ("mindspore", ours)):
            for found in names:
                kinds = self.refused.get(side, {}).get(found)
                if kinds:
                    title = "PyTorch" if side == "torch" else "MindSpore"
                    text = _("{side} refuses: {kinds}")
                    yield _remark(text.format(side=title, kinds=", ".join(kinds)))
        pair = self.pair
        reasons = {**pair.subject.unexercised, **pair.counterpart.unexercised}
        for found in dict.fromkeys([name, *ours]):
            if found in reasons:
                yield self.text(reasons[found])

    def _cells(self, names: list[str], default: str | None) -> list[nodes.Node]:
        """Return the cells of name and default, which None says is required."""
        if not names:
            return [box("td"), box("td")]
        text = ", ".join(names)
        shown = nodes.Text(_("required"))
        if default is not None:
            shown = nodes.literal(default, default)
        return [box("td", [nodes.literal(text, text)]), box("td", [shown])]


def _remark(text: str) -> nodes.Node:
    return box("p", [nodes.Text(text)])


def _differ(default: str | None, others: list[str | None], *, is_split: bool) -> bool:
    """Say whether two defaults are other values; None says that there is none.

    Where ``is_split``, ``others`` are those of the names that the items of one tuple
    have; else there is one of them, and it may be a tuple, too.
    """
    if not others:
        return False  # the other side has no such argument
    if None in (default, *others):
        return {default, *others} != {None}
    values = [_value(text) for text in others]
    return _value(default) != (tuple(values) if is_split else values[0])


def _value(text: str) -> object:
    """Return the value of a default, a tuple for a list; its text if it is neither."""
    try:
        found = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text
    return tuple(found) if isinstance(found, list) else found
