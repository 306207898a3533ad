from crosswalk.parity.model import Subject

SUBJECT = Subject("torch.optim.Muon", base={}, cases=(), counterparts=())
