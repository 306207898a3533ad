# %% tags=["setup"]
import mindspore as ms

net = ms.nn.Dense(3, 1, has_bias=False)

# %%
optimizer = ms.nn.SGD(
    net.trainable_params(), learning_rate=0.1, momentum=0.9
)
is_network_class = isinstance(optimizer, ms.nn.Cell)
print(is_network_class)

# %%
for name, parameter in optimizer.parameters_and_names():
    print(name, parameter.shape)

# %%
try:
    optimizer.load_state_dict(optimizer.state_dict())
    print("loaded")
except RuntimeError as error:
    refused = " ".join(str(error).split())
    print("RuntimeError:", refused)
