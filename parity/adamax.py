from crosswalk.parity.model import EXECUTION, LOSS_SCALE, Case, Counterpart, Subject

SUBJECT = Subject(
    "torch.optim.Adamax",
    recommended="mindspore.experimental.optim.Adamax",
    base={"lr": 0.05},
    cases=(
        Case("lr 0.2", {"lr": 0.2}),
        Case("beta1 0.5", {"betas": (0.5, 0.999)}),
        Case("beta2 0.9", {"betas": (0.9, 0.9)}),
        Case("eps 0.1", {"eps": 0.1}),
        Case("weight decay 0.1", {"weight_decay": 0.1}),
        Case(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Case("maximize", {"maximize": True}),
        Case("betas (0.5, 0.9), eps 0.1", {"betas": (0.5, 0.9), "eps": 0.1}),
        Case("two groups", groups=({"lr": 0.2}, {"weight_decay": 0.1})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.AdaMax",
            names={"lr": "learning_rate", "betas": ("beta1", "beta2")},
            unexercised=LOSS_SCALE,
        ),
        Counterpart("mindspore.experimental.optim.Adamax"),
    ),
    unexercised=EXECUTION,
)
