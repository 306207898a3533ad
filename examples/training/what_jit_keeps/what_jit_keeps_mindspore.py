# %% tags=["setup"]
import mindspore as ms
import numpy as np

np.random.seed(0)
ms.set_seed(0)
x = ms.Tensor([1.0, 2.0])
longer = ms.Tensor([1.0, 2.0, 3.0])
factor = 2.0
calls = []


# %%
@ms.jit
def scale(x):
    return x * factor


before = scale(x)
factor = 3.0
after = scale(x)
new_shape = scale(longer)
print(before, after, new_shape)


# %%
@ms.jit
def add_noise(x):
    calls.append("noise")
    return x + np.random.rand()


noisy = [add_noise(x).asnumpy() for _ in range(3)]
print(noisy[0] == noisy[1], len(calls))


# %%
net = ms.nn.Dropout(p=0.5)


@ms.jit
def forward(x):
    return net(x)


net.set_train()
trained = forward(ms.ops.ones(8))
net.set_train(False)
evaluated = forward(ms.ops.ones(8))
print(evaluated)
