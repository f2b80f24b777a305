"""Workers killed with -9 at random moments: no track is lost, none is doubled.

The full number: KILLS=20 GENERATIONS=40 pytest tests/studio/test_lost_workers.py
"""

import os
import random
import sqlite3
import subprocess
import sys
import time
import uuid
from collections import Counter
from contextlib import closing

import psutil
import pytest

from tests.stack import PATIENCE, ROOT, Site, wait_until
from tests.visitor import Visitor

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KILLS", "4"))
GENERATIONS = int(os.environ.get("GENERATIONS", "8"))
SEED = int(os.environ.get("SEED", "1"))
OVER = {"done", "failed", "cancelled"}


@pytest.fixture
def own_site(tmp_path):
    """A site of this test's own, which lets one creator have many tracks under way."""
    with Site(tmp_path, GENERATIONS_AT_ONCE="100") as running:
        yield running


def rows(site: Site, what: str) -> list[tuple]:
    with closing(sqlite3.connect(f"file:{site.var / 'db.sqlite3'}?mode=ro", uri=True, timeout=PATIENCE)) as database:
        return database.execute(what).fetchall()


def states(site: Site) -> Counter[str]:
    return Counter(state for (state,) in rows(site, "SELECT state FROM studio_generation"))


def workers(site: Site) -> list:
    return [*site.children("work", "compose"), *site.children("work", "render")]


def encoders(site: Site) -> list[psutil.Process]:
    """The running ffmpegs that work in the site's folder, whoever their parent is."""
    found = psutil.process_iter(["name", "cmdline"])
    return [one for one in found if one.info["name"] == "ffmpeg" and str(site.var) in " ".join(one.info["cmdline"])]


def tidy(site: Site) -> None:
    """One round of the reconciler, which begins by clearing away."""
    command = [sys.executable, "manage.py", "reconcile", "--once"]
    subprocess.run(command, cwd=ROOT, env=site.env, check=True, capture_output=True, timeout=PATIENCE)


def test_of_the_work_of_killed_workers_nothing_is_lost_and_nothing_doubled(own_site):
    chance = random.Random(SEED)
    visitor = Visitor(own_site).sign_up()
    # From here on the workers are warm: the kills hit work, not start-up.
    visitor.finished_track()
    wished = {visitor.wish(seconds="10", seed=str(number)) for number in range(GENERATIONS)}

    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 2.0))
        wait_until(lambda: workers(own_site))
        chance.choice(workers(own_site)).kill()
    killed_at = time.monotonic()
    wait_until(
        lambda: set(states(own_site)) <= OVER,
        within=300,
        otherwise=lambda: f"{states(own_site)}\n{own_site.said()}",
    )
    took = time.monotonic() - killed_at

    ended = rows(own_site, "SELECT id, state, reason, track_id, attempt FROM studio_generation")
    lost_workers = sum(attempt for *_, attempt in ended)
    print(f"{KILLS} kills, {states(own_site)}, {lost_workers} steps begun again, {took:.0f} s after the last kill")
    assert wished < {str(uuid.UUID(identity)) for identity, *_ in ended}
    assert len(ended) == GENERATIONS + 1
    for _, state, reason, track, _ in ended:
        assert (state == "done") == (track is not None)
        assert (state == "failed") == bool(reason)
    kept = {track for _, _, _, track, _ in ended if track}
    assert {track for (track,) in rows(own_site, "SELECT id FROM library_track")} == kept
    assert len(kept) == states(own_site)["done"]
    folders = {folder.name.replace("-", ""): folder for folder in (own_site.var / "media" / "tracks").glob("*")}
    assert kept <= set(folders)
    for track in kept:
        files = {file.name: file.stat().st_size for file in folders[track].iterdir()}
        assert set(files) == {"track.wav", "track.mp3", "track.mid", "track.json"}
        assert files["track.wav"] > 10 * 44_100 * 4
        assert all(files.values())
    assert not encoders(own_site), "ffmpeg outlives no worker"
    tidy(own_site)
    assert not list((own_site.var / "media" / "unfinished").glob("*"))
