"""Growth: the same build with 100, 1,000 and 10,000 tiny comparisons."""

import shutil
import sys
from functools import partial
from pathlib import Path

from bench import sites, timing

LEAST, SIZES = 100, (1000, 10000)
# The main process says how much memory it had at most: its children's do not count.
BUILD = """\
import resource, sys
from pathlib import Path
from sphinx.cmd.build import build_main
code = build_main(sys.argv[1:])
Path("peak").write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
sys.exit(code)
"""


def measure(size: int) -> dict[str, float]:
    """Return time per comparison and peak memory over those of `LEAST` comparisons.

    What any build takes, above all the import of the frameworks, is that of a site
    with one comparison; it is taken off.
    """
    found = {count: _build(count) for count in (1, LEAST, size)}
    start = found[1][0]
    per = {n: (found[n][0] - start) / (n - 1) for n in (LEAST, size)}
    return {
        f"growth_time_{size}": per[size] / per[LEAST],
        f"growth_memory_{size}": found[size][1] / found[LEAST][1],
    }


def _build(count: int) -> tuple[float, float]:
    """Return the seconds and the peak of a first build."""
    folder = timing.WORK / "growth" / str(count)
    shutil.rmtree(folder, ignore_errors=True)
    sites.synthetic(folder, count)
    options = ["-q", "-j", "auto", "-c", ".", "docs", "html"]
    command = [sys.executable, "-c", BUILD, *options]
    taken = timing.seconds(partial(timing.run, command, folder))
    return taken, float(Path(folder, "peak").read_text("utf-8"))
