"""The whole site under its supervisor: it starts, stays, and ends with every child."""

import os
import signal
import socket
import stat
import subprocess
import sys

import psutil
import pytest
import redis

from tests.stack import PATIENCE, ROOT, Site, alive, wait_until

pytestmark = pytest.mark.slow

CHILDREN = 8
"""Redis, two web processes, a worker on each of four queues, the reconciler."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A site for the tests of this module, which draws the password of its admin."""
    site = Site(tmp_path_factory.mktemp("site"), EMOTIONMUSIC_ADMIN_PASSWORD="")
    yield site
    if site.process is not None and site.process.poll() is None:
        site.stop()


@pytest.fixture
def running(shared):
    """The site, running whole, whatever an earlier test has done to it."""
    if shared.process is None or shared.process.poll() is not None:
        shared.start()
    wait_until(lambda: len(shared.children()) == CHILDREN, otherwise=shared.said)
    wait_until(shared.answers)
    return shared


def everybody(site: Site) -> list[psutil.Process]:
    return psutil.Process(site.pid).children(recursive=True)


def test_it_serves_hashed_static_files_and_says_where_it_is(running):
    wait_until(lambda: f"EmotionMusic is at {running.url}/" in running.said())
    page = fetch(running, "/")
    assert "/static/css/base." in page
    name = page.split("/static/css/base.")[1].split('"')[0]
    assert name != "css"
    assert "--paper" in fetch(running, page.split('href="')[2].split('"')[0])


def test_redis_wants_its_password_and_no_process_list_shows_it(running):
    url = (running.var / "redis" / "url").read_text().strip()
    password = url.split(":", 2)[2].split("@")[0]
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(url.replace(f":{password}@", "")).ping()
    assert all(password not in " ".join(process.cmdline()) for process in everybody(running))


def test_a_second_supervisor_on_the_same_folder_is_refused(running):
    other = Site(running.var)
    said = serve_in_vain(other)
    assert said.splitlines() == [f"CommandError: EmotionMusic runs from {running.var} already."]
    assert running.answers()


@pytest.mark.parametrize("words", [("work", "compose"), ("work", "render"), ("web",)])
def test_a_child_that_dies_is_started_again_at_once(running, words):
    victim, *others = running.children(*words)
    said = len(running.said())
    victim.kill()
    wait_until(lambda: not alive(victim), otherwise=running.said)
    # A new child is known by its words a moment after it is there.
    wait_until(lambda: len(running.children(*words)) == 1 + len(others), otherwise=running.said)
    (line,) = [line for line in running.said()[said:].splitlines() if "starting it again" in line]
    assert line.endswith("starting it again"), "it names seconds when it waits first"
    wait_until(running.answers)


def test_redis_comes_back_at_the_same_address_with_its_data(running):
    url = (running.var / "redis" / "url").read_text().strip()
    assert stat.S_IMODE((running.var / "redis" / "url").stat().st_mode) == 0o600
    redis.Redis.from_url(url).set("kept", "yes")
    (server,) = [child for child in running.children() if "redis" in child.name()]
    server.kill()
    wait_until(lambda: not alive(server))
    wait_until(lambda: ping(url), otherwise=running.said)
    assert redis.Redis.from_url(url).get("kept") == b"yes"


def test_kill_9_of_the_supervisor_leaves_no_child(running):
    before = everybody(running)
    os.kill(running.pid, signal.SIGKILL)
    running.process.wait()
    wait_until(lambda: not any(alive(process) for process in before), otherwise=lambda: str(before))
    running.start()
    assert running.answers()


def test_the_first_start_prints_a_drawn_password_and_the_second_prints_none(running):
    assert running.stop() == 0
    running.start()
    assert running.said().count("with the password") == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_polite_signal_ends_every_child(running, number):
    before = everybody(running)
    said = len(running.said())
    assert running.stop(number) == 0
    assert [process for process in before if alive(process)] == []
    assert "Killed" not in running.said()[said:]
    assert not (running.var / "redis" / "url").exists()


def test_a_port_in_use_is_one_clear_line(tmp_path):
    site = Site(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", site.port))
        taken.listen()
        said = serve_in_vain(site)
    assert said.splitlines() == [
        f"CommandError: Port {site.port} is in use. Stop what runs there, or choose another: "
        f"PORT={site.port % 65535 + 1} make run"
    ]


def test_a_failed_check_stops_the_start_in_clear_words(tmp_path):
    said = serve_in_vain(Site(tmp_path, SOUNDFONT=str(tmp_path / "none.sf2")))
    assert "none.sf2 cannot be read" in said
    assert "emotionmusic.E001" in said
    assert "Traceback" not in said


def serve_in_vain(site: Site) -> str:
    """What `manage.py serve` says when it refuses to start."""
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=site.env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    return done.stderr


def fetch(site: Site, path: str) -> str:
    return subprocess.run(["curl", "-sf", site.url + path], capture_output=True, text=True, check=True).stdout


def ping(url: str) -> bool:
    try:
        return bool(redis.Redis.from_url(url, socket_connect_timeout=1).ping())
    except redis.RedisError:
        return False
