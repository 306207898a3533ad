from crosswalk.parity.model import Counterpart, Setting, Subject

MOMENTUM = {"momentum": 0.9}
CYCLING = {"cycle_momentum": True}
FALLING = {"mode": "exp_range", "gamma": 0.95}


def falling(x: float) -> float:
    return 1 / (1 + 0.1 * x)


SUBJECT = Subject(
    "torch.optim.lr_scheduler.CyclicLR",
    base={"base_lr": 0.01, "max_lr": 0.1, "step_size_up": 6, "cycle_momentum": False},
    settings=(
        Setting("base_lr 0.05", {"base_lr": 0.05}),
        Setting("max_lr 0.3", {"max_lr": 0.3}),
        Setting("base_lr for each group", {"base_lr": [0.01, 0.03]}),
        Setting("max_lr for each group", {"max_lr": [0.1, 0.2]}),
        Setting("step_size_up 9", {"step_size_up": 9}),
        Setting("step_size_down 12", {"step_size_down": 12}),
        Setting("mode triangular2", {"mode": "triangular2"}),
        Setting("mode exp_range", FALLING),
        Setting("gamma 0.9", {**FALLING, "gamma": 0.9}, over="mode exp_range"),
        Setting("scale_fn", {"scale_fn": falling}),
        Setting(
            "scale_mode iterations",
            {"scale_fn": falling, "scale_mode": "iterations"},
            over="scale_fn",
        ),
        Setting("cycle_momentum", CYCLING, optimizer=MOMENTUM),
        Setting(
            "base_momentum 0.5",
            {**CYCLING, "base_momentum": 0.5},
            over="cycle_momentum",
            optimizer=MOMENTUM,
        ),
        Setting(
            "max_momentum 0.95",
            {**CYCLING, "max_momentum": 0.95},
            over="cycle_momentum",
            optimizer=MOMENTUM,
        ),
        Setting("momentum 0.9, not cycled", optimizer=MOMENTUM),
        Setting("per epoch", every=2),
        Setting("closed form", drive="closed"),
        Setting("resumed from last_epoch", drive="last_epoch"),
        Setting("resumed from a saved state", drive="state"),
    ),
    counterparts=(Counterpart("mindspore.experimental.optim.lr_scheduler.CyclicLR"),),
)
