from crosswalk.parity.model import Counterpart, Part, Setting, Subject


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
    settings=(
        Setting("milestones 5", {"milestones": [5]}),
        Setting("warm-up, then cosine", {"schedulers": [WARMUP, COSINE]}),
        Setting("warm-up, then restarts", {"schedulers": [WARMUP, RESTARTS]}),
        Setting("warm-up, then milestones", {"schedulers": [WARMUP, MILESTONES]}),
        Setting("warm-up, then a function", {"schedulers": [WARMUP, CUSTOM]}),
        Setting("restarts, then decay", {"schedulers": [RESTARTS, DECAY]}),
        Setting(
            "three schedules",
            {"schedulers": [WARMUP, STEPS, DECAY], "milestones": [10, 25]},
        ),
        Setting("per epoch", every=2),
        Setting("resumed from last_epoch", drive="last_epoch"),
        Setting("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.SequentialLR"),
    ),
)
