from crosswalk.parity.model import Case, Counterpart, Part, Subject


def halved_at_twenty(step: float) -> float:
    return 0.5 if step >= 20 else 1.0


WARMUP = Part("LinearLR", {"start_factor": 0.25, "total_iters": 10})
DECAY = Part("ExponentialLR", {"gamma": 0.9})
STEPS = Part("StepLR", {"step_size": 4, "gamma": 0.5})
COSINE = Part("CosineAnnealingLR", {"T_max": 30})
RESTARTS = Part("CosineAnnealingWarmRestarts", {"T_0": 10})
MILESTONES = Part("MultiStepLR", {"milestones": [5, 15], "gamma": 0.5})
CUSTOM = Part("LambdaLR", {"lr_lambda": halved_at_twenty})

SUBJECT = Subject(
    "torch.optim.lr_scheduler.SequentialLR",
    base={"schedulers": [WARMUP, DECAY], "milestones": [10]},
    cases=(
        Case("milestones 5", {"milestones": [5]}),
        Case("warm-up, then cosine", {"schedulers": [WARMUP, COSINE]}),
        Case("warm-up, then restarts", {"schedulers": [WARMUP, RESTARTS]}),
        Case("warm-up, then milestones", {"schedulers": [WARMUP, MILESTONES]}),
        Case("warm-up, then a function", {"schedulers": [WARMUP, CUSTOM]}),
        Case("restarts, then decay", {"schedulers": [RESTARTS, DECAY]}),
        Case(
            "three schedules",
            {"schedulers": [WARMUP, STEPS, DECAY], "milestones": [10, 25]},
        ),
        Case("per epoch", every=2),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.SequentialLR"),
    ),
)
