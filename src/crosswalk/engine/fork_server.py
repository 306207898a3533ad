"""End the fork server with the process that started it; imported first in it.

The children of the server hold the pipe by which it would notice, so without this
module all of them would outlive a killed front end.
"""

from crosswalk.engine import process

process.end_with_parent()
