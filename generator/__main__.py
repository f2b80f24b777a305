"""`python -m generator`: the composer from a terminal."""

import sys

from generator.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
