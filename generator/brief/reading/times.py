"""Times as people write them in lists, as seconds."""

import re
from collections.abc import Iterable

_PLAIN = re.compile(r"(\d{1,11}(?:[.,]\d{1,9})?)\s*(?:s|sec|secs|seconds?|초|秒)?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,11}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9})?)")
_TIMECODE = re.compile(r"(\d{1,11}):(\d{1,2}):(\d{1,2})[:;](\d{1,2})")
_UNITS = re.compile(
    r"(?:(\d{1,6})\s*(?:h|hours?|시간|小时|小時)\s*)?(?:(\d{1,6})\s*(?:m|min|mins|minutes?|분|分)\s*)?"
    r"(?:(\d{1,6}(?:[.,]\d{1,6})?)\s*(?:s|sec|secs|seconds?|초|秒))?",
    re.IGNORECASE,
)
_LONGEST = 40
DROP_FRAME = 30_000 / 1001
RATES = (24.0, 25.0, 30.0, 50.0, 60.0)


def seconds_of(written: str, frame_rate: float = 25.0) -> float | None:
    """'75', '75.5', '1:15', '0:01:15.250', '00:01:15:12', '1m15s' or '1분 15초' as seconds; None for anything else.

    `12:34` is minutes and seconds. The frames of a timecode, after the third colon, last 1 / `frame_rate` s each;
    after a semicolon it is a drop-frame timecode, of 29.97 frames a second.
    """
    written = written.strip().strip("[]()")
    if not written or len(written) > _LONGEST:
        return None
    if plain := _PLAIN.fullmatch(written):
        return _number(plain[1])
    if clock := _CLOCK.fullmatch(written):
        return 3600 * _number(clock[1]) + 60 * _number(clock[2]) + _number(clock[3])
    if code := _TIMECODE.fullmatch(written):
        rate = DROP_FRAME if ";" in written else frame_rate
        return 3600 * _number(code[1]) + 60 * _number(code[2]) + _number(code[3]) + _number(code[4]) / rate
    if (units := _UNITS.fullmatch(written)) and any(units.groups()):
        return 3600 * _number(units[1]) + 60 * _number(units[2]) + _number(units[3])
    return None


def frame_rate_of(written: Iterable[str]) -> float:
    """The least usual frame rate under which all the timecodes can be; 25 where there are none.

    It is the likeliest: a list at 30 frames a second soon has a frame above 24.
    """
    frames = [int(code[4]) for code in map(_TIMECODE.fullmatch, (word.strip() for word in written)) if code]
    return next((rate for rate in RATES if max(frames) < rate), RATES[-1]) if frames else 25.0


def _number(digits: str | None) -> float:
    return float(digits.replace(",", ".")) if digits else 0.0
