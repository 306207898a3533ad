# %% tags=["setup"]
import mindspore as ms
import numpy as np

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(4, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)

net = ms.nn.Dense(
    3, 1, weight_init=ms.Tensor(start), has_bias=False
)


def forward():
    return net(x).square().mean()


# %%
optimizer = ms.nn.SGD(net.trainable_params(), learning_rate=0.1)
before = optimizer.learning_rate.asnumpy().copy()
print(before)

optimizer.learning_rate.copy_(ms.Tensor(0.01))
after = optimizer.learning_rate.asnumpy().copy()
print(after)

# %%
grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
loss, gradients = grad_fn()
optimizer(gradients)

gradient = gradients[0].asnumpy()
weight = net.weight.asnumpy()
print(weight.round(4))
