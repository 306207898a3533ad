from crosswalk.parity.model import Counterpart, Setting, Subject

SUBJECT = Subject(
    "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts",
    base={"T_0": 10, "T_mult": 1, "eta_min": 0.0},
    settings=(
        Setting("T_0 7", {"T_0": 7}),
        Setting("T_mult 2", {"T_mult": 2}),
        Setting("eta_min 0.01", {"eta_min": 0.01}),
        Setting(
            "T_0 5, T_mult 2, eta_min 0.01", {"T_0": 5, "T_mult": 2, "eta_min": 0.01}
        ),
        Setting("per epoch", every=2),
        Setting("closed form", drive="closed"),
        Setting("resumed from last_epoch", drive="last_epoch"),
        Setting("resumed from a saved state", drive="state"),
        Setting("closed form, T_mult 2", {"T_mult": 2}, drive="closed"),
        Setting("resumed after two restarts", {"T_0": 7}, drive="last_epoch"),
    ),
    counterparts=(
        Counterpart(
            "mindspore.experimental.optim.lr_scheduler.CosineAnnealingWarmRestarts"
        ),
    ),
)
