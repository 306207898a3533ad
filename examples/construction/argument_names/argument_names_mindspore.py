# %% tags=["setup"]
import mindspore as ms
from mindspore.experimental import optim

model = ms.nn.Dense(3, 1)

# %%
optimizer = ms.nn.SGD(
    model.trainable_params(), learning_rate=0.01
)
print(f"{optimizer.learning_rate.item():.2f}")

experimental = optim.SGD(model.trainable_params(), lr=0.01)
rate = experimental.param_groups[0]["lr"]
print(f"{rate.item():.2f}")

# %%
try:
    ms.nn.SGD(model.trainable_params(), lr=0.01)
except TypeError as error:
    refused = str(error)
    print("TypeError:", refused)

# %%
plain = ms.nn.SGD(model.trainable_params())
default = plain.learning_rate.item()
print(f"{default:.3f}")
