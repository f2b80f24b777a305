"""From what a video is about to the moods of its music."""
