from crosswalk.parity.model import LOSS_SCALE, Counterpart, Setting, Subject


def lazy_adam(params, **arguments):
    from mindspore import nn

    optimizer = nn.LazyAdam(params, **arguments)
    # Without it the step is another one, and nothing is raised.
    optimizer.target = "CPU"
    return optimizer


SUBJECT = Subject(
    "torch.optim.SparseAdam",
    base={"lr": 0.05},
    settings=(
        Setting("lr 0.2", {"lr": 0.2}),
        Setting("beta1 0.5", {"betas": (0.5, 0.999)}),
        Setting("beta2 0.9", {"betas": (0.9, 0.9)}),
        Setting("eps 0.01", {"eps": 0.01}),
        Setting("maximize", {"maximize": True}),
        Setting("betas (0.5, 0.9), eps 0.01", {"betas": (0.5, 0.9), "eps": 0.01}),
        Setting("two groups", groups=({"lr": 0.2}, {"lr": 0.02})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.LazyAdam",
            names={"lr": "learning_rate", "betas": ("beta1", "beta2")},
            make=lazy_adam,
            settings=(
                Setting("use_locking", mindspore={"use_locking": True}),
                Setting("use_nesterov", mindspore={"use_nesterov": True}),
                Setting("weight decay 0.1", mindspore={"weight_decay": 0.1}),
            ),
            unexercised=LOSS_SCALE,
        ),
    ),
    problem="embedding",
)
