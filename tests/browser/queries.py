"""What readers type, and the page that they want."""

RATE = "guide/how-the-rate-works"
READ = "guide/reading-the-rate"
NO_EFFECT = "guide/debugging-the-rate"
DECAY = "guide/weight-decay"
GROUPS = "guide/parameter-groups"
GROUP_MEMBERS = "guide/group-members"
GROUP_CHANGES = "guide/changing-groups"
SCHEDULES = "guide/schedules"
RUN_SCHEDULES = "guide/running-schedules"
SAVE = "guide/saving-and-loading"
STEP = "guide/training-step"
BUILD = "guide/constructing"
CHANGE = "guide/changing-hyperparameters"
WHICH = "guide/supported-optimizers"
ARGUMENTS = "guide/execution-arguments"
TRAPS = "traps/no-training"
ADAM = "reference/optimizers/adam"
SGD = "reference/optimizers/sgd"
COSINE = "reference/schedulers/cosineannealinglr"
LAMBDA = "reference/schedulers/lambdalr"

QUERIES = {
    # concepts, in Chinese
    "学习率": RATE,
    "权重衰减": DECAY,
    "参数分组": GROUPS,
    "参数组": GROUPS,
    "动态学习率": SCHEDULES,
    "学习率衰减": SCHEDULES,
    "学习率策略": SCHEDULES,
    "学习率调度器": "reference/schedulers",
    "余弦退火": COSINE,
    "余弦退火学习率": SCHEDULES,
    "优化器状态": SAVE,
    "梯度中心化": "guide/constructing",
    "梯度累积": STEP,
    "断点续训": SAVE,
    "检查点": SAVE,
    "冻结参数": GROUP_CHANGES,
    "静态图": STEP,
    "超参": CHANGE,
    "动量": BUILD,
    "预热": SCHEDULES,
    "训练步": STEP,
    "正则化": DECAY,
    "修改学习率": READ,
    "如何修改学习率？": READ,
    "怎么保存优化器的状态": SAVE,
    "损失不下降": TRAPS,
    "精度对齐": "reference/index",
    "API 映射": "reference/optimizers",
    "回调": RATE,
    "指数衰减": "reference/schedulers/exponentiallr",
    "多项式衰减": "reference/schedulers/polynomiallr",
    "热重启": "reference/schedulers/cosineannealingwarmrestarts",
    "稀疏梯度": "reference/optimizers/sparseadam",
    "随机梯度下降": SGD,
    "学习率不生效": NO_EFFECT,
    "batchnorm 不做权重衰减": DECAY,
    # spaces, full-width punctuation, both languages in one query
    "动态 学习率": SCHEDULES,
    "学习率　预热": SCHEDULES,
    "SGD 动量": BUILD,
    "Adam 权重衰减": DECAY,
    "“参数分组”": GROUPS,
    # concepts, in English, in any case and number
    "learning rate": RATE,
    "Learning Rates": RATE,
    "WEIGHT DECAY": DECAY,
    "parameter group": GROUPS,
    "dynamic learning rate": SCHEDULES,
    "cosine annealing": COSINE,
    "warmup": SCHEDULES,
    "warm-up": SCHEDULES,
    "gradient accumulation": STEP,
    "freeze layers": GROUP_CHANGES,
    "resume training": SAVE,
    "change the learning rate while training": READ,
    "loss does not decrease": TRAPS,
    "plateau": "reference/schedulers",
    "SGD momentum": SGD,
    "L2 regularization": DECAY,
    "graph mode": STEP,
    "tolerance": "reference/index",
    # names, in full and in part
    "nn.SGD": SGD,
    "torch.optim.SGD": SGD,
    "sgd": SGD,
    "mindspore.nn.Momentum": SGD,
    "adam": ADAM,
    "AdamWeightDecay": "reference/optimizers/adamw",
    "LambdaLR": LAMBDA,
    "lambda": LAMBDA,
    "torch.optim.lr_scheduler.CosineAnnealingLR": COSINE,
    "CosineAnnealing": COSINE,
    "nn.cosine_decay_lr": COSINE,
    "experimental.optim": "guide/packages",
    "mint.optim": WHICH,
    "value_and_grad": STEP,
    "ms.value_and_grad": STEP,
    "optimizer.step": STEP,
    "scheduler.step()": STEP,
    "zero_grad": STEP,
    "param_groups": GROUPS,
    'param_groups[0]["lr"]': READ,
    "state_dict": SAVE,
    "save_checkpoint": SAVE,
    "load_param_into_net": SAVE,
    "ops.assign": CHANGE,
    "get_lr": READ,
    "LearningRateSchedule": SCHEDULES,
    "LearningRateScheduler": RATE,
    # arguments
    "eps": ADAM,
    "weight_decay": DECAY,
    "last_epoch": RUN_SCHEDULES,
    "foreach": ARGUMENTS,
    "amsgrad": ADAM,
    "nesterov": BUILD,
    "order_params": GROUP_MEMBERS,
    "T_max": COSINE,
    "has_aux": STEP,
    # texts of errors
    "TypeError: For 'SGD', the argument 'weight_decay'": BUILD,
    "can't optimize a non-leaf Tensor": ARGUMENTS,
}

# Short words, and the first page that they find: as a word, or as a part of a name.
SHORT = {
    "sgd": SGD,
    "SGD": SGD,
    "adam": ADAM,
    "eps": ADAM,
    "L2": DECAY,
}

# What the site has nothing about; a subject that is added leaves this list.
NOT_COVERED = (
    "EMA",
    "SWA",
    "AMP",
    "DDP",
    "GAN",
    "mixed precision",
    "label smoothing",
    "data augmentation",
    "onnx export",
    "qwertyuiop",
    "混合精度",
    "自动混合精度",
    "标签平滑",
    "早停",
)
