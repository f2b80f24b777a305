"""Asks for a gigabyte."""

import sys

from generator.curating.confined import OUT_OF_MEMORY, confine_self

confine_self(int(sys.argv[1]))
try:
    bytearray(10**9)
except MemoryError:
    sys.exit(OUT_OF_MEMORY)
