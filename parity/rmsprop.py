from crosswalk.parity.model import EXECUTION, LOSS_SCALE, Counterpart, Setting, Subject

SUBJECT = Subject(
    "torch.optim.RMSprop",
    base={"lr": 0.01},
    settings=(
        Setting("lr 0.05", {"lr": 0.05}),
        Setting("alpha 0.9", {"alpha": 0.9}),
        Setting("eps 0.01", {"eps": 0.01}),
        Setting("momentum 0.9", {"momentum": 0.9}),
        Setting("centered", {"centered": True}),
        Setting("weight decay 0.1", {"weight_decay": 0.1}),
        Setting(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Setting("maximize", {"maximize": True}),
        Setting("momentum, centered", {"momentum": 0.9, "centered": True}),
        Setting(
            "momentum, eps, weight decay",
            {"momentum": 0.9, "eps": 0.01, "weight_decay": 0.1},
        ),
        Setting("two groups", groups=({"lr": 0.05}, {"weight_decay": 0.1})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.RMSProp",
            names={"lr": "learning_rate", "alpha": "decay", "eps": "epsilon"},
            settings=(Setting("use_locking", mindspore={"use_locking": True}),),
            unexercised=LOSS_SCALE,
        ),
        Counterpart("mindspore.experimental.optim.RMSprop"),
    ),
    unexercised=EXECUTION,
)
