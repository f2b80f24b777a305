"""The worker: in its own process, through Redis' absences, and never in the middle of a job."""

import os
import signal
import subprocess
import sys
from functools import partial

import django_rq
import pytest

from emotionmusic.operations import processes
from tests.operations import jobs
from tests.stack import PATIENCE, ROOT, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def start_worker(redis_url, tmp_path):
    """`start_worker("compose")` runs `manage.py work compose` and ends it after the test."""
    started = []

    def start(queue: str) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "work", queue],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "emotionmusic.settings",
                "EMOTIONMUSIC_VAR": str(tmp_path),
                "REDIS_URL": redis_url,
            },
            stderr=(tmp_path / "worker.log").open("ab"),
            preexec_fn=partial(processes.die_with_parent, os.getpid()),
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def test_a_job_runs_in_the_workers_main_thread_and_the_idle_worker_goes_at_once(start_worker, tmp_path):
    worker = start_worker("compose")
    django_rq.get_queue("compose").enqueue(jobs.mark, str(tmp_path / "mark"))
    wait_until((tmp_path / "mark").exists)
    wait_until(lambda: (tmp_path / "mark").read_text() == f"{worker.pid} True")
    worker.send_signal(signal.SIGTERM)
    # It has just asked Redis for work, with which it would wait three quarters of a minute.
    assert worker.wait(20) == 0


def test_a_worker_leaves_other_queues_alone(start_worker, tmp_path):
    start_worker("render")
    django_rq.get_queue("compose").enqueue(jobs.mark, str(tmp_path / "other"))
    django_rq.get_queue("render").enqueue(jobs.mark, str(tmp_path / "own"))
    wait_until((tmp_path / "own").exists)
    assert not (tmp_path / "other").exists()


def test_sigterm_lets_the_job_at_hand_finish_and_takes_no_other(start_worker, tmp_path):
    worker = start_worker("compose")
    queue = django_rq.get_queue("compose")
    queue.enqueue(jobs.mark_slowly, str(tmp_path / "started"), str(tmp_path / "ended"), 1.5)
    queue.enqueue(jobs.mark, str(tmp_path / "next"))
    wait_until((tmp_path / "started").exists)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE) == 0
    assert (tmp_path / "ended").exists()
    assert not (tmp_path / "next").exists()


def test_a_worker_outlives_redis(start_worker, redis_server, tmp_path):
    worker = start_worker("compose")
    queue = django_rq.get_queue("compose")
    queue.enqueue(jobs.mark, str(tmp_path / "before"))
    wait_until((tmp_path / "before").exists)
    redis_server.stop()
    try:
        wait_until(lambda: (tmp_path / "worker.log").read_bytes().count(b"could not connect to Redis") > 1)
    finally:
        redis_server.start()
    queue.enqueue(jobs.mark, str(tmp_path / "after"))
    wait_until((tmp_path / "after").exists)
    wait_until(lambda: (tmp_path / "after").read_text().startswith(f"{worker.pid} "))


def test_a_worker_that_waits_for_redis_can_be_told_to_go(start_worker, redis_server, tmp_path):
    redis_server.stop()
    try:
        worker = start_worker("compose")
        wait_until(lambda: b"Redis is away" in (tmp_path / "worker.log").read_bytes())
        assert worker.poll() is None
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE) == 0
    finally:
        redis_server.start()


def test_an_unknown_queue_is_refused():
    done = subprocess.run(
        [sys.executable, "manage.py", "work", "nonsense"], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode != 0
    assert b"invalid choice: 'nonsense'" in done.stderr
