from crosswalk.parity.model import EXECUTION, LOSS_SCALE, Case, Counterpart, Subject

SUBJECT = Subject(
    "torch.optim.RMSprop",
    recommended="mindspore.experimental.optim.RMSprop",
    base={"lr": 0.01},
    cases=(
        Case("lr 0.05", {"lr": 0.05}),
        Case("alpha 0.9", {"alpha": 0.9}),
        Case("eps 0.01", {"eps": 0.01}),
        Case("momentum 0.9", {"momentum": 0.9}),
        Case("centered", {"centered": True}),
        Case("weight decay 0.1", {"weight_decay": 0.1}),
        Case(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Case("maximize", {"maximize": True}),
        Case("momentum, centered", {"momentum": 0.9, "centered": True}),
        Case(
            "momentum, eps, weight decay",
            {"momentum": 0.9, "eps": 0.01, "weight_decay": 0.1},
        ),
        Case("two groups", groups=({"lr": 0.05}, {"weight_decay": 0.1})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.RMSProp",
            names={"lr": "learning_rate", "alpha": "decay", "eps": "epsilon"},
            cases=(Case("use_locking", mindspore={"use_locking": True}),),
            unexercised=LOSS_SCALE,
        ),
        Counterpart("mindspore.experimental.optim.RMSprop"),
    ),
    unexercised=EXECUTION,
)
