from crosswalk.parity.model import EXECUTION, LOSS_SCALE, Case, Counterpart, Subject

SUBJECT = Subject(
    "torch.optim.SGD",
    recommended="mindspore.experimental.optim.SGD",
    # An int for momentum is refused by mindspore.nn.Momentum.
    base={"lr": 0.05, "momentum": 0.0},
    cases=(
        Case("lr 0.2", {"lr": 0.2}),
        Case("momentum 0.9", {"momentum": 0.9}),
        Case(
            "momentum, dampening 0.5",
            {"momentum": 0.9, "dampening": 0.5},
            over="momentum 0.9",
        ),
        Case(
            "momentum, nesterov",
            {"momentum": 0.9, "nesterov": True},
            over="momentum 0.9",
        ),
        Case("weight decay 0.1", {"weight_decay": 0.1}),
        Case(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Case("maximize", {"maximize": True}),
        Case(
            "momentum, nesterov, weight decay",
            {"momentum": 0.9, "nesterov": True, "weight_decay": 0.1},
        ),
        Case(
            "momentum, dampening, weight decay",
            {"momentum": 0.9, "dampening": 0.5, "weight_decay": 0.1},
        ),
        Case("two groups", groups=({"lr": 0.2}, {"weight_decay": 0.1})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.SGD", names={"lr": "learning_rate"}, unexercised=LOSS_SCALE
        ),
        Counterpart(
            "mindspore.nn.Momentum",
            names={"lr": "learning_rate", "nesterov": "use_nesterov"},
            unexercised=LOSS_SCALE,
        ),
        Counterpart("mindspore.experimental.optim.SGD"),
        Counterpart("mindspore.mint.optim.SGD"),
    ),
    unexercised=EXECUTION,
)
