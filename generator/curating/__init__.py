"""From a MIDI file that nobody has vouched for to a melody that a curator can judge."""
