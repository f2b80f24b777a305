"""`manage.py reconcile`: finds lost work and clears away what is left behind, every few seconds."""

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from emotionmusic.curation import files as curation_files
from emotionmusic.curation.services import requeue_waiting_pieces
from emotionmusic.library.file_services import reconcile_files, sweep_workplaces
from emotionmusic.library.services import purge_deleted, sweep_orphans
from emotionmusic.studio import services, unfinished_files
from emotionmusic.studio.brief_services import reconcile_briefs, tidy_briefs

EVERY_SECONDS = 3
TIDY_EVERY = 20
"""Rounds between two tidyings: a minute."""

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Give lost work to other workers and remove what nobody needs any more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, lambda *_: stop.set())
        rounds = 0
        while not stop.is_set():
            close_old_connections()
            try:
                services.reconcile()
                reconcile_briefs()
                reconcile_files()
                requeue_waiting_pieces()
                if rounds % TIDY_EVERY == 0:
                    unfinished_files.sweep()
                    tidy_briefs()
                    sweep_workplaces()
                    sweep_orphans()
                    purge_deleted()
                    curation_files.tidy()
            except DatabaseError:
                log.exception("this round failed; the next one tries again")
            rounds += 1
            if options["once"]:
                break
            stop.wait(EVERY_SECONDS)
