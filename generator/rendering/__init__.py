"""From a score to files: MIDI, synthesis, loudness, encoding, waveform."""
