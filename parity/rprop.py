from crosswalk.parity.model import EXECUTION, Case, Counterpart, Subject

SUBJECT = Subject(
    "torch.optim.Rprop",
    recommended="mindspore.experimental.optim.Rprop",
    base={"lr": 0.02, "step_sizes": (1e-6, 0.1)},
    cases=(
        Case("lr 0.1", {"lr": 0.1}),
        Case("eta minus 0.25", {"etas": (0.25, 1.2)}),
        Case("eta plus 1.5", {"etas": (0.5, 1.5)}),
        Case("smallest step 0.01", {"step_sizes": (0.01, 0.1)}),
        Case("largest step 0.03", {"step_sizes": (1e-6, 0.03)}),
        Case("maximize", {"maximize": True}),
        Case(
            "etas (0.25, 1.5), steps (0.01, 0.03)",
            {"etas": (0.25, 1.5), "step_sizes": (0.01, 0.03)},
        ),
        Case("two groups", groups=({"lr": 0.1}, {"lr": 0.01})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.Rprop",
            names={"lr": "learning_rate"},
            cases=(Case("weight decay 0.1", mindspore={"weight_decay": 0.1}),),
        ),
        Counterpart("mindspore.experimental.optim.Rprop"),
    ),
    unexercised=EXECUTION,
)
