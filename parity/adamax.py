from crosswalk.parity.model import EXECUTION, LOSS_SCALE, Counterpart, Setting, Subject

SUBJECT = Subject(
    "torch.optim.Adamax",
    base={"lr": 0.05},
    settings=(
        Setting("lr 0.2", {"lr": 0.2}),
        Setting("beta1 0.5", {"betas": (0.5, 0.999)}),
        Setting("beta2 0.9", {"betas": (0.9, 0.9)}),
        Setting("eps 0.1", {"eps": 0.1}),
        Setting("weight decay 0.1", {"weight_decay": 0.1}),
        Setting(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Setting("maximize", {"maximize": True}),
        Setting("betas (0.5, 0.9), eps 0.1", {"betas": (0.5, 0.9), "eps": 0.1}),
        Setting("two groups", groups=({"lr": 0.2}, {"weight_decay": 0.1})),
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
