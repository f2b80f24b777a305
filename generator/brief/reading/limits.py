"""What a file with words may hold, and what the process that reads it may take.

Its memory and CPU time are those of generator.curating.limits: 512 MB and 6 s.
"""

LARGEST_TEXT_FILE = 2_000_000
LARGEST_FILE = 20_000_000
"""Bytes; a Word document has pictures, a plain text has none."""
LARGEST_INFO = 8_000_000
"""Bytes of a .info.json, which lists every format of its video."""
MOST_CHARACTERS = 200_000
"""Twice the script of a long film."""
LONGEST_DECODED = 8 * MOST_CHARACTERS
"""Characters of a text with its times, tables and markup still in it."""
MOST_PASSAGES = 10_000
LATEST_SECONDS = 24 * 3600.0
LONGEST_TITLE = 300
"""Characters; a longer title is cut."""

MOST_PARTS = 2_000
LARGEST_DOCUMENT = 20_000_000
"""Bytes of a Word document's text part, unpacked."""

WALL_SECONDS = 8
