from crosswalk.parity.model import EXECUTION, LOSS_SCALE, Counterpart, Setting, Subject

SUBJECT = Subject(
    "torch.optim.Adadelta",
    base={"lr": 1.0},
    settings=(
        Setting("lr 5", {"lr": 5.0}),
        Setting("rho 0.5", {"rho": 0.5}),
        Setting("eps 0.01", {"eps": 0.01}),
        Setting("weight decay 0.1", {"weight_decay": 0.1}),
        Setting(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Setting("maximize", {"maximize": True}),
        Setting(
            "rho, eps, weight decay", {"rho": 0.5, "eps": 0.01, "weight_decay": 0.1}
        ),
        Setting("two groups", groups=({"lr": 5.0}, {"weight_decay": 0.1})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.Adadelta",
            names={"lr": "learning_rate", "eps": "epsilon"},
            unexercised=LOSS_SCALE,
        ),
        Counterpart("mindspore.experimental.optim.Adadelta"),
    ),
    unexercised=EXECUTION,
)
