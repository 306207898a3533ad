from crosswalk.parity.model import Arguments, Counterpart, Setting, Subject


def pieces(given: Arguments) -> Arguments:
    rate = given["lr"]
    return {
        "milestone": [given["total_iters"] * given["every"], given["steps"]],
        "learning_rates": [rate * given["factor"], rate],
    }


SUBJECT = Subject(
    "torch.optim.lr_scheduler.ConstantLR",
    base={"factor": 0.5, "total_iters": 20},
    settings=(
        Setting("factor 0.25", {"factor": 0.25}),
        Setting("factor 1", {"factor": 1.0}),
        Setting("total_iters 10", {"total_iters": 10}),
        Setting(
            "total_iters 15, resumed there", {"total_iters": 15}, drive="last_epoch"
        ),
        Setting("per epoch", every=2),
        Setting("closed form", drive="closed"),
        Setting("resumed from last_epoch", drive="last_epoch"),
        Setting("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.ConstantLR"),
        Counterpart("mindspore.nn.piecewise_constant_lr", arguments=pieces),
    ),
)
