"""Tells its environment."""

import os
import sys

from generator.curating.confined import confine_self

confine_self(int(sys.argv[1]))
print(dict(os.environ))
