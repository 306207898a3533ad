from crosswalk.parity.model import EXECUTION, Counterpart, Setting, Subject

SUBJECT = Subject(
    "torch.optim.AdamW",
    base={"lr": 0.05},
    settings=(
        Setting("lr 0.2", {"lr": 0.2}),
        Setting("beta1 0.5", {"betas": (0.5, 0.999)}),
        Setting("beta2 0.9", {"betas": (0.9, 0.9)}),
        Setting("eps 0.01", {"eps": 0.01}),
        Setting("weight decay 0", {"weight_decay": 0.0}),
        Setting("weight decay 0.5", {"weight_decay": 0.5}),
        Setting(
            "weight decay 0.5, names with gamma and beta",
            {"weight_decay": 0.5},
            parameters="norm",
        ),
        Setting(
            "beta2 0.9, amsgrad",
            {"betas": (0.9, 0.9), "amsgrad": True},
            over="beta2 0.9",
        ),
        Setting("maximize", {"maximize": True}),
        Setting(
            "beta2 0.9, amsgrad, weight decay",
            {"betas": (0.9, 0.9), "amsgrad": True, "weight_decay": 0.5},
        ),
        Setting("betas (0.5, 0.9), eps 0.01", {"betas": (0.5, 0.9), "eps": 0.01}),
        Setting("two groups", groups=({"lr": 0.2}, {"weight_decay": 0.5})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.AdamWeightDecay",
            names={"lr": "learning_rate", "betas": ("beta1", "beta2")},
        ),
        Counterpart("mindspore.experimental.optim.AdamW"),
        Counterpart("mindspore.mint.optim.AdamW"),
        Counterpart("mindspore.mint.optim.FusedAdamW"),
    ),
    unexercised=EXECUTION,
)
