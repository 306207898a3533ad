from crosswalk.parity.model import Arguments, Counterpart, Setting, Subject


def pieces(given: Arguments) -> Arguments:
    ends = [m * given["every"] for m in sorted(given["milestones"])]
    rates = [given["lr"] * given["gamma"] ** n for n in range(len(ends) + 1)]
    return {"milestone": [*ends, given["steps"]], "learning_rates": rates}


SUBJECT = Subject(
    "torch.optim.lr_scheduler.MultiStepLR",
    base={"milestones": [5, 12, 20], "gamma": 0.5},
    settings=(
        Setting("milestones 8 and 16", {"milestones": [8, 16]}),
        Setting("a milestone twice", {"milestones": [5, 12, 12]}),
        Setting("milestones out of order", {"milestones": [20, 5, 12]}),
        Setting("gamma 0.8", {"gamma": 0.8}),
        Setting("per epoch", every=2),
        Setting("closed form", drive="closed"),
        Setting("resumed from last_epoch", drive="last_epoch"),
        Setting("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.MultiStepLR"),
        Counterpart("mindspore.nn.piecewise_constant_lr", arguments=pieces),
    ),
)
