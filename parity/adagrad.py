from crosswalk.parity.model import EXECUTION, LOSS_SCALE, Case, Counterpart, Subject

SUBJECT = Subject(
    "torch.optim.Adagrad",
    recommended="mindspore.experimental.optim.Adagrad",
    base={"lr": 0.1},
    cases=(
        Case("lr 0.5", {"lr": 0.5}),
        Case("lr decay 0.1", {"lr_decay": 0.1}),
        Case("initial accumulator 0.5", {"initial_accumulator_value": 0.5}),
        Case("eps 0.01", {"eps": 0.01}),
        Case("weight decay 0.1", {"weight_decay": 0.1}),
        Case(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Case("maximize", {"maximize": True}),
        Case(
            "initial accumulator, weight decay",
            {"initial_accumulator_value": 0.5, "weight_decay": 0.1},
        ),
        Case("lr decay, eps", {"lr_decay": 0.1, "eps": 0.01}),
        Case("two groups", groups=({"lr": 0.5}, {"weight_decay": 0.1})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.Adagrad",
            names={"lr": "learning_rate", "initial_accumulator_value": "accum"},
            cases=(Case("without update_slots", mindspore={"update_slots": False}),),
            unexercised=LOSS_SCALE,
        ),
        Counterpart("mindspore.experimental.optim.Adagrad"),
    ),
    unexercised=EXECUTION,
)
