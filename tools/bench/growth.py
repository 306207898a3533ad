"""Measure growth: the same build with 100, 1,000 and 10,000 tiny comparisons."""

import shutil
import sys
from functools import cache, partial
from pathlib import Path

from tools.bench import reader, sites, timing

LEAST, MOST = 100, 10000
# The main process reports its peak memory, without that of its children.
BUILD = """\
import resource, sys
from pathlib import Path
from sphinx.cmd.build import build_main
code = build_main(sys.argv[1:])
Path("peak").write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
sys.exit(code)
"""


def measure(size: int) -> dict[str, float]:
    """Return time per comparison and peak memory relative to `LEAST` comparisons.

    Subtracts the cost of any build, mostly the import of the frameworks, measured on a
    site with one comparison.
    With `MOST` comparisons, also returns the memory of plain Sphinx and the answer time
    of search; with fewer, the cost of each comparison, and that of `timing.FAR`.
    """
    found = {count: build(count) for count in (1, LEAST, size)}
    start = found[1][0]
    per = {n: (found[n][0] - start) / (n - 1) for n in (LEAST, size)}
    ratios = {
        f"growth_time_{size}": per[size] / per[LEAST],
        f"growth_memory_{size}": found[size][1] / found[LEAST][1],
    }
    if size == MOST:
        return ratios | plain_memory(size) | search(size)
    kilobytes = (found[size][1] - found[LEAST][1]) * 1.024 / (size - LEAST)
    return ratios | {
        "each_milliseconds": per[size] * 1000,
        "each_kilobytes": kilobytes,
        "site_hours": per[size] * timing.FAR / 3600,
        "site_gigabytes": kilobytes * timing.FAR / 1e6,
    }


def plain_memory(size: int) -> dict[str, float]:
    """Return the peak of plain Sphinx relative to `LEAST`, with the same pages."""
    peaks = []
    for count in (LEAST, size):
        site = timing.WORK / "growth" / f"plain-{count}"
        shutil.rmtree(site, ignore_errors=True)
        sites.plain(site / "docs", folder(count) / "html")
        (site / "conf.py").write_text(sites.PLAIN, "utf-8")
        peaks.append(_peak(site)[1])
    return {f"plain_memory_{size}": peaks[1] / peaks[0]}


def search(size: int) -> dict[str, float]:
    """Return an answer's time relative to `reader.AT_ONCE`, and relative to `LEAST`."""
    times = [reader.search_seconds(folder(n) / "html") for n in (LEAST, size)]
    return {
        f"search_{size}": times[1] / reader.AT_ONCE,
        f"search_growth_{size}": times[1] / times[0],
    }


@cache
def build(count: int) -> tuple[float, float]:
    """Return the seconds and the peak of a first build, measured once for each size."""
    site = folder(count)
    shutil.rmtree(site, ignore_errors=True)
    sites.synthetic(site, count)
    return _peak(site)


def _peak(site: Path) -> tuple[float, float]:
    """Build ``site``; return the seconds and the main process's peak."""
    options = ["-q", "-j", "auto", "-c", ".", "docs", "html"]
    command = [sys.executable, "-c", BUILD, *options]
    taken = timing.seconds(partial(timing.run, command, site))
    return taken, float(Path(site, "peak").read_text("utf-8"))


def folder(count: int) -> Path:
    """Return the folder in which to build the site of ``count`` comparisons."""
    return timing.WORK / "growth" / str(count)
