"""The language menu in a real browser, on a phone, by keyboard and without scripts."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
ON_THE_PHONE = ["/", "/licence/", "/accounts/signup/", "/accounts/login/"]
PAGE_IS_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def phone(browser, site):
    """`phone(**context)` is a page on a phone."""
    contexts = []

    def make(**context):
        contexts.append(browser.new_context(base_url=site.url, viewport=PHONE, **context))
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


def test_a_language_is_chosen_by_keyboard_and_stays(phone):
    page = phone(locale="en-US")
    page.goto("/licence/")
    page.get_by_label("Language").focus()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="한국어")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert page.url.endswith("/licence/")
    page.goto("/")
    expect(page.get_by_role("link", name="가입하기", exact=True)).to_be_visible()


def test_escape_closes_the_menu_and_leaves_the_focus_on_it(phone):
    page = phone(locale="en-US")
    page.goto("/")
    page.get_by_label("Language").click()
    expect(page.get_by_role("button", name="English")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="English")).to_be_hidden()
    expect(page.get_by_label("Language")).to_be_focused()


def test_the_menu_works_without_scripts(phone):
    page = phone(locale="en-US", java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Language").click()
    page.get_by_role("button", name="繁體中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hant")


@pytest.mark.parametrize("locale", ["ko-KR", "zh-CN", "zh-TW"])
def test_no_page_is_wider_than_a_phone(phone, locale):
    page = phone(locale=locale)
    for path in ON_THE_PHONE:
        page.goto(path)
        page.locator(".menu__button--language").click()
        assert not page.evaluate(PAGE_IS_WIDER), path
