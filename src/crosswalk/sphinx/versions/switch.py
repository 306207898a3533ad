"""A menu of versions, on pages that show more than one."""

from typing import Any

from sphinx.application import Sphinx

from crosswalk.sphinx.domain import domain_of


def offer_versions(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], *_: object
) -> None:
    """Pass the versions to choose from to the template ``version.html``.

    A page that shows the same for all versions has no menu.
    """
    if " data-version=" in context.get("body", ""):
        history = domain_of(app.env).build.history
        context["built_version"] = history.version
        context["shown_versions"] = history.versions[::-1]
