"""The first track, end to end, in a real Chromium against the running site."""

import re
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.stack import Site, wait_until
from tests.visitor import PASSWORD, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NO_SOCKETS = """
window.WebSocket = class extends EventTarget {
  static OPEN = 1;
  readyState = 0;
  close() {}
};
"""
NO_SOCKETS_AT_ALL = "window.WebSocket = class { constructor() { throw new DOMException('no', 'SecurityError'); } };"


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """The page, which must not complain in its console."""
    complaints = listen(page)
    yield page
    assert complaints == []


def listen(page: Page) -> list[str]:
    """What the browser complains of on the page, as it comes."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def sign_up(page: Page) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill(f"{uuid.uuid4().hex}@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/studio/")


def bring_in(context: BrowserContext, visitor: Visitor) -> None:
    """Signs the visitor in to a browser."""
    context.add_cookies(
        [{"name": name, "value": value, "url": visitor.site.url} for name, value in visitor.cookies.items()]
    )


def wish(page: Page, *, mood: str = "Sad", seconds: str = "10") -> None:
    page.goto("/studio/")
    page.get_by_role("radio", name=mood, exact=False).first.check(force=True)
    page.get_by_label("Length in seconds").fill(seconds)
    page.get_by_role("button", name="Compose my track").click()
    page.wait_for_url(re.compile(r"/studio/[0-9a-f-]{36}/$"))


def plays(page: Page) -> None:
    """Presses play and waits until the sound really advances."""
    page.locator(".player__play").first.click()
    now = lambda: page.evaluate("document.querySelector('audio').currentTime")  # noqa: E731
    wait_until(lambda: now() > 0.3)
    then = now()
    wait_until(lambda: now() > then + 0.3)
    assert page.evaluate("document.querySelector('audio').duration") == pytest.approx(10, abs=0.2)


@pytest.fixture(scope="module")
def visitor(site: Site) -> Visitor:
    return Visitor(site).sign_up()


@pytest.fixture(scope="module")
def track(visitor: Visitor) -> str:
    """The id of a finished track of the visitor's."""
    return visitor.finished_track()


def test_a_newcomer_makes_hears_keeps_shares_and_revokes_a_track(quiet: Page, browser: Browser, tmp_path: Path):
    page = quiet
    sign_up(page)

    # By keyboard: into the moods, on to the one that is wanted, and off.
    page.get_by_role("radio").first.focus()
    for _ in range(16):
        if page.evaluate("document.activeElement.value") == "sad" and page.locator("[value=sad]").is_checked():
            break
        page.keyboard.press("ArrowDown")
    assert page.locator("[value=sad]").is_checked()
    page.get_by_label("Length in seconds").fill("10")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/studio/[0-9a-f-]{36}/$"))
    address = page.url
    expect(page.locator("generation-progress progress")).to_be_visible()

    # The player comes by itself; nothing is loaded again.
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    expect(page.locator(".player__play")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.same") == "yes"
    plays(page)
    title = page.locator("h1").inner_text()
    assert title.startswith("Sad in ")
    assert title in page.title()
    page.reload()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".player__play")).to_be_visible()
    tab = page.context.new_page()
    complaints = listen(tab)
    tab.goto(address)
    expect(tab.locator("h1")).to_have_text(title)
    plays(tab)
    assert complaints == []
    tab.close()

    page.get_by_role("link", name="Keep, share, download").click()
    page.get_by_label("Title").fill("Rain over Köln")
    page.get_by_role("button", name="Rename").click()
    expect(page.locator("h1")).to_have_text("Rain over Köln")
    # The new title is to be in the file too, so it is made again.
    with page.expect_download() as download:
        page.get_by_role("button", name="Download MP3").click()
    assert download.value.suggested_filename == "rain-over-köln-10s.mp3"
    saved = tmp_path / "saved.mp3"
    download.value.save_as(saved)
    probe = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name:format=duration", "-of", "csv=p=0", saved]
    codec, seconds = subprocess.run(probe, capture_output=True, check=True, text=True).stdout.split()
    assert codec == "mp3"
    assert float(seconds) == pytest.approx(10, abs=0.2)
    page.goto("/library/")
    expect(page.get_by_role("link", name="Rain over Köln")).to_be_visible()
    page.get_by_role("link", name="Rain over Köln").click()

    page.get_by_role("button", name="Make a secret link").click()
    secret = page.get_by_label("Secret link").input_value()
    with browser.new_context() as elsewhere:
        guest = elsewhere.new_page()
        complaints = listen(guest)
        guest.goto(secret)
        expect(guest.locator("h1")).to_have_text("Rain over Köln")
        plays(guest)
        assert complaints == []
        page.get_by_role("button", name="Revoke the link").click()
        expect(page.get_by_text("The link no longer works.")).to_be_visible()
        revoked = guest.goto(secret)
        assert revoked is not None
        assert revoked.status == 404
        expect(guest.get_by_text("There is nothing here")).to_be_visible()


def test_the_sound_can_be_sought_in(quiet: Page, visitor: Visitor, track: str):
    bring_in(quiet.context, visitor)
    quiet.goto(f"/library/{track}/")
    now = lambda: quiet.evaluate("document.querySelector('audio').currentTime")  # noqa: E731
    wait_until(lambda: quiet.evaluate("document.querySelector('audio').readyState") >= 1)
    wave = quiet.get_by_role("slider", name="Position in")
    wave.focus()
    quiet.keyboard.press("ArrowRight")
    assert now() == pytest.approx(5, abs=0.1)
    quiet.keyboard.press("Home")
    assert now() == 0
    box = wave.bounding_box()
    assert box is not None
    quiet.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2)
    assert now() == pytest.approx(8, abs=0.3)
    quiet.keyboard.press("Space")
    wait_until(lambda: now() > 8.5)


def test_a_second_player_stops_the_first(quiet: Page, visitor: Visitor, track: str):
    visitor.finished_track(seed="8")
    bring_in(quiet.context, visitor)
    quiet.goto("/library/")
    quiet.locator(".player__play").nth(0).click()
    wait_until(lambda: quiet.evaluate("document.querySelectorAll('audio')[0].currentTime") > 0.1)
    quiet.locator(".player__play").nth(1).click()
    wait_until(lambda: quiet.evaluate("document.querySelectorAll('audio')[1].currentTime") > 0.1)
    assert quiet.evaluate("document.querySelectorAll('audio')[0].paused")


def test_without_scripts_the_page_refreshes_itself_until_the_browser_s_own_player_is_there(
    browser: Browser, site: Site
):
    with browser.new_context(base_url=site.url, java_script_enabled=False) as context:
        page = context.new_page()
        sign_up(page)
        wish(page)
        expect(page.locator("audio[controls]")).to_be_visible()
        expect(page.locator("h1")).to_contain_text("Sad in ")
        assert page.locator("meta[http-equiv=refresh]").count() == 0


@pytest.mark.parametrize("script", [NO_SOCKETS, NO_SOCKETS_AT_ALL, "delete window.WebSocket"])
def test_without_sockets_the_player_comes_all_the_same(page: Page, visitor: Visitor, script: str):
    bring_in(page.context, visitor)
    page.add_init_script(script)
    wish(page)
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    expect(page.locator(".player__play")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.same") == "yes"
    plays(page)


def test_a_double_click_is_one_track(quiet: Page, site: Site):
    sign_up(quiet)
    quiet.get_by_role("radio").first.check(force=True)
    quiet.get_by_label("Length in seconds").fill("10")
    quiet.get_by_role("button", name="Compose my track").dblclick(no_wait_after=True)
    # The second click ends the first navigation, which Playwright's own waiting takes for a failure.
    expect(quiet).to_have_url(re.compile(r"/studio/[0-9a-f-]{36}/$"))
    expect(quiet.locator(".player__play")).to_be_visible()
    quiet.goto("/library/")
    expect(quiet.locator(".shelf__track")).to_have_count(1)
    quiet.goto("/studio/")
    expect(quiet.locator(".under-way")).to_have_count(0)


def test_back_from_a_track_another_one_can_be_wished_for(quiet: Page):
    sign_up(quiet)
    wish(quiet, mood="Sad")
    first = quiet.url
    quiet.go_back()
    quiet.wait_for_url("**/studio/")
    quiet.get_by_role("radio", name="Happy").check(force=True)
    quiet.get_by_label("Length in seconds").fill("10")
    quiet.get_by_role("button", name="Compose my track").click()
    quiet.wait_for_url(re.compile(r"/studio/[0-9a-f-]{36}/$"))
    assert quiet.url != first


def test_a_form_that_the_browser_brings_back_alive_is_another_wish(quiet: Page, visitor: Visitor):
    bring_in(quiet.context, visitor)
    quiet.goto("/studio/")
    number = quiet.locator("[name=submission]")
    first = number.input_value()
    quiet.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert uuid.UUID(number.input_value()) != uuid.UUID(first)


def test_a_bad_length_is_told_beside_the_field(page: Page, visitor: Visitor):
    bring_in(page.context, visitor)
    page.goto("/studio/")
    page.get_by_role("radio").first.check(force=True)
    page.get_by_label("Length in seconds").fill("5")
    page.get_by_role("button", name="Compose my track").click()
    field = page.get_by_label("Length in seconds")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("at least 10 seconds"))


def test_a_wish_can_be_cancelled_while_it_is_being_made(quiet: Page, visitor: Visitor):
    bring_in(quiet.context, visitor)
    wish(quiet, seconds="180")
    quiet.get_by_role("button", name="Cancel").click()
    expect(quiet.locator("h1")).to_have_text("Cancelled")
    expect(quiet.get_by_text("Nothing was added to your library.")).to_be_visible()


def test_every_page_of_the_road_fits_a_phone(browser: Browser, site: Site, visitor: Visitor, track: str):
    visitor.post(f"/library/{track}/rename/", title="An endlesslylongwordwithoutanyspacetobreakitatanywhere " * 2)
    visitor.post(f"/s/make/{track}/")
    found = re.search(r'value="http://[^/]+(/s/[^"]+)"', visitor.get(f"/library/{track}/").text)
    assert found
    visitor.post(f"/library/{visitor.finished_track(seed='9')}/delete/")
    running = visitor.wish(seconds="180")
    with browser.new_context(base_url=site.url, viewport={"width": 360, "height": 740}) as context:
        bring_in(context, visitor)
        page = context.new_page()
        for path in (
            f"/studio/{running}/",
            "/studio/",
            "/library/",
            "/library/deleted/",
            f"/library/{track}/",
            found[1],
        ):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
            if running in path:
                expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    visitor.post(f"/studio/{running}/cancel/")
