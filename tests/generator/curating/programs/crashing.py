"""Kills itself with a signal, as a fault in a C library would."""

import os
import signal
import sys

from generator.curating.confined import confine_self

confine_self(int(sys.argv[1]))
os.kill(os.getpid(), signal.SIGSEGV)
