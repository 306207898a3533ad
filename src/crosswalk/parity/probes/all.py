"""All probes, in the order in which they measure.

`ResumeProbe` changes the learning rate with code that `ChangeProbe` found effective.
"""

from crosswalk.parity.probes import Probe
from crosswalk.parity.probes.change import ChangeProbe
from crosswalk.parity.probes.resume import ResumeProbe
from crosswalk.parity.probes.schedule import ScheduleProbe
from crosswalk.parity.probes.signature import SignatureProbe
from crosswalk.parity.probes.trajectory import TrajectoryProbe
from crosswalk.parity.probes.types import TypesProbe

PROBES: tuple[type[Probe], ...] = (
    ChangeProbe,
    ResumeProbe,
    TrajectoryProbe,
    ScheduleProbe,
    TypesProbe,
    SignatureProbe,
)
