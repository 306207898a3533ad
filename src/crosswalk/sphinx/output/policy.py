"""Add a Content-Security-Policy to each page, for hosts that send none."""

import base64
import hashlib
import re
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from sphinx.builders import Builder
from sphinx.jinja2glue import BuiltinTemplateLoader

INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
# Charts and the theme use inline styles; nothing loads from other hosts.
RULES = (
    "default-src 'self'",
    "img-src 'self' data:",
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
)


class Templates(BuiltinTemplateLoader):
    """Sphinx's templates, with a policy in each page."""

    def init(self, builder: Builder, *others: object) -> None:
        """Store compiled templates, because compiling takes much of a small build."""
        super().init(builder, *others)
        folder = Path(builder.doctreedir, "templates")
        folder.mkdir(parents=True, exist_ok=True)
        self.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))

    def render(self, template: str, context: dict) -> str:
        """Return the page; files other than pages do not change."""
        return with_policy(super().render(template, context))


def with_policy(html: str) -> str:
    """Return the page with a policy that allows only its own scripts.

    The policy allows an inline script by the digest of its text.
    """
    digests = dict.fromkeys(_digest(text) for text in INLINE.findall(html))
    scripts = " ".join(["script-src 'self'", *(f"'sha256-{d}'" for d in digests)])
    content = "; ".join((*RULES, scripts))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    return re.sub(r"(<head\b[^>]*>)", rf"\1\n    {meta}", html, count=1)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
