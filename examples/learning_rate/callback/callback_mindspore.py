# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore.dataset import NumpySlicesDataset
from mindspore.train import Callback, LearningRateScheduler, Model

rng = np.random.default_rng(0)
x = rng.normal(size=(6, 3)).astype(np.float32)
y = rng.normal(size=(6, 1)).astype(np.float32)
start = rng.normal(size=(1, 3)).astype(np.float32)

net = ms.nn.Dense(
    3, 1, weight_init=ms.Tensor(start), has_bias=False
)
loss_fn = ms.nn.MSELoss()
optimizer = ms.nn.SGD(net.trainable_params(), learning_rate=0.1)
dataset = NumpySlicesDataset((x, y), shuffle=False).batch(1)


# %%
def change(rate, step):
    return rate * 0.5 if step % 2 == 0 else rate


# %%
class Note(Callback):
    def on_train_step_begin(self, run_context):
        rates.append(optimizer.get_lr().asnumpy().item())


rates = []
model = Model(net, loss_fn, optimizer)
model.train(
    1, dataset, callbacks=[LearningRateScheduler(change), Note()]
)

weight = net.weight.asnumpy()
print([round(rate, 6) for rate in rates])
print(weight.round(4))
