from crosswalk.parity.model import EXECUTION, Case, Counterpart, Subject

SUBJECT = Subject(
    "torch.optim.AdamW",
    recommended="mindspore.experimental.optim.AdamW",
    base={"lr": 0.05},
    cases=(
        Case("lr 0.2", {"lr": 0.2}),
        Case("beta1 0.5", {"betas": (0.5, 0.999)}),
        Case("beta2 0.9", {"betas": (0.9, 0.9)}),
        Case("eps 0.01", {"eps": 0.01}),
        Case("weight decay 0", {"weight_decay": 0.0}),
        Case("weight decay 0.5", {"weight_decay": 0.5}),
        Case(
            "weight decay 0.5, names with gamma and beta",
            {"weight_decay": 0.5},
            parameters="norm",
        ),
        Case(
            "beta2 0.9, amsgrad",
            {"betas": (0.9, 0.9), "amsgrad": True},
            over="beta2 0.9",
        ),
        Case("maximize", {"maximize": True}),
        Case(
            "beta2 0.9, amsgrad, weight decay",
            {"betas": (0.9, 0.9), "amsgrad": True, "weight_decay": 0.5},
        ),
        Case("betas (0.5, 0.9), eps 0.01", {"betas": (0.5, 0.9), "eps": 0.01}),
        Case("two groups", groups=({"lr": 0.2}, {"weight_decay": 0.5})),
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
