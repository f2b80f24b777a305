"""A curator's way through the collection in a real Chromium, on the whole running site."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.generator.curating.files import meta, scale_file, wav_bytes
from tests.stack import ADMIN, wait_until

pytestmark = pytest.mark.browser


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What the browser complains of: errors of scripts, missing files, breaches of the security policy."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # Django's admin names no icon, so that the browser asks for the usual one.
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            found.append(message.text)

    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", note)
    return found


def test_an_admin_uploads_files_hears_a_melody_and_approves_it(page: Page, tmp_path: Path, faults: list[str]) -> None:
    (tmp_path / "good.mid").write_bytes(scale_file(meta(0x03, b"<b>Browser</b> tune")))
    (tmp_path / "sound.mid").write_bytes(wav_bytes())
    page.goto("/admin/")
    page.get_by_label("Email").fill(ADMIN[0])
    page.get_by_label("Password").fill(ADMIN[1])
    page.get_by_role("button", name="Sign in").click()
    page.goto("/admin/curation/trainingpiece/")
    page.get_by_role("link", name="Upload MIDI files").click()
    page.get_by_label("MIDI files").set_input_files([tmp_path / "good.mid", tmp_path / "sound.mid"])
    page.get_by_label("Source").fill("A notebook")
    page.get_by_label("Licence").select_option("Public domain")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text(re.compile("sound.mid: This is not a MIDI file"))).to_be_visible()

    page.get_by_role("link", name="good.mid").click()
    # The page looks again by itself until the check is done.
    expect(page.get_by_role("heading", name="<b>Browser</b> tune")).to_be_visible()
    expect(page.get_by_text("Waiting for review")).to_be_visible()
    expect(page.locator(".piano-roll__note")).to_have_count(32)
    sound = page.locator("audio")
    if not sound.count():
        page.reload()
    expect(sound).to_be_visible()
    sound.evaluate("audio => audio.play()")
    wait_until(lambda: sound.evaluate("audio => audio.currentTime") > 0.5)
    sound.evaluate("audio => { audio.currentTime = 6 }")
    wait_until(lambda: sound.evaluate("audio => audio.currentTime") > 6.2)

    page.get_by_label("Title").fill("A tune from the browser")
    page.get_by_label("Mood").select_option("Hopeful")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("“A tune from the browser”: Approved.")).to_be_visible()
    page.goto("/admin/curation/trainingpiece/?mood=hopeful")
    page.get_by_role("link", name="A tune from the browser").click()
    page.get_by_label("Mood").select_option("Peaceful")
    page.get_by_role("button", name="Keep this label").click()
    expect(page.get_by_text("“A tune from the browser”: Labelled peaceful.")).to_be_visible()
    assert faults == []


def test_the_review_page_fits_a_phone(page: Page, tmp_path: Path) -> None:
    (tmp_path / "narrow.mid").write_bytes(scale_file(meta(0x03, b"Narrow " * 16)))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/admin/curation/trainingpiece/upload/")
    page.get_by_label("Email").fill(ADMIN[0])
    page.get_by_label("Password").fill(ADMIN[1])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("MIDI files").set_input_files(tmp_path / "narrow.mid")
    page.get_by_label("Source").fill("A notebook")
    page.get_by_label("Licence").select_option("Public domain")
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("link", name="narrow").click()
    expect(page.get_by_text("Waiting for review")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
