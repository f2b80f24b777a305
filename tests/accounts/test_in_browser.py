"""The front page and the way in, in a real Chromium against the running site."""

import pytest
from playwright.sync_api import Page, expect

from tests.stack import Site, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def quiet(page: Page):
    """The page, which must not complain in its console."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def heard(page: Page, name: str) -> bool:
    return bool(page.evaluate(f"document.querySelector('[data-play$={name}] audio').currentTime > 0.1"))


def test_an_example_plays_and_stops_when_another_is_played(quiet: Page):
    quiet.goto("/")
    quiet.get_by_role("button", name="Play Peaceful").click()
    wait_until(lambda: heard(quiet, "Peaceful"))
    quiet.get_by_role("button", name="Play Scary").click()
    wait_until(lambda: heard(quiet, "Scary"))
    expect(quiet.get_by_role("button", name="Play Peaceful")).to_be_visible()
    assert quiet.evaluate("document.querySelector('[data-play$=Peaceful] audio').paused")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/accounts/signup/"])
def test_a_page_fits_its_screen(quiet: Page, path: str, width: int):
    quiet.set_viewport_size({"width": width, "height": 800})
    quiet.goto(path)
    assert quiet.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_tab_stop_leads_to_the_content(quiet: Page):
    quiet.goto("/")
    quiet.keyboard.press("Tab")
    expect(quiet.get_by_role("link", name="Skip to the content")).to_be_focused()
    quiet.keyboard.press("Enter")
    expect(quiet.locator("main")).to_be_focused()


def test_a_newcomer_signs_up_and_out_and_in_again(quiet: Page, site: Site):
    quiet.goto("/")
    quiet.get_by_role("link", name="Compose your first track").click()
    quiet.get_by_label("Email").fill("newcomer@example.com")
    quiet.get_by_label("Password").fill("a-long-enough-secret")
    quiet.locator("main").get_by_role("button", name="Sign up").click()
    quiet.wait_for_url(f"{site.url}/studio/")
    quiet.get_by_label("Your account").click()
    quiet.keyboard.press("Escape")
    expect(quiet.get_by_role("button", name="Sign out")).to_be_hidden()
    quiet.get_by_label("Your account").click()
    quiet.get_by_role("button", name="Sign out").click()
    quiet.wait_for_url(f"{site.url}/")
    quiet.get_by_role("link", name="Sign in").click()
    quiet.get_by_label("Email").fill("newcomer@example.com")
    quiet.get_by_label("Password").fill("a-long-enough-secret")
    quiet.locator("main").get_by_role("button", name="Sign in").click()
    quiet.wait_for_url(f"{site.url}/studio/")


def test_the_front_page_keeps_its_players_without_scripts(browser, site: Site):
    with browser.new_context(base_url=site.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        expect(page.locator("audio[controls]")).to_have_count(4)
        expect(page.locator("audio").first).to_be_visible()
