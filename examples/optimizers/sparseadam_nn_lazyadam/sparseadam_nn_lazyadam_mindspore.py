# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.default_rng(0)
start = rng.normal(size=(5, 3)).astype(np.float32)
batches = rng.integers(0, 5, size=(60, 2)).tolist()

# %%
table = nn.EmbeddingLookup(5, 3, ms.Tensor(start), sparse=True)
optimizer = nn.LazyAdam(
    table.trainable_params(), learning_rate=0.01, eps=1e-2
)
optimizer.target = "CPU"


def forward(rows):
    return table(rows).square().sum()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)


@ms.jit
def train_step(rows):
    loss, gradients = grad_fn(rows)
    optimizer(gradients)
    return loss


weights = []
for rows in batches:
    train_step(ms.Tensor(rows, ms.int32))
    weights.append(table.embedding_table.asnumpy().copy())
print(weights[-1][0].round(4))
