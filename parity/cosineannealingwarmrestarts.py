from crosswalk.parity.model import Case, Counterpart, Subject

SUBJECT = Subject(
    "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts",
    base={"T_0": 10, "T_mult": 1, "eta_min": 0.0},
    cases=(
        Case("T_0 7", {"T_0": 7}),
        Case("T_mult 2", {"T_mult": 2}),
        Case("eta_min 0.01", {"eta_min": 0.01}),
        Case("T_0 5, T_mult 2, eta_min 0.01", {"T_0": 5, "T_mult": 2, "eta_min": 0.01}),
        Case("per epoch", every=2),
        Case("closed form", drive="closed"),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
        Case("closed form, T_mult 2", {"T_mult": 2}, drive="closed"),
        Case("resumed after two restarts", {"T_0": 7}, drive="last_epoch"),
    ),
    counterparts=(
        Counterpart(
            "mindspore.experimental.optim.lr_scheduler.CosineAnnealingWarmRestarts"
        ),
    ),
)
