from crosswalk.parity.model import Case, Counterpart, Subject


def steady(_step: float) -> float:
    return 0.95


def slowing(step: float) -> float:
    return 1 - 1 / (step + 5)


def branching(step: float) -> float:
    return 0.5 if step == 10 else 1.0


SUBJECT = Subject(
    "torch.optim.lr_scheduler.MultiplicativeLR",
    base={"lr_lambda": slowing},
    cases=(
        Case("a function that is constant", {"lr_lambda": steady}),
        Case("a function for each group", {"lr_lambda": [slowing, steady]}),
        Case("a function with a branch", {"lr_lambda": branching}),
        Case("per epoch", every=2),
        Case("closed form", drive="closed"),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.MultiplicativeLR"),
    ),
)
