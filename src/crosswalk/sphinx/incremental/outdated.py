"""Find the pages that a build must read or write again.

A page is read again if something that it depends on has changed, and written again
if the targets of its links have changed.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from crosswalk.sphinx.domain import CrosswalkDomain, domain_of
from crosswalk.sphinx.incremental.digests import digest, digest_of, listed


def find_outdated(
    app: Sphinx,
    env: BuildEnvironment,
    added: set[str],
    changed: set[str],
    removed: set[str],
) -> list[str]:
    """Return the pages that Sphinx must read again: all pages if one was removed."""
    del app, added, changed
    if removed:
        return list(env.all_docs)
    domain = domain_of(env)
    return [
        docname
        for docname, names in domain.data["seen"].items()
        if docname in env.all_docs
        and any(digest(domain.build, name) != before for name, before in names.items())
    ]


def find_moved(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages to write again: targets of their links moved or were renamed."""
    del app
    domain = domain_of(env)
    domain.find_places()
    before, after = domain.data["leads"], _leads(domain)
    domain.data["leads"] = after
    return [page for page, leads in after.items() if before.get(page) != leads]


def _leads(domain: CrosswalkDomain) -> dict[str, str]:
    """Return, for each page, a digest of the targets of its links."""
    titles = {page: title.astext() for page, title in domain.env.titles.items()}
    everywhere = {
        name: [(page, titles[page]) for page in domain.pages(name)]
        for name in domain.build.found.comparisons
    }
    leads = {}
    for page, names in domain.data["seen"].items():
        checks = domain.data["cited"].get(page, ())
        cited = sorted({check.partition("#")[0] for check in checks})
        homes = [domain.home(name, page) for name in cited]
        pairs = [name for name in names if name in domain.build.pairs]
        homes += [domain.home_of_pair(name, page) for name in pairs]
        lists = [
            everywhere[each] for name in names for each in listed(domain.build, name)
        ]
        leads[page] = digest_of([homes, lists])
    return leads


def note_written(app: Sphinx, _: nodes.document, docname: str) -> None:
    """Record that this build writes ``docname``."""
    domain_of(app.env).written.add(docname)
