from crosswalk.parity.model import EXECUTION, Case, Counterpart, Subject

SUBJECT = Subject(
    "torch.optim.ASGD",
    recommended="mindspore.experimental.optim.ASGD",
    base={"lr": 0.05},
    cases=(
        Case("lr 0.2", {"lr": 0.2}),
        Case("lambd 0.5", {"lambd": 0.5}),
        Case("lambd 0.5, alpha 0.25", {"lambd": 0.5, "alpha": 0.25}, over="lambd 0.5"),
        Case("weight decay 0.1", {"weight_decay": 0.1}),
        Case(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Case("maximize", {"maximize": True}),
        Case("lambd, weight decay", {"lambd": 0.5, "weight_decay": 0.1}),
        Case("two groups", groups=({"lr": 0.2}, {"weight_decay": 0.1})),
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
