# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn, ops

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(16, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(16, 2)).astype(np.float32))
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)

net = nn.Dense(3, 2, ms.Tensor(weight), ms.Tensor(bias))


# %%
class LBFGS:
    def __init__(
        self, params, lr=1.0, max_iter=20, history_size=100
    ):
        self.params, self.lr = list(params), lr
        self.max_iter, self.size = max_iter, history_size
        self.pairs, self.scale, self.last = [], 1.0, None

    def direction(self, grad):
        change = grad - self.last
        bend = change @ self.move
        if bend > 1e-10:
            pair = (self.move, change, bend)
            self.pairs = [*self.pairs, pair][-self.size :]
            self.scale = bend / (change @ change)
        d, shares = -grad, []
        for move, change, bend in reversed(self.pairs):
            shares.append(move @ d / bend)
            d = d - shares[-1] * change
        d = self.scale * d
        for move, change, bend in self.pairs:
            d = d + (shares.pop() - change @ d / bend) * move
        return d

    def step(self, grad_fn):
        loss, grad = first, _ = self.evaluate(grad_fn)
        for n in range(1, self.max_iter + 1):
            if grad.abs().max() <= 1e-7:
                break
            if self.last is None:
                d = -grad
                rate = self.lr / max(1.0, grad.abs().sum())
            else:
                d, rate = self.direction(grad), self.lr
            self.last, self.move = grad, rate * d
            if grad @ d > -1e-9:
                break
            start = 0
            for p in self.params:
                part = self.move[start : start + p.size]
                p.copy_(p + part.reshape(p.shape))
                start += p.size
            if (
                n == self.max_iter
                or self.move.abs().max() <= 1e-9
            ):
                break
            before = loss
            loss, grad = self.evaluate(grad_fn)
            if n + 1 >= self.max_iter * 5 // 4:
                break
            if abs(loss - before) < 1e-9:
                break
        return first

    def evaluate(self, grad_fn):
        loss, grads = grad_fn()
        return loss.item(), ops.cat([g.flatten() for g in grads])


optimizer = LBFGS(
    net.trainable_params(), lr=0.1, max_iter=4, history_size=5
)


def forward():
    return (net(x).tanh() - y).square().mean()


params = ms.ParameterTuple(optimizer.params)
grad_fn = ms.value_and_grad(forward, None, params)
losses, weights = [], []
for step in range(60):
    losses.append(optimizer.step(grad_fn))
    weights.append([p.asnumpy().copy() for p in optimizer.params])
print(round(losses[-1], 4), weights[-1][1].round(4))
