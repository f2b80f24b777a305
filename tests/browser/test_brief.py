"""From what a video is about to music in its acts, in a real Chromium against the running site."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_first_track import bring_in, listen
from tests.stack import PATIENCE, Site, wait_until
from tests.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ACTS = (
    "A quiet, peaceful morning at the lake. Everything is calm and still, soft mist over the water, gentle light.",
    "Suddenly terror: a monster screams in the dark, everyone runs in horror and is scared to death.",
)
DROP = """(zone) => {
  const given = new DataTransfer();
  given.items.add(new File(["A calm lake."], "lake.txt", { type: "text/plain" }));
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def visitor(site: Site) -> Visitor:
    return Visitor(site).sign_up()


@pytest.fixture
def quiet(page: Page, visitor: Visitor) -> Iterator[Page]:
    """The visitor's page, which must not complain in its console."""
    bring_in(page.context, visitor)
    complaints = listen(page)
    yield page
    assert complaints == []


def hand_in(page: Page, words: str = "\n\n".join(ACTS), seconds: str = "40") -> None:
    page.goto("/studio/")
    page.get_by_label("In your words").fill(words)
    page.get_by_label("Seconds of music").fill(seconds)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What we understood")).to_be_visible()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_two_acts_are_understood_changed_and_become_a_track_in_two_sections(quiet: Page):
    page = quiet
    hand_in(page)
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(2)
    expect(rows.first.get_by_label("Mood")).to_have_value("peaceful")
    rows.last.get_by_label("Mood").select_option("angry")
    expect(page.locator('[data-block="2"]')).to_have_class(re.compile("feels--angry"))
    expect(page.locator('[data-block="2"] text').first).to_have_text("Angry")
    page.get_by_role("button", name="Compose to it").press("Enter")
    page.wait_for_url(re.compile(r"/studio/[0-9a-f-]{36}/$"))
    page.get_by_role("link", name="Keep, share, download").click()
    sections = page.locator(".facts__sections li")
    expect(sections).to_have_count(2)
    expect(sections.first).to_contain_text("Peaceful")
    expect(sections.last).to_contain_text("Angry")
    page.goto("/studio/")
    page.get_by_role("link", name=ACTS[0][:30]).click()
    expect(page.get_by_role("heading", name="What we understood")).to_be_visible()


def test_what_cannot_be_read_is_said_and_can_be_mended_at_once(quiet: Page):
    page = quiet
    page.goto("/studio/")
    page.get_by_label("In your words").fill("https://example.com/video")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("There is only a link in it")
    page.get_by_label("In your words").fill(ACTS[0])
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What we understood")).to_be_visible()


def test_a_file_can_be_dropped(quiet: Page):
    page = quiet
    page.goto("/studio/")
    page.locator("[data-part=drop]").evaluate(DROP)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What we understood")).to_be_visible()
    expect(page.locator("main")).to_contain_text("lake.txt")


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Twelve seconds of moving pictures with a tone and a cut."""
    target = tmp_path / "holiday.mp4"
    pictures = "testsrc2=size=320x240:rate=25:duration=6[a];color=c=navy:size=320x240:rate=25:duration=6[b]"
    command = [
        "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=frequency=300:duration=12",
        "-filter_complex", f"{pictures};[a][b]concat", "-c:v", "libx264", "-preset", "ultrafast",
        "-pix_fmt", "yuv420p", "-c:a", "aac", str(target),
    ]  # fmt: skip
    subprocess.run(command, check=True, timeout=PATIENCE)
    return target


@pytest.mark.parametrize(
    ("language", "about"),
    [("en", "A happy party: everyone laughs and dances."), ("ko", "모두가 웃고 춤추는 즐거운 생일 파티입니다.")],
)
def test_a_video_is_understood_corrected_scored_heard_and_downloaded_with_its_music(
    quiet: Page, film: Path, site: Site, language: str, about: str
):
    page = quiet
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])

    def said(english: str) -> str:
        with override(language):
            return gettext(english)

    page.goto("/studio/")
    assert page.locator("html").get_attribute("lang") == language
    page.get_by_label(said("In your words")).fill(about)
    page.get_by_label(said("Or a file")).set_input_files(film)
    page.get_by_role("button", name=said("Read it"), exact=True).click()
    expect(page.get_by_role("heading", name=said("What we understood"))).to_be_visible()
    expect(page.locator("main")).to_contain_text("0:12")
    moods = page.locator("[data-row]").get_by_label(said("Mood"))
    expect(moods.first).to_have_value(re.compile("happy|playful|energetic"))
    moods.first.select_option("triumphant")
    page.locator("details:has(input[type=checkbox]) > summary").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name=said("Compose to it")).click()
    page.get_by_role("link", name=said("Keep, share, download")).click()
    expect(page.locator("header .badge")).to_have_text(said("triumphant").capitalize())
    now = "document.querySelector('video-with-music {}').currentTime"
    audio, video = now.format("audio"), now.format("video")
    page.evaluate("document.querySelector('video-with-music video').play()")
    wait_until(lambda: page.evaluate(f"{audio} > 0.5 && Math.abs({audio} - {video}) < 0.4"))
    page.evaluate(f"{video} = 8")
    wait_until(lambda: page.evaluate(audio) >= 8)
    page.evaluate("document.querySelector('video-with-music video').pause()")
    wait_until(lambda: page.evaluate("document.querySelector('video-with-music audio').paused"))
    page.get_by_label(said("The music"), exact=True).fill("0.5")
    assert page.evaluate("document.querySelector('video-with-music audio').volume") == 0.5
    with page.expect_download() as given:
        page.get_by_role("button", name=said("Video with music")).click()
    assert given.value.suggested_filename.endswith("-video.mp4")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_scripts_on_a_telephone_all_of_it_works_and_fits(
    browser: Browser, site: Site, visitor: Visitor, scheme: str
):
    narrow = {"width": 360, "height": 740}
    with browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport=narrow, color_scheme=scheme
    ) as context:
        bring_in(context, visitor)
        page = context.new_page()
        page.goto("/studio/")
        assert fits(page)
        hand_in(page, seconds="20")
        assert fits(page)
        page.get_by_role("button", name="Compose to it").click()
        expect(page.locator("generation-progress")).to_be_visible()
