from crosswalk.parity.model import EXECUTION, Counterpart, Setting, Subject

SUBJECT = Subject(
    "torch.optim.ASGD",
    base={"lr": 0.05},
    settings=(
        Setting("lr 0.2", {"lr": 0.2}),
        Setting("lambd 0.5", {"lambd": 0.5}),
        Setting(
            "lambd 0.5, alpha 0.25", {"lambd": 0.5, "alpha": 0.25}, over="lambd 0.5"
        ),
        Setting("weight decay 0.1", {"weight_decay": 0.1}),
        Setting(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Setting("maximize", {"maximize": True}),
        Setting("lambd, weight decay", {"lambd": 0.5, "weight_decay": 0.1}),
        Setting("two groups", groups=({"lr": 0.2}, {"weight_decay": 0.1})),
    ),
    counterparts=(
        Counterpart("mindspore.nn.ASGD", names={"lr": "learning_rate"}),
        Counterpart("mindspore.experimental.optim.ASGD"),
    ),
    unexercised={
        **EXECUTION,
        "t0": "It changes the average kept in the state, never the parameters.",
    },
)
