"""Work in a thread beside this one, told of and stopped from here."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Event

Progress = Callable[[float], None]

TOLD_EVERY = 0.1
"""Seconds from one word of progress to the next."""


class _GivenUp(Exception):
    """What the work beside is stopped with; nobody sees it."""


@contextmanager
def beside(work: Callable[[Progress], None], progress: Progress) -> Iterator[None]:
    """Do `work` while the body of the `with` runs, then wait for it; what it raises is raised then.

    `work` is given a progress to tell its share to, 0..1. `progress` is called in this thread, once the body has run.
    If it or the body raises, the work is stopped at its next word and waited for.
    """
    given_up = Event()
    share = 0.0

    def told(done: float) -> None:
        nonlocal share
        if given_up.is_set():
            raise _GivenUp
        share = done

    with ThreadPoolExecutor(1) as thread:
        going = thread.submit(work, told)
        try:
            yield
            while not wait([going], TOLD_EVERY).done:
                progress(share)
        except BaseException:
            given_up.set()
            raise
    going.result()
    progress(1)
