"""Which column of a shot list holds what: by its heading in three languages, or by what stands in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.brief.reading.times import seconds_of


def _words(together: str) -> tuple[str, ...]:
    return tuple(together.split())


_STARTS = _words(
    "start begin from in timein tcin inpoint starttime startin time timecode timestamp tc recordin sourcein at "
    "시작 시작시간 부터 시간 타임코드 开始 开始时间 起始 入点 时间 時間 開始 開始時間 入點 时间码 時間碼"
)
_ENDS = _words(
    "end stop to out timeout tcout outpoint endtime finish recordout sourceout until "
    "끝 종료 종료시간 까지 结束 结束时间 出点 結束 結束時間 出點"
)
_LASTS = _words("duration length dur len lasts seconds sec 길이 재생시간 时长 長度 时间长度 時長 长度")
_NUMBERS = _words(
    "no number nr id index shot shotno shotnumber scene scenenumber sceneno cut 번호 컷 씬 序号 镜号 編號 鏡號 编号"
)
_TEXTS = _words(
    "text description action content contents subtitle subtitles caption captions dialogue dialog line voiceover vo "
    "narration what visual visuals notes note comment summary title name script mood "
    "내용 설명 장면 대사 자막 화면 나레이션 비고 描述 内容 画面 字幕 台词 旁白 說明 內容 畫面 臺詞 台詞 备注 備註 说明"
)
_RATE = re.compile(r"(\d{2}(?:\.\d{1,3})?)\s*fps|fps\s*:?\s*(\d{2}(?:\.\d{1,3})?)", re.IGNORECASE)
_MOST_OF_A_COLUMN = 0.8


@dataclass(frozen=True)
class Columns:
    """The numbers of the columns, from 0; None where there is none. `texts` are read in this order."""

    start: int | None
    end: int | None
    lasts: int | None
    texts: tuple[int, ...]
    has_heading: bool
    frame_rate: float | None = None


def columns_of(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a list with a start and a text; None where it is no such list. All rows are of one length."""
    heading = [re.sub(r"[\W_]+", "", re.sub(r"\(.*?\)|\[.*?\]", "", cell)).lower() for cell in rows[0]]
    has_heading = not any(seconds_of(cell) is not None for cell in rows[0]) and any(
        word in (*_STARTS, *_ENDS, *_LASTS, *_TEXTS) for word in heading
    )
    body = rows[1:] if has_heading else rows
    if not body:
        return None
    timed = [column for column in range(len(rows[0])) if _is_timed([row[column] for row in body])]
    roles = _by_heading(heading, timed) if has_heading else _by_content(body, timed)
    start, end, lasts = roles
    taken = {*roles} - {None}
    others = [column for column in range(len(rows[0])) if column not in taken and column not in timed]
    texts = [column for column in others if has_heading and heading[column] in _TEXTS] or others
    texts = [column for column in texts if any(any(map(str.isalpha, row[column])) for row in body)]
    rate = _RATE.search(" ".join(rows[0])) if has_heading else None
    if not texts or start is None:
        return None
    return Columns(start, end, lasts, tuple(texts), has_heading, float(rate[1] or rate[2]) if rate else None)


def _is_timed(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    times = sum(seconds_of(cell) is not None for cell in filled)
    return bool(filled) and times >= _MOST_OF_A_COLUMN * len(filled)


def _by_heading(heading: list[str], timed: list[int]) -> tuple[int | None, int | None, int | None]:
    def named(names: tuple[str, ...]) -> int | None:
        return next((column for name in names for column in timed if heading[column] == name), None)

    start, end, lasts = named(_STARTS), named(_ENDS), named(_LASTS)
    if start is None:
        unnamed = [column for column in timed if column not in (end, lasts) and heading[column] not in _NUMBERS]
        start = unnamed[0] if unnamed else None
    return start, end, lasts


def _by_content(body: Sequence[Sequence[str]], timed: list[int]) -> tuple[int | None, int | None, int | None]:
    """The first two columns of times; one that merely counts its rows is none of them."""
    counted = [column for column in timed if _counts_rows([row[column] for row in body])]
    if len(timed) > len(counted):
        timed = [column for column in timed if column not in counted]
    if len(timed) < 2:
        return (timed[0] if timed else None), None, None
    first = [seconds_of(row[timed[0]]) for row in body]
    second = [seconds_of(row[timed[1]]) for row in body]
    pairs = [(one, other) for one, other in zip(first, second, strict=True) if one is not None and other is not None]
    if sum(other < one for one, other in pairs) * 2 <= len(pairs):
        return timed[0], timed[1], None
    # The later column is smaller: it says how long each lasts, or the end stands before the start.
    starts = [one for one, _ in pairs]
    if starts == sorted(starts) and all(
        one + other <= following + 1e-6 for (one, other), following in zip(pairs, starts[1:], strict=False)
    ):
        return timed[0], None, timed[1]
    return timed[1], timed[0], None


def _counts_rows(cells: Sequence[str]) -> bool:
    numbers = [int(cell) for cell in cells if cell.strip().isascii() and cell.strip().isdigit() and len(cell) < 9]
    return len(numbers) == len(cells) and all(b - a == 1 for a, b in pairwise(numbers))
