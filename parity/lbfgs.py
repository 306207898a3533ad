from crosswalk.parity.model import Subject

SUBJECT = Subject("torch.optim.LBFGS", base={}, cases=(), counterparts=())
