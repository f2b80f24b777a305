"""Melodies, their events on the grid, and what can be measured in their notes."""
