from crosswalk.parity.model import Arguments, Case, Counterpart, Subject


def cosine(given: Arguments) -> Arguments:
    return {
        "min_lr": given["eta_min"],
        "max_lr": given["lr"],
        "decay_steps": given["T_max"] * given["every"],
    }


def cosine_list(given: Arguments) -> Arguments:
    return {
        "min_lr": given["eta_min"],
        "max_lr": given["lr"],
        "total_step": given["steps"],
        "step_per_epoch": given["every"],
        "decay_epoch": given["T_max"],
    }


SUBJECT = Subject(
    "torch.optim.lr_scheduler.CosineAnnealingLR",
    base={"T_max": 50, "eta_min": 0.0},
    cases=(
        Case("T_max 40", {"T_max": 40}),
        Case("T_max 10, past the end", {"T_max": 10}),
        Case("eta_min 0.01", {"eta_min": 0.01}),
        Case("T_max 10, eta_min 0.01, past the end", {"T_max": 10, "eta_min": 0.01}),
        Case("per epoch", every=2),
        Case("closed form", drive="closed"),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
        Case("closed form, past the end", {"T_max": 10}, drive="closed"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.CosineAnnealingLR"),
        Counterpart("mindspore.nn.CosineDecayLR", arguments=cosine),
        Counterpart(
            "mindspore.nn.cosine_decay_lr",
            arguments=cosine_list,
            unexercised={"total_step": "says how many rates the list has, not which"},
        ),
    ),
)
