from crosswalk.parity.model import Arguments, Case, Counterpart, Subject


def pieces(given: Arguments) -> Arguments:
    rate = given["lr"]
    return {
        "milestone": [given["total_iters"] * given["every"], given["steps"]],
        "learning_rates": [rate * given["factor"], rate],
    }


SUBJECT = Subject(
    "torch.optim.lr_scheduler.ConstantLR",
    base={"factor": 0.5, "total_iters": 20},
    cases=(
        Case("factor 0.25", {"factor": 0.25}),
        Case("factor 1", {"factor": 1.0}),
        Case("total_iters 10", {"total_iters": 10}),
        Case("total_iters 15, resumed there", {"total_iters": 15}, drive="last_epoch"),
        Case("per epoch", every=2),
        Case("closed form", drive="closed"),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.ConstantLR"),
        Counterpart("mindspore.nn.piecewise_constant_lr", arguments=pieces),
    ),
)
