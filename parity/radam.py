from crosswalk.parity.model import EXECUTION, Counterpart, Setting, Subject

SUBJECT = Subject(
    "torch.optim.RAdam",
    base={"lr": 0.05},
    settings=(
        Setting("lr 0.01", {"lr": 0.01}),
        Setting("beta1 0.5", {"betas": (0.5, 0.999)}),
        Setting("beta2 0.9", {"betas": (0.9, 0.9)}),
        Setting("beta2 0.9999", {"betas": (0.9, 0.9999)}),
        Setting("eps 0.01", {"eps": 0.01}),
        Setting("weight decay 0.1", {"weight_decay": 0.1}),
        Setting(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Setting(
            "weight decay 0.1, decoupled",
            {"weight_decay": 0.1, "decoupled_weight_decay": True},
            over="weight decay 0.1",
        ),
        Setting("maximize", {"maximize": True}),
        Setting("betas (0.5, 0.9), eps 0.01", {"betas": (0.5, 0.9), "eps": 0.01}),
        Setting("two groups", groups=({"lr": 0.1}, {"weight_decay": 0.1})),
    ),
    counterparts=(Counterpart("mindspore.experimental.optim.RAdam"),),
    unexercised=EXECUTION,
)
