from crosswalk.parity.model import LOSS_SCALE, Case, Counterpart, Subject


def lazy_adam(params, **arguments):
    from mindspore import nn

    optimizer = nn.LazyAdam(params, **arguments)
    # Without it the step is another one, and nothing is raised.
    optimizer.target = "CPU"
    return optimizer


SUBJECT = Subject(
    "torch.optim.SparseAdam",
    recommended="mindspore.nn.LazyAdam",
    note="Use sparse gradients, and compile the step with `@ms.jit`.",
    base={"lr": 0.05},
    cases=(
        Case("lr 0.2", {"lr": 0.2}),
        Case("beta1 0.5", {"betas": (0.5, 0.999)}),
        Case("beta2 0.9", {"betas": (0.9, 0.9)}),
        Case("eps 0.01", {"eps": 0.01}),
        Case("maximize", {"maximize": True}),
        Case("betas (0.5, 0.9), eps 0.01", {"betas": (0.5, 0.9), "eps": 0.01}),
        Case("two groups", groups=({"lr": 0.2}, {"lr": 0.02})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.LazyAdam",
            names={"lr": "learning_rate", "betas": ("beta1", "beta2")},
            make=lazy_adam,
            cases=(
                Case("use_locking", mindspore={"use_locking": True}),
                Case("use_nesterov", mindspore={"use_nesterov": True}),
                Case("weight decay 0.1", mindspore={"weight_decay": 0.1}),
            ),
            unexercised=LOSS_SCALE,
        ),
    ),
    problem="embedding",
)
