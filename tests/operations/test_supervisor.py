"""The whole site under its supervisor: it starts, stays, and ends with every child."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time

import psutil
import pytest
import redis

from tests.stack import ROOT, Site, alive, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def running(tmp_path):
    """A site for one test alone, which may do to it what it likes."""
    site = Site(tmp_path)
    site.start()
    yield site
    if site.process is not None and site.process.poll() is None:
        site.stop(signal.SIGTERM)


def everybody(site: Site) -> list[psutil.Process]:
    return psutil.Process(site.pid).children(recursive=True)


def test_it_serves_hashed_static_files_and_says_where_it_is(running):
    wait_until(lambda: f"EmotionMusic is at {running.url}/" in running.said())
    page = fetch(running, "/")
    assert "/static/css/base." in page
    name = page.split("/static/css/base.")[1].split('"')[0]
    assert name != "css"
    assert "--paper" in fetch(running, page.split('href="')[2].split('"')[0])


def test_the_first_start_prints_a_drawn_password_once_and_the_second_is_quick(tmp_path):
    site = Site(tmp_path, EMOTIONMUSIC_ADMIN_PASSWORD="")
    site.start()
    assert site.stop() == 0
    assert site.said().count("with the password") == 1
    began = time.monotonic()
    site.start()
    took = time.monotonic() - began
    assert site.stop() == 0
    assert site.said().count("with the password") == 1
    assert took < 15


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_polite_signal_ends_every_child(running, number):
    wait_until(lambda: len(running.children()) >= 6)
    before = everybody(running)
    assert running.stop(number, within=15) == 0
    assert [process for process in before if alive(process)] == []
    assert not (running.var / "redis" / "url").exists()


def test_kill_9_of_the_supervisor_leaves_no_child(running):
    wait_until(lambda: len(running.children()) >= 6)
    before = everybody(running)
    os.kill(running.pid, signal.SIGKILL)
    running.process.wait()
    wait_until(lambda: not any(alive(process) for process in before), within=5, otherwise=lambda: str(before))
    running.start()
    assert running.answers()


@pytest.mark.parametrize("words", [("work", "compose"), ("work", "render"), ("web",)])
def test_a_child_that_dies_is_started_again_at_once(running, words):
    wait_until(lambda: len(running.children()) >= 6)
    victim, *others = running.children(*words)
    victim.kill()
    wait_until(lambda: not alive(victim))
    wait_until(lambda: len(running.children(*words)) == 1 + len(others), within=5, otherwise=running.said)
    assert victim.pid not in [child.pid for child in running.children()]
    wait_until(running.answers)


def test_redis_comes_back_at_the_same_address_with_its_data(running):
    url = (running.var / "redis" / "url").read_text().strip()
    assert stat.S_IMODE((running.var / "redis" / "url").stat().st_mode) == 0o600
    redis.Redis.from_url(url).set("kept", "yes")
    (server,) = [child for child in running.children() if "redis" in child.name()]
    server.kill()
    wait_until(lambda: ping(url), within=10, otherwise=running.said)
    assert redis.Redis.from_url(url).get("kept") == b"yes"


def test_redis_wants_its_password_and_no_process_list_shows_it(running):
    url = (running.var / "redis" / "url").read_text().strip()
    password = url.split(":", 2)[2].split("@")[0]
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(url.replace(f":{password}@", "")).ping()
    assert all(password not in " ".join(process.cmdline()) for process in everybody(running))


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


def test_a_second_supervisor_on_the_same_folder_is_refused(running):
    other = Site(running.var)
    said = serve_in_vain(other)
    assert said.splitlines() == [f"CommandError: EmotionMusic runs from {running.var} already."]
    assert running.answers()


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
        timeout=60,
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
