"""Helpers of the checks of this topic."""

from crosswalk import expect


def loss_gradients(side, weights):
    weight, bias = weights
    error = side.x @ weight.T + bias - side.y
    slope = 2 * error / error.size
    return [slope.T @ side.x, slope.sum(0)]


def start_weights(side):
    return [side.weight.astype(float), side.bias.astype(float)]


def outcomes_of(place, mindspore):
    found = mindspore.outcomes.items()
    return {
        name: kind
        for (where, name), kind in found
        if where == place
    }


def says(place, name, text, mindspore):
    message = mindspore.errors.get((place, name), "")
    found = text if text in message else message
    kind = mindspore.outcomes[place, name]
    expect.equal(text, found, name=name)
    wanted = (
        "ValueError"
        if name == "OptTFTWrapper"
        else "RuntimeError"
    )
    expect.equal(wanted, kind, name=f"{name}_type")
