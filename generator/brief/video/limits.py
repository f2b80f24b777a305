"""What a video may be, what the processes that read it may take, and how finely it is looked at."""

LONGEST_VIDEO_SECONDS = 1800
LARGEST_VIDEO_FILE = 4_000_000_000
"""Bytes."""
WIDEST, WIDEST_OTHER = 4096, 2304
"""Pixels of the longer and the shorter side: a little more than 4K."""
MOST_PIXELS = WIDEST * WIDEST_OTHER

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space of each process: ffmpeg's libraries take a third of it before they read anything."""
LARGEST_COMPLAINT = 64_000_000
"""Bytes that ffmpeg may write about its troubles."""
LARGEST_ANSWER = 16_000_000
"""Bytes that the confined process may write."""
LARGEST_SUBTITLES = 2_000_000
"""Bytes of the subtitles inside a video."""
PROBE_SECONDS = 9.0
"""Wall-clock seconds within which the head of a file must be understood."""
FIXED_SECONDS, SECONDS_A_SECOND = 60.0, 2.0
"""Wall-clock seconds that the reading may take: so many, and so many for each that the video lasts."""

LONG_SIDE, SHORT_SIDE = 160, 90
"""Pixels of the picture as it is looked at."""
FEWEST_FRAMES, MOST_FRAMES = 1, 60
"""Frames a second."""
SAMPLES_A_SECOND = 4
SHORTEST_SECONDS = 0.1
QUIETEST = -70.0
"""LUFS, below which there is silence: the absolute gate of ITU-R BS.1770."""
