"""What the fork server imports first: it ends with the process that started it.

Its processes hold the pipe by which it would notice, so that without this all of
them would outlive a front end that is killed.
"""

from crosswalk.engine import process

process.end_with_parent()
