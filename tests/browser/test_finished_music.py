"""From a melody to finished music, in a real Chromium: a style, the notes, the parts, a file to keep."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_first_track import bring_in, listen, sign_up
from tests.stack import Site, wait_until
from tests.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOUNDING = """
() => {
  const mixer = document.querySelector("part-mixer");
  return mixer.parts.map(({ gain }) => Math.round(gain.gain.value * 100) / 100);
}
"""


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """The page, which must not complain in its console."""
    complaints = listen(page)
    yield page
    assert complaints == []


@pytest.fixture(scope="module")
def visitor(site: Site) -> Visitor:
    return Visitor(site).sign_up()


@pytest.fixture(scope="module")
def track(visitor: Visitor) -> str:
    """The id of a track of several parts."""
    return visitor.finished_track(mood="happy", style="lo-fi")


def test_a_style_is_chosen_heard_seen_mixed_and_taken_away(quiet: Page, tmp_path: Path):
    page = quiet
    sign_up(page)
    page.get_by_role("radio", name="Happy").check(force=True)
    page.get_by_label("Length in seconds").fill("10")
    page.get_by_label("Style").select_option("lo-fi")
    page.get_by_role("button", name="Compose my track").click()
    expect(page.locator(".player__play")).to_be_visible()
    page.get_by_role("link", name="Keep, share, download").click()

    roll = page.get_by_role("img", name=re.compile(r"^\d+ notes of [3-9] parts in \d+ bars, 10 seconds"))
    expect(roll).to_be_visible()
    assert page.locator(".roll__chord").count() >= 2
    expect(page.get_by_text("Lo-fi", exact=True)).to_be_visible()

    # Nothing is fetched before it is asked for; then the parts sound in place of the track, and follow its player.
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    expect(page.get_by_role("button", name="Mute")).to_have_count(0)
    page.get_by_role("button", name="Mix the parts").click()
    mute = page.get_by_role("button", name="Mute").first
    expect(mute).to_be_visible()
    parts = page.locator(".parts__part").count()
    assert sum(bool(re.search(r"/parts/\d+\.mp3$", address)) for address in fetched) == parts
    page.locator(".player__play").click()
    wait_until(lambda: page.evaluate("document.querySelector('part-mixer').sources?.length") == parts)
    assert page.evaluate("document.querySelector('audio').muted")
    mute.press("Enter")
    expect(mute).to_have_attribute("aria-pressed", "true")
    wait_until(lambda: page.evaluate(SOUNDING) == [0.0] + [1.0] * (parts - 1))
    solo = page.get_by_role("button", name="Solo").nth(1)
    solo.press("Space")
    wait_until(lambda: page.evaluate(SOUNDING) == [0.0, 1.0] + [0.0] * (parts - 2))
    page.locator(".player__play").click()
    wait_until(lambda: page.evaluate("document.querySelector('part-mixer').sources") is None)
    page.get_by_role("button", name="Hear the finished track again").click()
    assert not page.evaluate("document.querySelector('audio').muted")
    expect(page.get_by_role("button", name="Mix the parts")).to_be_focused()

    page.get_by_text("Other formats, sheet music, stems").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download FLAC, 24 bit").click()
    assert re.fullmatch(r"happy-in-.*-10s\.flac", download.value.suggested_filename)
    saved = tmp_path / "saved.flac"
    download.value.save_as(saved)
    probe = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name:format=duration", "-of", "csv=p=0", saved]
    codec, seconds = subprocess.run(probe, capture_output=True, check=True, text=True).stdout.split()
    assert (codec, float(seconds)) == ("flac", pytest.approx(10, abs=0.2))
    page.reload()
    page.get_by_text("Other formats, sheet music, stems").click()
    expect(page.get_by_role("link", name="Download FLAC, 24 bit")).to_be_visible()


def test_the_line_in_the_notes_moves_with_the_player_and_seeks_where_it_is_clicked(
    quiet: Page, visitor: Visitor, track: str
):
    bring_in(quiet.context, visitor)
    quiet.goto(f"/library/{track}/")
    wait_until(lambda: quiet.evaluate("document.querySelector('audio').readyState") >= 1)
    drawing = quiet.locator("track-roll svg")
    box = drawing.bounding_box()
    assert box is not None
    drawing.click(position={"x": box["width"] * 0.6, "y": box["height"] / 2})
    now = quiet.evaluate("document.querySelector('audio').currentTime")
    assert now == pytest.approx(6, abs=0.2)
    line = quiet.locator(".roll__now")
    expect(line).to_have_attribute("transform", f"translate({now * 100:.1f})")
    quiet.locator(".player__play").click()
    wait_until(lambda: float(re.findall(r"[\d.]+", line.get_attribute("transform") or "0")[0]) > now * 100 + 20)


def test_the_mix_is_as_loud_as_the_finished_track(quiet: Page, visitor: Visitor, track: str):
    """Both are measured as the browser plays them: the parts added up, through the limiter, and the file."""
    bring_in(quiet.context, visitor)
    quiet.goto(f"/library/{track}/")
    quiet.get_by_role("button", name="Mix the parts").click()
    expect(quiet.get_by_role("button", name="Mute").first).to_be_visible()
    mix, whole = quiet.evaluate(
        """
        async () => {
          const mixer = document.querySelector("part-mixer");
          const rate = mixer.context.sampleRate;
          const context = new OfflineAudioContext(2, rate * 9, rate);
          const limiter = mixer.limiter(context);
          limiter.connect(context.destination);
          for (const { buffer } of mixer.parts) {
            const source = new AudioBufferSourceNode(context, { buffer });
            source.connect(limiter);
            source.start();
          }
          const level = (buffer) => {
            const sound = buffer.getChannelData(0);
            let energy = 0;
            for (let place = rate; place < rate * 8; place += 1) energy += sound[place] ** 2;
            return 10 * Math.log10(energy / (rate * 7));
          };
          const file = await (await fetch(document.querySelector("audio").src)).arrayBuffer();
          return [level(await context.startRendering()), level(await context.decodeAudioData(file))];
        }
        """
    )
    assert mix == pytest.approx(whole, abs=1.5)


def test_without_scripts_a_file_is_asked_for_waited_for_and_fetched(
    browser: Browser, site: Site, visitor: Visitor, track: str
):
    with browser.new_context(base_url=site.url, java_script_enabled=False) as context:
        bring_in(context, visitor)
        page = context.new_page()
        page.goto(f"/library/{track}/")
        expect(page.get_by_text("To mute parts on this page, allow it to run scripts")).to_be_visible()
        expect(page.get_by_role("button", name="Mix the parts")).to_be_hidden()
        page.get_by_text("Other formats, sheet music, stems").click()
        page.get_by_role("button", name="Download Opus, 160 kbit/s").click()
        expect(page.locator("h1")).to_have_text("Opus, 160 kbit/s is ready")
        with page.expect_download() as download:
            page.get_by_role("link", name="Download Opus").click()
        assert download.value.suggested_filename.endswith("-10s.opus")


def test_a_file_that_fails_says_so_and_the_button_is_there_again(page: Page, visitor: Visitor, track: str):
    bring_in(page.context, visitor)
    page.goto(f"/library/{track}/")
    page.route(
        "**/files/musicxml/", lambda route: route.fulfill(body='<div data-file="failed" data-percent="0"></div>')
    )
    page.get_by_text("Other formats, sheet music, stems").click()
    button = page.get_by_role("button", name="Download MusicXML")
    button.click()
    expect(page.get_by_text("This one did not work out. Please try again.")).to_be_visible()
    expect(button).not_to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_notes_scroll_in_their_own_box_on_a_phone(
    browser: Browser, site: Site, visitor: Visitor, track: str, scheme: str
):
    with browser.new_context(
        base_url=site.url, viewport={"width": 360, "height": 740}, color_scheme=scheme
    ) as context:
        bring_in(context, visitor)
        page = context.new_page()
        for path in (f"/library/{track}/", f"/library/{track}/files/wav-24-48/", "/studio/", "/licence/"):
            page.goto(path)
            for details in page.locator("main details").all():
                details.evaluate("details => { details.open = true; }")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        page.goto(f"/library/{track}/")
        roll = page.get_by_role("region", name="Piano roll")
        assert roll.evaluate("roll => roll.scrollWidth") == 1000
        roll.focus()
        page.keyboard.press("ArrowRight")
        wait_until(lambda: roll.evaluate("roll => roll.scrollLeft") > 0)
