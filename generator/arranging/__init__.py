"""From a melody to a score that can be played: who plays it, how loud and how long each note is."""
