from crosswalk import expect


def sgd(pytorch, mindspore):
    """In Graph mode `mindspore.mint.optim.SGD` with momentum gives the
    weights of `torch.optim.SGD` after three steps, without `@ms.jit`.
    """
    theirs, ours = (
        pytorch.weights["SGD"],
        mindspore.weights["SGD"],
    )
    expect.close(theirs, ours, name="both")


def adam(pytorch, mindspore):
    """In Graph mode `mindspore.mint.optim.Adam` with `eps=1e-2` gives the
    weights of `torch.optim.Adam` after three steps, without `@ms.jit`.
    """
    theirs, ours = (
        pytorch.weights["Adam"],
        mindspore.weights["Adam"],
    )
    expect.close(theirs, ours, name="both")
