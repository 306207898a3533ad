from crosswalk.parity.model import EXECUTION, LOSS_SCALE, Case, Counterpart, Subject

NAMES = {"lr": "learning_rate", "betas": ("beta1", "beta2")}
ONLY_NN = (
    Case("use_locking", mindspore={"use_locking": True}),
    Case("use_nesterov", mindspore={"use_nesterov": True}),
)

SUBJECT = Subject(
    "torch.optim.Adam",
    recommended="mindspore.experimental.optim.AdamW",
    note="Set `weight_decay=0.0`.",
    base={"lr": 0.05},
    cases=(
        Case("lr 0.2", {"lr": 0.2}),
        Case("beta1 0.5", {"betas": (0.5, 0.999)}),
        Case("beta2 0.9", {"betas": (0.9, 0.9)}),
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
        Case(
            "beta2 0.9, amsgrad",
            {"betas": (0.9, 0.9), "amsgrad": True},
            over="beta2 0.9",
        ),
        Case("maximize", {"maximize": True}),
        Case(
            "beta2 0.9, amsgrad, weight decay",
            {"betas": (0.9, 0.9), "amsgrad": True, "weight_decay": 0.1},
        ),
        Case("betas (0.5, 0.9), eps 0.01", {"betas": (0.5, 0.9), "eps": 0.01}),
        Case("two groups", groups=({"lr": 0.2}, {"weight_decay": 0.1})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.Adam",
            names={**NAMES, "amsgrad": "use_amsgrad"},
            cases=(
                *ONLY_NN,
                Case("use_lazy", mindspore={"use_lazy": True}),
                Case("use_offload", mindspore={"use_offload": True}),
            ),
            unexercised={
                **LOSS_SCALE,
                "kwargs": "It takes use_lazy and use_offload, and nothing else.",
            },
        ),
        Counterpart(
            "mindspore.nn.AdamOffload",
            names=NAMES,
            cases=ONLY_NN,
            unexercised=LOSS_SCALE,
        ),
        Counterpart("mindspore.experimental.optim.Adam"),
        Counterpart("mindspore.mint.optim.Adam"),
    ),
    unexercised=EXECUTION,
)
