from crosswalk.parity.model import EXECUTION, Counterpart, Setting, Subject

SUBJECT = Subject(
    "torch.optim.Rprop",
    base={"lr": 0.02, "step_sizes": (1e-6, 0.1)},
    settings=(
        Setting("lr 0.1", {"lr": 0.1}),
        Setting("eta minus 0.25", {"etas": (0.25, 1.2)}),
        Setting("eta plus 1.5", {"etas": (0.5, 1.5)}),
        Setting("smallest step 0.01", {"step_sizes": (0.01, 0.1)}),
        Setting("largest step 0.03", {"step_sizes": (1e-6, 0.03)}),
        Setting("maximize", {"maximize": True}),
        Setting(
            "etas (0.25, 1.5), steps (0.01, 0.03)",
            {"etas": (0.25, 1.5), "step_sizes": (0.01, 0.03)},
        ),
        Setting("two groups", groups=({"lr": 0.1}, {"lr": 0.01})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.Rprop",
            names={"lr": "learning_rate"},
            settings=(Setting("weight decay 0.1", mindspore={"weight_decay": 0.1}),),
        ),
        Counterpart("mindspore.experimental.optim.Rprop"),
    ),
    unexercised=EXECUTION,
)
