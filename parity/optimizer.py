from crosswalk.parity.model import LOSS_SCALE, Case, Counterpart, Subject


def in_torch(params, lr, momentum=0.9, weight_decay=0.0):
    import torch

    class Averaged(torch.optim.Optimizer):
        @torch.no_grad()
        def step(self):
            for group in self.param_groups:
                rest = 1 - group["momentum"]
                for param in group["params"]:
                    zeros = torch.zeros_like(param)
                    velocity = self.state[param].setdefault("velocity", zeros)
                    grad = param.grad + group["weight_decay"] * param
                    velocity.mul_(group["momentum"]).add_(grad, alpha=rest)
                    param.sub_(group["lr"] * velocity)

    given = {"lr": lr, "momentum": momentum, "weight_decay": weight_decay}
    return Averaged(params, given)


def in_nn(params, learning_rate, momentum=0.9, weight_decay=0.0):
    from mindspore import nn

    class Averaged(nn.Optimizer):
        def __init__(self):
            super().__init__(learning_rate, params, weight_decay)
            self.velocity = self.parameters.clone("velocity", init="zeros")

        def construct(self, gradients):
            gradients = self.decay_weight(gradients)
            rates = self.get_lr()
            self.assignadd(self.global_step, self.global_step_increase_tensor)
            for n, param in enumerate(self.parameters):
                rate = rates[n] if self.is_group_lr else rates
                rest = (1 - momentum) * gradients[n]
                velocity = momentum * self.velocity[n] + rest
                self.velocity[n].copy_(velocity)
                param.copy_(param - rate * velocity)
            return True

    return Averaged()


def in_experimental(params, lr, momentum=0.9, weight_decay=0.0):
    from mindspore.experimental import optim

    class Averaged(optim.Optimizer):
        def __init__(self):
            super().__init__(params, {"lr": lr, "weight_decay": weight_decay})
            self.velocity = self.parameters.clone("velocity", init="zeros")

        def construct(self, gradients):
            for number, group in enumerate(self.param_groups):
                first = self.group_start_id[number]
                for n in range(first, self.group_start_id[number + 1]):
                    param = self.parameters[n]
                    grad = gradients[n] + group["weight_decay"] * param
                    velocity = momentum * self.velocity[n] + (1 - momentum) * grad
                    self.velocity[n].copy_(velocity)
                    param.copy_(param - self.lrs[number] * velocity)
            return True

    return Averaged()


GIVEN = {"defaults": "They are what the subclass gives each group: here lr and others."}

SUBJECT = Subject(
    "torch.optim.Optimizer",
    base={"lr": 0.05},
    cases=(
        Case("lr 0.2", {"lr": 0.2}),
        Case("momentum 0.5", {"momentum": 0.5}),
        Case("weight decay 0.1", {"weight_decay": 0.1}),
        Case(
            "weight decay 0.1, names with gamma and beta",
            {"weight_decay": 0.1},
            parameters="norm",
        ),
        Case("momentum, weight decay", {"momentum": 0.5, "weight_decay": 0.1}),
        Case("two groups", groups=({"lr": 0.2}, {"weight_decay": 0.1})),
    ),
    counterparts=(
        Counterpart(
            "mindspore.nn.Optimizer",
            names={"lr": "learning_rate"},
            make=in_nn,
            unexercised={
                **LOSS_SCALE,
                "parameters": "They are what is trained, as params is elsewhere.",
            },
        ),
        Counterpart(
            "mindspore.experimental.optim.Optimizer",
            make=in_experimental,
            unexercised=GIVEN,
        ),
    ),
    unexercised=GIVEN,
    make=in_torch,
)
