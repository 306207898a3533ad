"""How a schedule is driven, whichever framework it is."""

from typing import Any

from crosswalk.parity.model import Arguments, Part, Setting, Subject
from crosswalk.parity.torch_side import resolve

STEPS = 40
RATE = 0.1
GROUPS: tuple[Arguments, ...] = ({"lr": RATE}, {"lr": RATE / 4})
# After which step of the schedule a run that is resumed was stopped.  With
# last_epoch, a new scheduler takes over the rates that this step has set and is
# given the number before, which it counts up when it is built.
STOP = 15


def advances(step: int, setting: Setting) -> int:
    """Return which step of the schedule follows optimizer step ``step``; 0 for none.

    Both counts begin at their first step: 0 for the optimizer, 1 for the schedule.
    """
    done, rest = divmod(step + 1, setting.every)
    return 0 if rest else done


def advance(scheduler: Any, epoch: int, subject: Subject, setting: Setting) -> None:
    """Take step ``epoch`` of the schedule, the way ``setting`` drives it."""
    if setting.drive == "closed":
        # Forward, back and far ahead.
        scheduler.step(epoch * 7 % 23)
    elif subject.metrics:
        scheduler.step(subject.metrics[epoch % len(subject.metrics)])
    else:
        scheduler.step()


def build_parts(
    namespace: str, optimizer: object, arguments: Arguments
) -> dict[str, Any]:
    """Return ``arguments`` with each `Part` built over ``optimizer``."""

    def built(value: object) -> object:
        if isinstance(value, list):
            return [built(item) for item in value]
        if isinstance(value, Part):
            return resolve(f"{namespace}.{value.name}")(optimizer, **value.arguments)
        return value

    return {name: built(value) for name, value in arguments.items()}
