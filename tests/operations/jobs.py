"""Jobs for the worker's tests; they leave marks in files, since they run in another process."""

import os
import threading
import time
from pathlib import Path


def mark(path: str) -> None:
    Path(path).write_text(f"{os.getpid()} {threading.current_thread() is threading.main_thread()}")


def mark_slowly(started: str, ended: str, seconds: float) -> None:
    Path(started).touch()
    time.sleep(seconds)
    Path(ended).touch()
