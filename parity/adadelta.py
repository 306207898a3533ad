from crosswalk.parity.model import EXECUTION, LOSS_SCALE, Case, Counterpart, Subject

SUBJECT = Subject(
    "torch.optim.Adadelta",
    recommended="mindspore.experimental.optim.Adadelta",
    base={"lr": 1.0},
    cases=(
        Case("lr 5", {"lr": 5.0}),
        Case("rho 0.5", {"rho": 0.5}),
        Case("eps 0.01", {"eps": 0.01}),
        Case("weight decay 0.1", {"weight_decay": 0.1}),
        Case(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Case("maximize", {"maximize": True}),
        Case("rho, eps, weight decay", {"rho": 0.5, "eps": 0.01, "weight_decay": 0.1}),
        Case("two groups", groups=({"lr": 5.0}, {"weight_decay": 0.1})),
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
