"""What is typed and what is uploaded, read into passages with their times."""

from generator.brief.reading.files import read_file
from generator.brief.reading.words import read_words

__all__ = ["read_file", "read_words"]
