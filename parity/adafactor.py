from crosswalk.parity.model import EXECUTION, LOSS_SCALE, Case, Counterpart, Subject


def epsilons(eps: tuple[float | None, float]) -> tuple[float, float]:
    # PyTorch bounds the square by eps1 ** 2, MindSpore adds its own to the square.
    first, second = eps
    return (first or 2.0**-23) ** 2, second


SUBJECT = Subject(
    "torch.optim.Adafactor",
    recommended="mindspore.nn.AdaFactor",
    note="Set `beta1=0.0` and `relative_step=False`.",
    base={"lr": 0.01},
    cases=(
        Case("lr 0.05", {"lr": 0.05}),
        Case("lr 0.5", {"lr": 0.5}),
        Case("beta2 decay -0.5", {"beta2_decay": -0.5}),
        Case("eps1 0.5", {"eps": (0.5, 0.001)}),
        Case("eps2 2", {"eps": (None, 2.0)}),
        Case("d 2", {"d": 2.0}),
        Case("weight decay 0.5", {"weight_decay": 0.5}),
        Case(
            "weight decay 0.5, names with gamma and beta",
            {"weight_decay": 0.5},
            parameters="norm",
        ),
        Case("maximize", {"maximize": True}),
        Case("lr, d, beta2 decay", {"lr": 0.02, "d": 2.0, "beta2_decay": -0.5}),
        Case("two groups", groups=({"lr": 0.05}, {"weight_decay": 0.5})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.AdaFactor",
            names={
                "lr": "learning_rate",
                "beta2_decay": "decay_rate",
                "d": "clip_threshold",
            },
            values={"beta2_decay": lambda power: -power, "eps": epsilons},
            fixed={"beta1": 0.0, "relative_step": False},
            cases=(
                Case("beta1 0.9", mindspore={"beta1": 0.9}),
                Case("without scale_parameter", mindspore={"scale_parameter": False}),
                Case(
                    "relative_step",
                    mindspore={"relative_step": True, "learning_rate": None},
                ),
                Case(
                    "relative_step, warmup_init",
                    mindspore={
                        "relative_step": True,
                        "learning_rate": None,
                        "warmup_init": True,
                    },
                ),
                Case("compression", mindspore={"compression": True}),
            ),
            unexercised=LOSS_SCALE,
        ),
    ),
    unexercised=EXECUTION,
)
