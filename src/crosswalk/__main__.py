"""``python -m crosswalk``, the same program as the command ``crosswalk``."""

import sys

from crosswalk.cli.main import main

sys.exit(main())
