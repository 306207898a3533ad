from crosswalk.parity.model import Case, Counterpart, Subject

MOMENTUM = {"momentum": 0.9}
CYCLING = {"cycle_momentum": True}
FALLING = {"mode": "exp_range", "gamma": 0.95}


def falling(x: float) -> float:
    return 1 / (1 + 0.1 * x)


SUBJECT = Subject(
    "torch.optim.lr_scheduler.CyclicLR",
    base={"base_lr": 0.01, "max_lr": 0.1, "step_size_up": 6, "cycle_momentum": False},
    cases=(
        Case("base_lr 0.05", {"base_lr": 0.05}),
        Case("max_lr 0.3", {"max_lr": 0.3}),
        Case("base_lr for each group", {"base_lr": [0.01, 0.03]}),
        Case("max_lr for each group", {"max_lr": [0.1, 0.2]}),
        Case("step_size_up 9", {"step_size_up": 9}),
        Case("step_size_down 12", {"step_size_down": 12}),
        Case("mode triangular2", {"mode": "triangular2"}),
        Case("mode exp_range", FALLING),
        Case("gamma 0.9", {**FALLING, "gamma": 0.9}, over="mode exp_range"),
        Case("scale_fn", {"scale_fn": falling}),
        Case(
            "scale_mode iterations",
            {"scale_fn": falling, "scale_mode": "iterations"},
            over="scale_fn",
        ),
        Case("cycle_momentum", CYCLING, optimizer=MOMENTUM),
        Case(
            "base_momentum 0.5",
            {**CYCLING, "base_momentum": 0.5},
            over="cycle_momentum",
            optimizer=MOMENTUM,
        ),
        Case(
            "max_momentum 0.95",
            {**CYCLING, "max_momentum": 0.95},
            over="cycle_momentum",
            optimizer=MOMENTUM,
        ),
        Case("momentum 0.9, not cycled", optimizer=MOMENTUM),
        Case("per epoch", every=2),
        Case("closed form", drive="closed"),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(Counterpart("mindspore.experimental.optim.lr_scheduler.CyclicLR"),),
)
