"""The choice of a version, on pages that show more than one."""

from typing import Any

from sphinx.application import Sphinx

from crosswalk.sphinx.domain import domain_of


def offer_versions(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], *_: object
) -> None:
    """Give the template ``version.html`` what a reader can choose from.

    A page without anything that is for some versions only has no choice.
    """
    if " data-version=" in context.get("body", ""):
        history = domain_of(app.env).build.history
        context["built_version"] = history.version
        context["shown_versions"] = history.versions[::-1]
