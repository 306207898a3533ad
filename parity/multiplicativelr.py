from crosswalk.parity.model import Counterpart, Setting, Subject


def steady(_step: float) -> float:
    return 0.95


def slowing(step: float) -> float:
    return 1 - 1 / (step + 5)


def branching(step: float) -> float:
    return 0.5 if step == 10 else 1.0


SUBJECT = Subject(
    "torch.optim.lr_scheduler.MultiplicativeLR",
    base={"lr_lambda": slowing},
    settings=(
        Setting("a function that is constant", {"lr_lambda": steady}),
        Setting("a function for each group", {"lr_lambda": [slowing, steady]}),
        Setting("a function with a branch", {"lr_lambda": branching}),
        Setting("per epoch", every=2),
        Setting("closed form", drive="closed"),
        Setting("resumed from last_epoch", drive="last_epoch"),
        Setting("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.MultiplicativeLR"),
    ),
)
