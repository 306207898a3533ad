from crosswalk.parity.model import Arguments, Case, Counterpart, Subject


def decay(given: Arguments) -> Arguments:
    return {
        "learning_rate": given["lr"],
        "decay_rate": given["gamma"],
        "decay_steps": given["step_size"] * given["every"],
        "is_stair": True,
    }


def decay_list(given: Arguments) -> Arguments:
    return {
        "learning_rate": given["lr"],
        "decay_rate": given["gamma"],
        "total_step": given["steps"],
        "step_per_epoch": given["every"],
        "decay_epoch": given["step_size"],
        "is_stair": True,
    }


def pieces(given: Arguments) -> Arguments:
    size = given["step_size"]
    count = -(-given["steps"] // (size * given["every"]))
    return {
        "milestone": [(n + 1) * size * given["every"] for n in range(count)],
        "learning_rates": [given["lr"] * given["gamma"] ** n for n in range(count)],
    }


STAIRS = {
    "is_stair": "without it the rate falls at every step, which is not this schedule"
}

SUBJECT = Subject(
    "torch.optim.lr_scheduler.StepLR",
    base={"step_size": 5, "gamma": 0.5},
    cases=(
        Case("step_size 8", {"step_size": 8}),
        Case("gamma 0.9", {"gamma": 0.9}),
        Case("gamma 1.1", {"gamma": 1.1}),
        Case("per epoch", every=2),
        Case("closed form", drive="closed"),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.StepLR"),
        Counterpart(
            "mindspore.nn.ExponentialDecayLR", arguments=decay, unexercised=STAIRS
        ),
        Counterpart(
            "mindspore.nn.exponential_decay_lr",
            arguments=decay_list,
            unexercised={
                **STAIRS,
                "total_step": "says how many rates the list has, not which",
            },
        ),
        Counterpart("mindspore.nn.piecewise_constant_lr", arguments=pieces),
    ),
)
