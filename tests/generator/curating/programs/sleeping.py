"""Sleeps for an hour."""

import sys
import time

from generator.curating.confined import confine_self

confine_self(int(sys.argv[1]))
time.sleep(3600)
