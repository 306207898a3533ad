import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import mint, nn
from mindspore.experimental import optim

START = np.random.default_rng(1).normal(size=(16, 16))
GRADIENTS = np.random.default_rng(2).normal(size=(20, 16, 16))


def same_weights(pytorch, mindspore):
    """In the example, with `lr=0.02`, otherwise the defaults, and a matrix of
    4 by 8, the class `Muon` of the MindSpore recipe, a subclass of
    `mindspore.experimental.optim.Optimizer`, matches `torch.optim.Muon` after
    each of the 60 steps, to within 1e-4.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights,
        mindspore.weights,
        tolerance=1e-4,
        name="weights",
    )


def same_for_every_shape(pytorch, mindspore):
    """With the default arguments, gradients of about 1 and matrices of 4 by
    16, 8 by 8 and 16 by 4, the class `Muon` of the MindSpore recipe matches
    `torch.optim.Muon` after each of 20 steps to within 1e-4, because a last
    bit may round differently in bfloat16.
    """
    for rows, columns in ((4, 16), (8, 8), (16, 4)):
        shape = np.s_[..., :rows, :columns]
        theirs = _pytorch(torch.optim.Muon, shape)
        ours = _mindspore(mindspore.Muon, shape)
        expect.close(
            theirs,
            ours,
            tolerance=1e-4,
            name=f"{rows}_by_{columns}",
        )


def same_under_jit(pytorch, mindspore):
    """With its call compiled with `@ms.jit`, the default arguments, gradients
    of about 1 and a matrix of 4 by 6, the class `Muon` of the MindSpore recipe
    matches `torch.optim.Muon` after each of 20 steps, to within 1e-4.
    """

    def build(params):
        optimizer = mindspore.Muon(params)

        @ms.jit
        def step(gradients):
            return optimizer(gradients)

        return step

    expect.close(
        _pytorch(torch.optim.Muon),
        _mindspore(build),
        tolerance=1e-4,
        name="weights",
    )


def same_in_groups(pytorch, mindspore):
    """With `lr=0.02`, `weight_decay=0.3` and `momentum=0.5` set in one group,
    `momentum=0.8` in another, a matrix of 4 by 6 in each and gradients of
    about 1, the class `Muon` of the MindSpore recipe matches
    `torch.optim.Muon` with the same groups after each of 20 steps, to within
    1e-4.
    """
    starts = [START[:4, :6], START[4:8, :6]]
    theirs = [
        torch.nn.Parameter(torch.tensor(start).float())
        for start in starts
    ]
    ours = [
        ms.Parameter(ms.Tensor(start, ms.float32), name=name)
        for name, start in zip("ab", starts, strict=True)
    ]
    optimizer = torch.optim.Muon(_groups(*theirs))
    recipe = mindspore.Muon(_groups(*ours))
    rows = [], []
    for gradient in GRADIENTS:
        slopes = [gradient[:4, :6], gradient[4:8, :6]]
        for param, slope in zip(theirs, slopes, strict=True):
            param.grad = torch.tensor(slope).float()
        optimizer.step()
        recipe(tuple(ms.Tensor(s, ms.float32) for s in slopes))
        rows[0].append(
            [p.numpy(force=True).copy() for p in theirs]
        )
        rows[1].append([p.asnumpy().copy() for p in ours])
    expect.close(*rows, tolerance=1e-4, name="weights")


def rounded_to_bfloat16(pytorch, mindspore):
    """`torch.optim.Muon` runs the Newton-Schulz steps in
    bfloat16. The recipe rounds to bfloat16 after every product,
    and one orthogonalized matrix of 16 by 16 matches PyTorch to
    within 1e-3. The same steps in float32 give a matrix with a
    relative error of at least 1 %.
    """
    gradient = GRADIENTS[0, :16, :16]
    theirs = _one_update(gradient)
    ours = mindspore.orthogonal(ms.Tensor(gradient, ms.float32))
    expect.close(theirs, ours, tolerance=1e-3, name="bfloat16")
    unrounded = _orthogonal(gradient.astype(np.float32))
    expect.apart(theirs, unrounded, at_least=0.01, name="float32")


def no_matmul_in_bfloat16(pytorch, mindspore):
    """In PyNative mode on CPU, `@` of two bfloat16 matrices
    raises `TypeError` in MindSpore, so the recipe rounds float32
    products instead.
    """
    tensor = ms.Tensor(START[:4, :4], ms.bfloat16)
    expect.raises(
        TypeError,
        lambda: tensor @ tensor,
        match="Unsupported data type",
        name="product",
    )


def no_counterpart(pytorch, mindspore):
    """`mindspore.nn`, `mindspore.experimental.optim` and
    `mindspore.mint.optim` have no `Muon`.
    """
    for place in (nn, optim, mint.optim):
        expect.equal(
            False, hasattr(place, "Muon"), name=place.__name__
        )


def refuses_vectors(pytorch, mindspore):
    """`torch.optim.Muon` raises `ValueError` when it is built
    with a parameter of one dimension. The class `Muon` of the
    MindSpore recipe accepts such a parameter and raises
    `IndexError` at its first step.
    """
    expect.raises(
        ValueError,
        lambda: torch.optim.Muon(
            [torch.nn.Parameter(torch.ones(3))]
        ),
        match="only supports 2D parameters",
        name="pytorch",
    )
    param = ms.Parameter(ms.Tensor([1.0, 2.0]), name="vector")
    optimizer = mindspore.Muon([param])
    expect.raises(
        IndexError,
        lambda: optimizer((ms.Tensor([1.0, 1.0]),)),
        match="out of range",
        name="mindspore",
    )


def _groups(first, second):
    options = {"lr": 0.02, "weight_decay": 0.3, "momentum": 0.5}
    return [
        {"params": [first], **options},
        {"params": [second], "momentum": 0.8},
    ]


def _one_update(gradient):
    param = torch.nn.Parameter(torch.zeros(16, 16))
    param.grad = torch.tensor(gradient).float()
    options = {"lr": 1.0, "weight_decay": 0.0, "momentum": 0.0}
    torch.optim.Muon([param], **options).step()
    return -param.detach()


def _orthogonal(u):
    u = u / np.linalg.norm(u)
    for _ in range(5):
        gram = u @ u.T
        gram = -4.7750 * gram + 2.0315 * (gram @ gram)
        u = 3.4445 * u + gram @ u
    return u


def _pytorch(build, shape=np.s_[..., :4, :6]):
    param = torch.nn.Parameter(torch.tensor(START[shape]).float())
    optimizer = build([param])
    rows = []
    for gradient in GRADIENTS[shape]:
        param.grad = torch.tensor(gradient).float()
        optimizer.step()
        rows.append(param.numpy(force=True).copy())
    return np.array(rows)


def _mindspore(build, shape=np.s_[..., :4, :6]):
    param = ms.Parameter(
        ms.Tensor(START[shape], ms.float32), name="weight"
    )
    optimizer = build([param])
    rows = []
    for gradient in GRADIENTS[shape]:
        optimizer((ms.Tensor(gradient, ms.float32),))
        rows.append(param.asnumpy().copy())
    return np.array(rows)
