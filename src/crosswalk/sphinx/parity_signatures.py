"""Two signatures side by side."""

import ast
from collections.abc import Callable, Iterator

from docutils import nodes

from crosswalk.parity.model import Pair, PairOutcome
from crosswalk.sphinx.nodes import box
from crosswalk.sphinx.words import word

HIDDEN = ("params", "optimizer")


class Signatures:
    """The rows of the arguments' table: PyTorch's, then what only MindSpore has."""

    def __init__(
        self,
        pair: Pair,
        outcome: PairOutcome,
        language: str,
        text: Callable[[str], nodes.paragraph],
    ) -> None:
        """Read both signatures; ``text`` makes a translatable paragraph."""
        self.pair = pair
        self.language = language
        self.text = text
        self.theirs = {n: d for n, d in outcome.signatures["torch"] if n not in HIDDEN}
        ours = outcome.signatures.get("mindspore", [])
        self.ours = {n: d for n, d in ours if n not in HIDDEN}
        self.names = pair.counterpart.names if pair.counterpart else {}
        self.refused = outcome.refused
        self.required = word(language, "required")

    def rows(self) -> Iterator[list[nodes.Node]]:
        """Yield the cells of each row."""
        used = set()
        for name, default in self.theirs.items():
            target = self.names.get(name, name)
            targets = target if isinstance(target, tuple) else (target,)
            known = [t for t in targets if t in self.ours]
            used.update(known)
            yield self._row(name, default, known)
        for name in [n for n in self.ours if n not in used]:
            yield self._row(None, None, [name])

    def _row(
        self, name: str | None, default: str | None, ours: list[str]
    ) -> list[nodes.Node]:
        their_cells = self._cells([name] if name else [], default)
        if not self.pair.counterpart:
            return their_cells
        defaults = [self.ours[n] for n in ours]
        is_required = any(default is None for default in defaults)
        our_default = None if is_required else ", ".join(defaults)
        our_cells = self._cells(ours, our_default)
        remarks = list(self._remarks(name, default, ours))
        return [*their_cells, *our_cells, box("td", remarks)]

    def _remarks(
        self, name: str | None, default: str | None, ours: list[str]
    ) -> Iterator[nodes.Node]:
        def word_(text: str) -> str:
            return word(self.language, text)

        if name is None:
            yield _remark(word_("only in MindSpore"))
        elif not ours:
            yield _remark(word_("only in PyTorch"))
        elif _differ(default, [self.ours[n] for n in ours]):
            yield _remark(word_("other default"))
        for side, names in (("torch", [name]), ("mindspore", ours)):
            for found in names:
                kinds = self.refused.get(side, {}).get(found)
                if kinds:
                    title = "PyTorch" if side == "torch" else "MindSpore"
                    text = word_("{side} refuses: {kinds}")
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
        shown = nodes.Text(self.required)
        if default is not None:
            shown = nodes.literal(default, default)
        return [box("td", [nodes.literal(text, text)]), box("td", [shown])]


def _remark(text: str) -> nodes.Node:
    return box("p", [nodes.Text(text)])


def _differ(default: str | None, others: list[str | None]) -> bool:
    """Say whether two defaults are other values; a tuple stands for its items."""
    values = [_value(text) for text in others]
    wanted = _value(default)
    return wanted != (tuple(values) if isinstance(wanted, tuple) else values[0])


def _value(text: str | None) -> object:
    try:
        return ast.literal_eval(text) if text else None
    except ValueError:
        return text
