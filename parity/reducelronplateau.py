from crosswalk.parity.model import Counterpart, Setting, Subject

FALLING = [0.3 + 0.35 * 0.8**n for n in range(8)]
LEVEL = [0.37] * 6
CREEPING = [0.37 * 0.98**n for n in range(12)]
RISING = [0.6 * 1.04**n for n in range(14)]

SUBJECT = Subject(
    "torch.optim.lr_scheduler.ReduceLROnPlateau",
    base={"mode": "min", "factor": 0.5, "patience": 2},
    metrics=(*FALLING, *LEVEL, *CREEPING, *RISING),
    settings=(
        Setting("mode max", {"mode": "max"}),
        Setting("factor 0.2", {"factor": 0.2}),
        Setting("patience 5", {"patience": 5}),
        Setting("threshold 0.1", {"threshold": 0.1}),
        Setting(
            "threshold_mode abs",
            {"threshold": 0.1, "threshold_mode": "abs"},
            over="threshold 0.1",
        ),
        Setting("mode max, threshold 0.1", {"mode": "max", "threshold": 0.1}),
        Setting(
            "mode max, threshold_mode abs",
            {"mode": "max", "threshold": 0.1, "threshold_mode": "abs"},
            over="mode max, threshold 0.1",
        ),
        Setting("cooldown 4", {"cooldown": 4}),
        Setting("min_lr 0.02", {"min_lr": 0.02}),
        Setting("min_lr for each group", {"min_lr": [0.02, 0.01]}),
        Setting("eps 0.02", {"eps": 0.02}),
        Setting("per epoch", every=2),
        Setting("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.ReduceLROnPlateau"),
    ),
)
