"""The process in which a file of words is read: `python -m generator.brief.reading.child PARENT NAME < FILE`.

It prints one JSON object, `{"material": …}` or `{"refused": {"reason": …, "values": …}}`.
"""

import json
import sys

from generator.brief.reading.limits import LARGEST_FILE
from generator.brief.refusal import BriefRefused
from generator.curating.confined import OUT_OF_MEMORY, confine_self


def main() -> None:
    """Confines this process, then reads what stdin holds."""
    confine_self(int(sys.argv[1]))
    try:
        verdict = _verdict(sys.stdin.buffer.read(LARGEST_FILE + 1), sys.argv[2])
        sys.stdout.buffer.write(json.dumps(verdict, ensure_ascii=False).encode())
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def _verdict(data: bytes, name: str) -> dict[str, object]:
    # The parsers come with this import, and must come under the limits.
    from generator.brief.reading.contents import read_contents

    try:
        return {"material": read_contents(data, name).to_json()}
    except BriefRefused as refused:
        return {"refused": refused.to_json()}


if __name__ == "__main__":
    main()
