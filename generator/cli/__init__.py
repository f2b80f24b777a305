"""The commands of `python -m generator`, one a file."""
