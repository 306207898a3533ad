"""Find the target of a library's announcement: the whole API, or a part of it."""

import re
from collections.abc import Sequence

from crosswalk.introspect import Argument

# The sentences with which both libraries announce the end of a whole API.
WHOLE = re.compile(
    r"^(?:This|The)\s+(?:API|interface|function|class|method|operator|primitive|"
    r"optimizer)\b|^This is an experimental|^Supported Platforms: Deprecated"
)
SUBJECT = re.compile(r"^(?:[\w.]+\.)?(\w+) (?:is|has been|will be) deprecated")
# Verbs for the future of the arguments that precede them in the sentence.
VERB = re.compile(
    r"(?i)\bdeprecat\w*|\b(?:renamed|removed|merged|replaced|controlled|adjusted)\b"
    r"|\bwill change\b|\bchange[ds]? from\b|\bwill follow\b"
)
OVERLOAD = re.compile(r"\boverload (\w+\([^)]*\))")
VALUE = re.compile(r"\b[Vv]alue \"(\w+)\" of (\w+)")
INSIDE = re.compile(r"\bparameter (\w+) (?:in|of) \w+")
ALONE = re.compile(r"^(\w+): |\b[Pp]arameter (\w+) (?:is|has|will)\b")
LISTED = re.compile(
    r"((?:\w+(?:,? and |, ))*\w+) will be (?:renamed|merged|removed|replaced)"
)
# The replacement of an argument does not end.
TARGET = re.compile(r"(?<=renamed) to \w+|(?<=merged) into \w+|(?<=replaced) by \w+")
NAME = re.compile(r"[A-Za-z_]\w*")
# Words that are no names, but appear in the place of one.
NO_NAMES = {
    "self",
    "args",
    "kwargs",
    "added",
    "parameters",
    "Args",
    "Default",
    "Note",
}
# Effects of a call, which are no announcements.
CONDITION = re.compile(r"(?:^|: )(?:If|When) (?!.*deprecat)")


def concern(
    text: str, name: str, signature: Sequence[Argument]
) -> tuple[str, ...] | None:
    """Return the arguments, values or overloads of ``name`` that ``text`` is about.

    An empty result means the whole API, and None means that the text does not say.
    """
    subject = SUBJECT.match(text)
    if WHOLE.match(text) or (subject and subject[1] == name.rpartition(".")[2]):
        return ()
    if CONDITION.search(text):
        return None
    overloads = OVERLOAD.findall(text)
    if overloads:
        return tuple(overloads)
    values = [f'{argument}="{value}"' for value, argument in VALUE.findall(text)]
    if values:
        return tuple(values)
    inside = INSIDE.findall(text)
    if inside:
        return tuple(inside)
    said = NAME.findall(_before_verbs(text))
    arguments = [a.name for a in signature if a.name not in NO_NAMES]
    found = [n for n in arguments if n in said]
    if not found and any(a.kind == "var_keyword" for a in signature):
        # Arguments passed by ``**kwargs`` are in no signature.
        found = [*_listed(text), *(n for pair in ALONE.findall(text) for n in pair)]
    names = dict.fromkeys(n for n in found if n and n not in NO_NAMES)
    return tuple(names) or None


def _listed(text: str) -> list[str]:
    """Return the names that a sentence lists before the verbs for their future."""
    lists = LISTED.findall(TARGET.sub("", text))
    return [n for each in lists for n in NAME.findall(each) if n != "and"]


def _before_verbs(text: str) -> str:
    """Return the text before the last verb, from the sentence of the first verb on."""
    verbs = list(VERB.finditer(text))
    if not verbs:
        return ""
    start = text.rfind(". ", 0, verbs[0].start()) + 1
    return text[start : verbs[-1].start()]
