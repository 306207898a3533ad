"""Record the results in this environment, or compare two versions.

``python -m crosswalk.versions record`` runs everything that has changed since the
last record.
``python -m crosswalk.versions report 2.10.0`` prints the differences from the version
recorded before it.
"""

import argparse
import sys
from itertools import pairwise
from pathlib import Path

from crosswalk.comparisons.discover import discover
from crosswalk.engine.device import DeviceError, requested
from crosswalk.parity.load import SubjectError
from crosswalk.project import EXAMPLES
from crosswalk.versions import recorder, report, snapshot
from crosswalk.versions.snapshot import RecordError


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, or 2 for an impossible request."""
    parser = argparse.ArgumentParser(prog="crosswalk.versions", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    sub = commands.add_parser("record", help="run what has changed, write it down")
    sub.add_argument("--device", help="cpu, gpu or ascend ($DEVICE, else cpu)")
    sub.add_argument("--fresh", action="store_true", help="run all again")
    sub.set_defaults(command=_record)
    sub = commands.add_parser("report", help="print what is not as it was before")
    sub.add_argument("versions", nargs="*", help="of MindSpore (all recorded)")
    sub.add_argument("--device", help="cpu, gpu or ascend ($DEVICE, else cpu)")
    sub.set_defaults(command=_report)
    options = parser.parse_args(arguments)
    try:
        return options.command(options)
    except (DeviceError, NotADirectoryError, RecordError, SubjectError) as error:
        print(f"crosswalk: {error}", file=sys.stderr)
        return 2


def _record(options: argparse.Namespace) -> int:
    device = requested(options.device)
    for line in recorder.run(Path.cwd(), device, fresh=options.fresh):
        print(line, flush=True)
    return 0


def _report(options: argparse.Namespace) -> int:
    device = requested(options.device)
    project = Path.cwd()
    found = [r for r in snapshot.read_all(project) if r.device == device]
    there = [r.version for r in found]
    if not there and not options.versions:
        message = (
            f"no record on {device} in {project / 'versions'}: "
            "'python -m crosswalk.versions record' writes one"
        )
        raise RecordError(message)
    for version in options.versions:
        if version not in there:
            message = f"no record of MindSpore {version} on {device}; there is "
            raise RecordError(message + (", ".join(there) or "none"))
    comparisons = discover(project / EXAMPLES).comparisons
    for old, new in pairwise(found):
        if not options.versions or new.version in options.versions:
            print("\n".join(report.lines(old, new, comparisons)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
