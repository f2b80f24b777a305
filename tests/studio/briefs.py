"""Briefs for tests that are not about reading them."""

import uuid
from typing import Any

from django.utils import timezone

from emotionmusic.accounts.models import User
from emotionmusic.studio.brief_models import Brief, BriefState
from generator.brief.refusal import Refusal

WORDS = "A quiet morning at the lake.\n\nThen a storm breaks loose."


def segment(start: float, end: float, mood: str, valence: float, arousal: float, text: str, why: list[str]) -> dict:
    return {
        "start": start, "end": end, "text": text, "mood": mood, "valence": valence, "arousal": arousal,
        "intensity": 0.8, "confidence": 0.7, "moods": [[mood, 0.7]], "why": why,
    }  # fmt: skip


def timeline(**changed: Any) -> dict[str, Any]:
    """Twenty seconds of peace, then twenty of a storm, as generator.brief.timeline writes it."""
    overall = segment(0, 0, "tense", -0.3, 0.2, "", ["storm", "breaks"])
    return {
        "language": "en",
        "overall": {name: overall[name] for name in overall if name not in ("start", "end", "text")},
        "segments": [
            segment(0.0, 20.0, "peaceful", 0.6, -0.2, "A quiet morning at the lake.", ["quiet", "lake"]),
            segment(20.0, 40.0, "tense", -0.4, 0.3, "Then a <storm> breaks loose.", ["storm"]),
        ],
        "seconds": 40.0,
        "cuts": [],
        **changed,
    }


def kept_brief(owner: User, state: BriefState = BriefState.DONE, **fields: Any) -> Brief:
    """A row of the owner's in that state, with what belongs to it."""
    usual: dict[str, Any] = {"words": WORDS, "heartbeat_at": timezone.now()}
    if state == BriefState.DONE:
        usual |= {"timeline": timeline(), "percent": 100}
    if state == BriefState.READING:
        usual |= {"lease": uuid.uuid4(), "percent": 5}
    if state == BriefState.FAILED:
        usual |= {"refusal": {"reason": Refusal.ONLY_EMOJI, "values": {}}}
    return Brief.objects.create(owner=owner, state=state, **usual | fields)


def kept_video(owner: User, content: bytes = b"moving pictures", **fields: Any) -> Brief:
    """A brief whose uploaded video is still kept."""
    brief = kept_brief(owner, **{"file_name": "holiday.mp4", "file_bytes": len(content), "timed": True, **fields})
    brief.folder.mkdir(parents=True)
    brief.upload.write_bytes(content)
    return brief
