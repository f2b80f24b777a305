"""A video read for what its picture, its sound and its subtitles tell of mood; faces are not looked at."""

from generator.brief.video.analysing import read_video
from generator.brief.video.prior import video_prior
from generator.brief.video.reading import VideoReading

__all__ = ["VideoReading", "read_video", "video_prior"]
