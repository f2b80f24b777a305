"""The networks, one a file, and the one form of checkpoint that they all share."""
