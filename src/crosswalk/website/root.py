"""Write the root of the site, above its languages.

Run ``python -m crosswalk.website.root HTML`` after both languages are built.
"""

import argparse
import os
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

# The folders of the site and the languages in them.
LANGUAGES = {"en": "en", "zh": "zh-CN"}
SOURCE = Path("docs/root")
DATA = ("evidence.json", "parity.json")
# Pages that search engines should not list.
UNLISTED = {"404.html", "genindex.html", "py-modindex.html", "search.html"}


def site_url() -> str:
    """Return the address of the site: ``$SITE_URL``, or the local server's."""
    return os.environ.get("SITE_URL", "http://localhost:8000/")


def path_of(url: str) -> str:
    """Return the path of ``url``, which starts and ends with a slash."""
    return urlsplit(url).path


def alternates(site: str, page: str) -> dict[str, str]:
    """Return the address of ``page`` in each language, and the default address.

    The default of the first page is the root, which redirects to the reader's language.
    """
    found = {tag: f"{site}{folder}/{page}" for folder, tag in LANGUAGES.items()}
    default = site if page == "index.html" else found["en"]
    return {**found, "x-default": default}


def pages(html: Path) -> list[str]:
    """Return the pages that search engines should index, without their language."""
    names = (p.relative_to(html / "en").as_posix() for p in html.glob("en/**/*.html"))
    # Sphinx keeps files of its own in folders that start with "_".
    return sorted(n for n in names if n not in UNLISTED and not n.startswith("_"))


def sitemap(site: str, names: list[str]) -> str:
    """Return ``sitemap.xml``: each page in each language, with its translations."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>']
    lines.append('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"')
    lines.append('        xmlns:xhtml="http://www.w3.org/1999/xhtml">')
    for name in names:
        found = alternates(site, name)
        links = [
            f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(url)}/>'
            for tag, url in found.items()
        ]
        lines += [
            f"<url><loc>{found[tag]}</loc>{''.join(links)}</url>"
            for tag in LANGUAGES.values()
        ]
    return "\n".join([*lines, "</urlset>", ""])


def llms(html: Path) -> str:
    """Return the root's ``llms.txt``: the English one, with a link to the Chinese."""
    text = (html / "en" / "llms.txt").read_text("utf-8")
    text = re.sub(r"\]\((?!\w+:)", "](en/", text)
    chinese = "- [中文](zh/llms.txt): 本站中文页面的列表"
    return f"{text}\n## Chinese\n\n{chinese}\n"


def write(html: Path, site: str) -> None:
    """Write the root of the site in ``html``, for the address ``site``."""
    for source in sorted(SOURCE.iterdir()):
        text = source.read_text("utf-8")
        text = text.replace("@SITE_URL@", site).replace("@SITE_PATH@", path_of(site))
        (html / source.name).write_text(text, "utf-8")
    for name in DATA:
        shutil.copyfile(html / "en" / name, html / name)
    (html / "sitemap.xml").write_text(sitemap(site, pages(html)), "utf-8")
    (html / "llms.txt").write_text(llms(html), "utf-8")


def main() -> None:
    """Write the root of the site for the address in $SITE_URL."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("html", type=Path, help="the folder of the built languages")
    html = parser.parse_args().html
    absent = [name for name in LANGUAGES if not (html / name).is_dir()]
    if absent:
        parser.error(f"no {absent[0]}/ in {html}: 'make html' builds both languages")
    write(html, site_url())


if __name__ == "__main__":
    main()
