"""An announcement is about an argument, a value, an overload or the whole API."""

import pytest
from conftest import ROOT

from crosswalk import introspect
from crosswalk.versions import announcements, installed, snapshot
from crosswalk.versions.concerns import concern
from crosswalk.versions.snapshot import SeenApi

CONCERNS = {
    "an interface": ("This interface is deprecated.", "", ()),
    "an experiment": ("This is an experimental API that is subject to change.", "", ()),
    "by name": ("nn.Api is deprecated from version 2.0.", "", ()),
    "another name": ("nn.Other is deprecated from version 2.0.", "", None),
    "an argument": (
        "Tensor type input for shape is deprecated in the current version.",
        "(shape, dtype=None)",
        ("shape",),
    ),
    "two arguments, and what they override": (
        "Note: a and b are in the process of being deprecated, and override c.",
        "(a=None, b=None, c='mean')",
        ("a", "b"),
    ),
    "at its argument": ("a: Deprecated (see c).", "(a=None, c=0)", ("a",)),
    "a value": (
        'The value "GE" of backend is deprecated from version 2.9.0.',
        "(backend='', **options)",
        ('backend="GE"',),
    ),
    "an option": (
        "**boost** - The parameter boost in options is deprecated from version 2.10.0.",
        "(backend='', **options)",
        ("boost",),
    ),
    "an overload": (
        "Change: overload mean(axis=None) will be removed, mean(dim=None) stays.",
        "(*args, **kwargs)",
        ("mean(axis=None)",),
    ),
    "arguments that a decorator hides": (
        "lr0 will be renamed to lr, beta1 and beta2 will be merged into betas.",
        "(*args, **kwargs)",
        ("lr0", "beta1", "beta2"),
    ),
    "what a call does": (
        "choice: If it returns False, the Parameter will be removed.",
        "(choice=None)",
        None,
    ),
    "nothing named": ("This parameter is deprecated.", "(a, **options)", None),
}


@pytest.mark.parametrize(
    ("text", "signature", "expected"), CONCERNS.values(), ids=CONCERNS
)
def test_a_sentence_concerns(
    text: str, signature: str, expected: tuple[str, ...] | None
) -> None:
    """Only what the sentence itself names is named; else nothing is."""
    function = eval(f"lambda {signature[1:-1]}: None")  # noqa: S307 - of this file
    arguments = introspect.signature(function)
    assert expected == concern(text, "mindspore.nn.Api", arguments)


def documented(size: int = 0, options: object = None) -> None:
    """Do it.

    It takes positional arguments for size. However, this is being deprecated.

    Args:
        size (int, optional): Deprecated (see :attr:`options`). By default it is
            0. This parameter will be removed.
        options (dict(str, int)): Some.

            - **boost** - The parameter boost in options is deprecated.

    Returns:
        Nothing. This is deprecated.
    """
    del size, options


def test_a_sentence_at_an_argument_is_headed_by_it() -> None:
    """Without its name the sentence would be about the whole API."""
    expected = (
        "It takes positional arguments for size. However, this is being deprecated.",
        "size: Deprecated (see options).",
        "size: This parameter will be removed.",
        "**boost** - The parameter boost in options is deprecated.",
        "This is deprecated.",
    )
    assert expected == installed.notes(documented)


def test_no_argument_is_announced_where_the_whole_api_is() -> None:
    """What ends as a whole needs no list of its arguments."""
    notes = ("a: Deprecated.", "This API is deprecated.", "This parameter will go.")
    api = SeenApi((introspect.Argument("a", "0"),), notes)
    found = announcements._told("mindspore.x", api)  # noqa: SLF001
    assert [("This API is deprecated.", ())] == found


def test_each_notice_of_the_site_is_about_what_it_names() -> None:
    """In every record, a notice on a whole API quotes a sentence on a whole API."""
    for one in snapshot.read_all(ROOT):
        for name, api in one.apis.items():
            for text, about in announcements._told(name, api):  # noqa: SLF001
                words = text.split()
                is_whole = words[0] in {"This", "The", "Supported"} or "is" in words[1]
                assert about or is_whole, (name, text)
                for part in about:
                    plain = part.partition("=")[0].partition("(")[0]
                    assert plain in text, (name, text)
