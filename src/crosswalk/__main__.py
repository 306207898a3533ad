"""``python -m crosswalk`` is the command ``crosswalk``."""

import sys

from crosswalk.cli.main import main

sys.exit(main())
