from crosswalk.parity.model import Arguments, Case, Counterpart, Subject


def pieces(given: Arguments) -> Arguments:
    ends = [m * given["every"] for m in sorted(given["milestones"])]
    rates = [given["lr"] * given["gamma"] ** n for n in range(len(ends) + 1)]
    return {"milestone": [*ends, given["steps"]], "learning_rates": rates}


SUBJECT = Subject(
    "torch.optim.lr_scheduler.MultiStepLR",
    base={"milestones": [5, 12, 20], "gamma": 0.5},
    cases=(
        Case("milestones 8 and 16", {"milestones": [8, 16]}),
        Case("a milestone twice", {"milestones": [5, 12, 12]}),
        Case("milestones out of order", {"milestones": [20, 5, 12]}),
        Case("gamma 0.8", {"gamma": 0.8}),
        Case("per epoch", every=2),
        Case("closed form", drive="closed"),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.MultiStepLR"),
        Counterpart("mindspore.nn.piecewise_constant_lr", arguments=pieces),
    ),
)
