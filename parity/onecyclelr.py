from crosswalk.parity.model import Subject

NO_COUNTERPART = "MindSpore has no class that could be given it"
ARGUMENTS = (
    "max_lr",
    "total_steps",
    "epochs",
    "steps_per_epoch",
    "pct_start",
    "anneal_strategy",
    "cycle_momentum",
    "base_momentum",
    "max_momentum",
    "div_factor",
    "final_div_factor",
    "three_phase",
    "last_epoch",
)

SUBJECT = Subject(
    "torch.optim.lr_scheduler.OneCycleLR",
    base={"max_lr": 0.1, "total_steps": 40},
    cases=(),
    counterparts=(),
    unexercised=dict.fromkeys(ARGUMENTS, NO_COUNTERPART),
)
