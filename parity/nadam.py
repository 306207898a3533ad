from crosswalk.parity.model import EXECUTION, Case, Counterpart, Subject

SUBJECT = Subject(
    "torch.optim.NAdam",
    recommended="mindspore.experimental.optim.NAdam",
    base={"lr": 0.05},
    cases=(
        Case("lr 0.1", {"lr": 0.1}),
        Case("beta1 0.5", {"betas": (0.5, 0.999)}),
        Case("beta2 0.9", {"betas": (0.9, 0.9)}),
        Case("eps 0.01", {"eps": 0.01}),
        Case("momentum decay 0.4", {"momentum_decay": 0.4}),
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
        Case(
            "momentum decay, weight decay",
            {"momentum_decay": 0.4, "weight_decay": 0.1},
        ),
        Case("betas (0.5, 0.9), eps 0.01", {"betas": (0.5, 0.9), "eps": 0.01}),
        Case("two groups", groups=({"lr": 0.1}, {"weight_decay": 0.1})),
    ),
    counterparts=(Counterpart("mindspore.experimental.optim.NAdam"),),
    unexercised=EXECUTION,
)
