from crosswalk.parity.model import EXECUTION, LOSS_SCALE, Counterpart, Setting, Subject

SUBJECT = Subject(
    "torch.optim.Adagrad",
    base={"lr": 0.1},
    settings=(
        Setting("lr 0.5", {"lr": 0.5}),
        Setting("lr decay 0.1", {"lr_decay": 0.1}),
        Setting("initial accumulator 0.5", {"initial_accumulator_value": 0.5}),
        Setting("eps 0.01", {"eps": 0.01}),
        Setting("weight decay 0.1", {"weight_decay": 0.1}),
        Setting(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Setting("maximize", {"maximize": True}),
        Setting(
            "initial accumulator, weight decay",
            {"initial_accumulator_value": 0.5, "weight_decay": 0.1},
        ),
        Setting("lr decay, eps", {"lr_decay": 0.1, "eps": 0.01}),
        Setting("two groups", groups=({"lr": 0.5}, {"weight_decay": 0.1})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.Adagrad",
            names={"lr": "learning_rate", "initial_accumulator_value": "accum"},
            settings=(
                Setting("without update_slots", mindspore={"update_slots": False}),
            ),
            unexercised=LOSS_SCALE,
        ),
        Counterpart("mindspore.experimental.optim.Adagrad"),
    ),
    unexercised=EXECUTION,
)
