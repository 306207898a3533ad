"""Record what holds in this environment, or tell two records apart.

``python -m crosswalk.versions record`` runs what has changed since the last record.
``python -m crosswalk.versions report OLD NEW`` prints what is not the same in two.
"""

import argparse
import sys
from pathlib import Path

from crosswalk.device import DeviceError, requested
from crosswalk.parity.load import SubjectError
from crosswalk.versions import changes, record, recording
from crosswalk.versions.record import RecordError


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, or 2 for what cannot be done."""
    parser = argparse.ArgumentParser(prog="crosswalk.versions", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    sub = commands.add_parser("record", help="run what has changed, write it down")
    sub.add_argument("--device", help="cpu, gpu or ascend ($DEVICE, else cpu)")
    sub.add_argument("--fresh", action="store_true", help="run all again")
    sub.set_defaults(command=_record)
    sub = commands.add_parser("report", help="print what two versions do not share")
    sub.add_argument("old", metavar="OLD", help="a version of MindSpore")
    sub.add_argument("new", metavar="NEW", help="another one")
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
    for line in recording.run(Path.cwd(), device, fresh=options.fresh):
        print(line, flush=True)
    return 0


def _report(options: argparse.Namespace) -> int:
    device = requested(options.device)
    found = record.read_all(Path.cwd())
    records = {r.version: r for r in found if r.device == device}
    for version in (options.old, options.new):
        if version not in records:
            there = ", ".join(records) or "none"
            message = f"no record of MindSpore {version} on {device}; there is {there}"
            raise RecordError(message)
    for change in changes.between(records[options.old], records[options.new]):
        print(change)
    return 0


if __name__ == "__main__":
    sys.exit(main())
