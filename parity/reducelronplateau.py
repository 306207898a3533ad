from crosswalk.parity.model import Case, Counterpart, Subject

FALLING = [0.3 + 0.35 * 0.8**n for n in range(8)]
LEVEL = [0.37] * 6
CREEPING = [0.37 * 0.98**n for n in range(12)]
RISING = [0.6 * 1.04**n for n in range(14)]

SUBJECT = Subject(
    "torch.optim.lr_scheduler.ReduceLROnPlateau",
    base={"mode": "min", "factor": 0.5, "patience": 2},
    metrics=(*FALLING, *LEVEL, *CREEPING, *RISING),
    cases=(
        Case("mode max", {"mode": "max"}),
        Case("factor 0.2", {"factor": 0.2}),
        Case("patience 5", {"patience": 5}),
        Case("threshold 0.1", {"threshold": 0.1}),
        Case(
            "threshold_mode abs",
            {"threshold": 0.1, "threshold_mode": "abs"},
            over="threshold 0.1",
        ),
        Case("mode max, threshold 0.1", {"mode": "max", "threshold": 0.1}),
        Case(
            "mode max, threshold_mode abs",
            {"mode": "max", "threshold": 0.1, "threshold_mode": "abs"},
            over="mode max, threshold 0.1",
        ),
        Case("cooldown 4", {"cooldown": 4}),
        Case("min_lr 0.02", {"min_lr": 0.02}),
        Case("min_lr for each group", {"min_lr": [0.02, 0.01]}),
        Case("eps 0.02", {"eps": 0.02}),
        Case("per epoch", every=2),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.ReduceLROnPlateau"),
    ),
)
