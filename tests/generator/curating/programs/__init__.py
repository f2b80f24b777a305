"""Modules that misbehave, each in one way, to be run confined."""
