from crosswalk.parity.model import EXECUTION, Case, Counterpart, Subject

SUBJECT = Subject(
    "torch.optim.RAdam",
    recommended="mindspore.experimental.optim.RAdam",
    base={"lr": 0.05},
    cases=(
        Case("lr 0.01", {"lr": 0.01}),
        Case("beta1 0.5", {"betas": (0.5, 0.999)}),
        Case("beta2 0.9", {"betas": (0.9, 0.9)}),
        Case("beta2 0.9999", {"betas": (0.9, 0.9999)}),
        Case("eps 0.01", {"eps": 0.01}),
        Case("weight decay 0.1", {"weight_decay": 0.1}),
        Case(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Case(
            "weight decay 0.1, decoupled",
            {"weight_decay": 0.1, "decoupled_weight_decay": True},
            over="weight decay 0.1",
        ),
        Case("maximize", {"maximize": True}),
        Case("betas (0.5, 0.9), eps 0.01", {"betas": (0.5, 0.9), "eps": 0.01}),
        Case("two groups", groups=({"lr": 0.1}, {"weight_decay": 0.1})),
    ),
    counterparts=(Counterpart("mindspore.experimental.optim.RAdam"),),
    unexercised=EXECUTION,
)
