"""A worker on one queue that runs its jobs in its own process.

It does not fork: a fork after torch's threads have run can hang. It outlives Redis' absences, and on SIGTERM finishes
the job at hand and goes.
"""

import contextlib
import logging
import os
import secrets
import signal
import socket
import sys
import time
from types import FrameType

import django_rq
import redis
from django.db import close_old_connections
from rq import Queue, SimpleWorker
from rq.job import Job

logger = logging.getLogger(__name__)

RETRY_SECONDS = 1.0


class QueueWorker(SimpleWorker):
    """rq's in-process worker with short patience: a dead one is noticed, and Redis is asked again, within seconds."""

    max_connection_wait_time = 2.0
    log_result_lifespan = False

    told_to_stop = False

    def handle_warm_shutdown_request(self) -> None:
        self.told_to_stop = True
        super().handle_warm_shutdown_request()  # type: ignore[no-untyped-call]

    def set_shutdown_requested_date(self) -> None:
        # Called inside the signal handler: with Redis away the error would end the job at hand.
        with contextlib.suppress(redis.RedisError):
            super().set_shutdown_requested_date()  # type: ignore[no-untyped-call]

    def execute_job(self, job: Job, queue: Queue) -> None:
        close_old_connections()
        try:
            super().execute_job(job, queue)
        finally:
            close_old_connections()


def run(name: str) -> None:
    """Works on the queue `name` until told to stop by SIGTERM or SIGINT."""
    while True:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _leave)
        worker = None
        try:
            queue = django_rq.get_queue(name)
            worker = QueueWorker(
                [queue],
                name=f"{name}-{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}",
                connection=queue.connection,
                serializer=queue.serializer,
                worker_ttl=60,
                maintenance_interval=60,
                log_job_description=False,
            )
            worker.work(logging_level="WARNING")
        except redis.RedisError as error:
            logger.warning("Redis is away (%s); trying again in %g s", error, RETRY_SECONDS)
        if worker is not None and worker.told_to_stop:
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _leave)
        time.sleep(RETRY_SECONDS)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)
