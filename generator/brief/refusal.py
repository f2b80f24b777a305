"""Why what a creator handed in cannot be read, and what to do instead."""

from collections.abc import Mapping
from enum import StrEnum


class Refusal(StrEnum):
    """The named reasons; the values may be kept, and translated by, and never change."""

    MISSING = "missing"
    EMPTY = "empty"
    ONLY_EMOJI = "only_emoji"
    ONLY_LINK = "only_link"
    NO_WORDS = "no_words"
    OTHER_LANGUAGE = "other_language"
    TOO_LARGE = "too_large"
    TOO_MANY_CHARACTERS = "too_many_characters"
    TOO_MANY_PASSAGES = "too_many_passages"
    WRONG_KIND = "wrong_kind"
    BINARY = "binary"
    UNKNOWN_ENCODING = "unknown_encoding"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    UNSAFE_DOCUMENT = "unsafe_document"
    NOT_A_DOCUMENT = "not_a_document"
    DOCUMENT_TOO_LARGE = "document_too_large"
    TOO_MANY_PARTS = "too_many_parts"
    NO_CUES = "no_cues"
    TIMES_BACKWARDS = "times_backwards"
    TIME_TOO_LATE = "time_too_late"
    BROKEN_JSON = "broken_json"
    TOO_DEEP = "too_deep"
    NOT_INFO = "not_info"
    TOOK_TOO_LONG = "took_too_long"
    TOO_MUCH_MEMORY = "too_much_memory"
    NOT_A_VIDEO = "not_a_video"
    PLAYLIST = "playlist"
    NO_PICTURE = "no_picture"
    UNKNOWN_CODEC = "unknown_codec"
    NO_LENGTH = "no_length"
    VIDEO_TOO_LONG = "video_too_long"
    FRAME_TOO_LARGE = "frame_too_large"
    VIDEO_TRUNCATED = "video_truncated"
    VIDEO_UNREADABLE = "video_unreadable"


TEMPLATES: Mapping[Refusal, str] = {
    Refusal.MISSING: "The file is no longer here. Upload it again.",
    Refusal.EMPTY: "There is nothing in it. Write what the video is about, or upload a file with words.",
    Refusal.ONLY_EMOJI: "There are only emoji in it. Add a few words on what the video is about.",
    Refusal.ONLY_LINK: "There is only a link in it, and links are not followed. Paste the words themselves, "
    "or upload the file.",
    Refusal.NO_WORDS: "There are no words in it. Write a few on what the video is about.",
    Refusal.OTHER_LANGUAGE: "We read English, Korean and Chinese. Describe the video in one of them, or pick a mood.",
    Refusal.TOO_LARGE: "The file is larger than {largest_mb} MB. Upload a smaller one.",
    Refusal.TOO_MANY_CHARACTERS: "The text is longer than {most} characters. Shorten it.",
    Refusal.TOO_MANY_PASSAGES: "The file has more than {most} lines, shots or subtitles. Upload a shorter part of it.",
    Refusal.WRONG_KIND: "The file is a {found}, which cannot be read here. Upload words as .txt, .md, .docx, "
    ".srt, .vtt, .csv or .info.json, or a video as .mp4, .mov, .webm or .mkv.",
    Refusal.BINARY: "The file holds no text. Save the words as plain text and upload that.",
    Refusal.UNKNOWN_ENCODING: "The characters of the text could not be made out. Save it as UTF-8 and upload that.",
    Refusal.TRUNCATED: "The file breaks off before its end. Save or download it once more and upload it again.",
    Refusal.UNREADABLE: "The file could not be read. Save the words as plain text and upload that.",
    Refusal.UNSAFE_DOCUMENT: "The document refers to things outside itself. Save it anew as .docx, or as plain text.",
    Refusal.NOT_A_DOCUMENT: "The file is an archive, but no Word document. Save the words as .docx or as plain text.",
    Refusal.DOCUMENT_TOO_LARGE: "The document unpacks to more than {largest_mb} MB. "
    "Copy its words into a plain text file.",
    Refusal.TOO_MANY_PARTS: "The document has more than {most} parts. Copy its words into a plain text file.",
    Refusal.NO_CUES: "There are no subtitles in the file. Export the subtitles as .srt or .vtt again.",
    Refusal.TIMES_BACKWARDS: "Most of its times end before they start. "
    "Correct the times, or upload the words without them.",
    Refusal.TIME_TOO_LATE: "It has a time after {hours} hours. Correct the times, or upload the words without them.",
    Refusal.BROKEN_JSON: "The file is no proper JSON. Make the .info.json again with yt-dlp --write-info-json.",
    Refusal.TOO_DEEP: "The JSON is nested too deeply. Make the .info.json again with yt-dlp --write-info-json.",
    Refusal.NOT_INFO: "The JSON has neither a title, a description nor chapters. "
    "Upload the .info.json that yt-dlp --write-info-json writes.",
    Refusal.TOOK_TOO_LONG: "Reading the file took longer than {seconds} seconds. Upload a shorter or simpler one.",
    Refusal.TOO_MUCH_MEMORY: "Reading the file took too much memory. Upload a shorter or simpler one.",
    Refusal.NOT_A_VIDEO: "The file is no video that can be read here. Export the video as .mp4, .mov, .webm or .mkv.",
    Refusal.PLAYLIST: "The file is a list of other files, which are not opened. Upload the video itself.",
    Refusal.NO_PICTURE: "There is no picture in the file. Upload the video, not only its sound.",
    Refusal.UNKNOWN_CODEC: "The picture is stored as {codec}, which cannot be read here. "
    "Export the video as MP4 with H.264.",
    Refusal.NO_LENGTH: "The video has no length. Export it again and upload that.",
    Refusal.VIDEO_TOO_LONG: "The video is longer than {minutes} minutes. Upload a part of it.",
    Refusal.FRAME_TOO_LARGE: "The picture is {width} by {height}; at most {widest} by {widest_other} can be read. "
    "Export the video in a smaller size.",
    Refusal.VIDEO_TRUNCATED: "The video breaks off after {seconds} of {announced} seconds. Export or upload it again.",
    Refusal.VIDEO_UNREADABLE: "The video could not be read. Export it as MP4 with H.264 and upload that.",
}
"""One sentence or two each, in English, with the names of `values` in braces; a site may translate them one by one."""


class BriefRefused(ValueError):
    """Something handed in that cannot be read; whoever handed it in is told why by `message`.

    `values` are those that the template of `reason` names, numbers already rounded for reading.
    """

    def __init__(self, reason: Refusal, **values: str | int | float) -> None:
        self.reason = reason
        self.values: Mapping[str, str | int | float] = values
        self.message = TEMPLATES[reason].format(**values)
        super().__init__(self.message)

    def to_json(self) -> dict[str, object]:
        """`from_json` makes an equal refusal of it."""
        return {"reason": self.reason.value, "values": dict(self.values)}

    @classmethod
    def from_json(cls, written: Mapping[str, object]) -> "BriefRefused":
        """The refusal that `to_json` wrote."""
        values = written["values"]
        assert isinstance(values, dict)
        return cls(Refusal(str(written["reason"])), **values)
