"""Files about videos for the tests: words in every form, Word documents part by part, and videos made by ffmpeg."""

import io
import subprocess
import zipfile
from pathlib import Path

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def srt(*cues: tuple[str, str, str]) -> str:
    """A SubRip text of cues (start, end, text), the times written as in the file."""
    return "".join(f"{n}\n{start} --> {end}\n{text}\n\n" for n, (start, end, text) in enumerate(cues, 1))


def cue(second: int, text: str) -> tuple[str, str, str]:
    """A cue of nine tenths of a second, within the first minute."""
    return f"00:00:{second:02d},000", f"00:00:{second:02d},900", text


def body(*paragraphs: str) -> str:
    """The text part of a Word document; a paragraph is XML between its tags."""
    inside = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
    return f"<w:document {NAMESPACE}><w:body>{inside}</w:body></w:document>"


def run(text: str) -> str:
    """A run of text in a paragraph."""
    return f"<w:r><w:t>{text}</w:t></w:r>"


def docx(part: str | bytes, *, name: str = "word/document.xml", others: int = 0) -> bytes:
    """A Word document of one part called `name`, and `others` more."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, part)
        for number in range(others):
            archive.writestr(f"word/media/{number}.xml", "x")
    return packed.getvalue()


def ffmpeg(path: Path, *words: str) -> Path:
    """The file that ffmpeg writes when it is called with these words."""
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *words, str(path)], check=True)
    return path


def video(path: Path, *scenes: tuple[str, float], sound: str | None = None, codec: tuple[str, ...] = ()) -> Path:
    """A video of scenes (ffmpeg's source without its size, seconds) at 25 frames a second, 160 by 90."""
    words = [
        word
        for source, seconds in scenes
        for word in (
            "-f",
            "lavfi",
            "-t",
            str(seconds),
            "-i",
            source + (":" if "=" in source else "=") + "s=160x90:r=25",
        )
    ]
    joined = f"concat=n={len(scenes)}:v=1:a=0,format=yuv420p[v]"
    length = sum(seconds for _, seconds in scenes)
    heard = ["-f", "lavfi", "-t", str(length), "-i", sound] if sound else []
    mapped = ["-map", f"{len(scenes)}:a"] if sound else []
    codec = codec or ("-c:v", "libx264", "-preset", "ultrafast")
    return ffmpeg(path, *words, *heard, "-filter_complex", joined, "-map", "[v]", *mapped, *codec)
