from crosswalk.parity.model import Arguments, Case, Counterpart, Subject


def decay(given: Arguments) -> Arguments:
    return {
        "learning_rate": given["lr"],
        "end_learning_rate": 0.0,
        "decay_steps": given["total_iters"] * given["every"],
        "power": given["power"],
    }


def decay_list(given: Arguments) -> Arguments:
    return {
        "learning_rate": given["lr"],
        "end_learning_rate": 0.0,
        "total_step": given["steps"],
        "step_per_epoch": given["every"],
        "decay_epoch": given["total_iters"],
        "power": given["power"],
    }


END = {"end_learning_rate": "it is 0: PyTorch's rate falls to nothing else"}
LONGER = "draws the decay out each time it ends, which PyTorch's class cannot"

SUBJECT = Subject(
    "torch.optim.lr_scheduler.PolynomialLR",
    base={"total_iters": 20, "power": 1.0},
    cases=(
        Case("total_iters 10", {"total_iters": 10}),
        Case("power 2", {"power": 2.0}),
        Case("power 0.5", {"power": 0.5}),
        Case("per epoch", every=2),
        Case("closed form", drive="closed"),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.PolynomialLR"),
        Counterpart(
            "mindspore.nn.PolynomialDecayLR",
            arguments=decay,
            unexercised={**END, "update_decay_steps": LONGER},
        ),
        Counterpart(
            "mindspore.nn.polynomial_decay_lr",
            arguments=decay_list,
            unexercised={
                **END,
                "total_step": "says how many rates the list has, not which",
                "update_decay_epoch": LONGER,
            },
        ),
    ),
)
