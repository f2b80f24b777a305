"""Writes for ever."""

import sys

from generator.curating.confined import confine_self

confine_self(int(sys.argv[1]))
while True:
    sys.stdout.write("more " * 100_000)
