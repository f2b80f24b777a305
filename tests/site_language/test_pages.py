"""Pages, messages, errors and mails in the visitor's language."""

import re

import pytest
from django.urls import reverse

from emotionmusic.sharing.services import share_track
from emotionmusic.studio.jobs import compose
from emotionmusic.studio.models import Generation, State
from tests.site_language.reading import english_words
from tests.studio.briefs import kept_brief
from tests.tracks import FACTS, kept_track

pytestmark = pytest.mark.django_db

HAN, HANGUL = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\uac00-\ud7a3]")
SCRIPTS = {"ko": HANGUL, "zh-hans": HAN, "zh-hant": HAN}
NAMES = {
    *("EmotionMusic", "English", "MIDI", "WAV", "ZIP", "FLAC", "Opus", "kHz", "kbit", "MusicXML", "Ctrl", "Content"),
    *("txt", "docx", "srt", "vtt", "csv", "info", "json", "mov", "webm", "mkv"),
    *("owner", "example", "com", "http", "testserver"),
    *re.findall("[A-Za-z]+", f"{FACTS['key']} {FACTS['checkpoint']} Sad in"),
}
"""Names, and what the owner or the generator called things; the same in every language."""
OPEN = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/no/such/page"]
every_language = pytest.mark.parametrize("language", SCRIPTS)


@pytest.fixture
def spoken(client_of):
    """`spoken(language, user)` is a client whose browser accepts that language."""

    def make(language, user=None):
        client = client_of(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        return client

    return make


@every_language
@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/no-page"]
)
def test_an_open_page_has_no_english_left(spoken, language, path):
    assert_no_english(spoken(language).get(path), language)


@every_language
@pytest.mark.parametrize(
    "path", ["/studio/", "/library/", "/library/deleted/", "/accounts/", "/accounts/password/change/"]
)
def test_a_page_of_ones_own_has_no_english_left(spoken, owner, language, path):
    kept_track(owner)
    assert_no_english(spoken(language, owner).get(path), language)


@every_language
@pytest.mark.parametrize("state", State)
def test_a_generation_s_page_has_no_english_left(spoken, owner, language, state):
    reason = compose.REASON if state == State.FAILED else ""
    track = kept_track(owner) if state == State.DONE else None
    generation = Generation.objects.create(
        owner=owner,
        mood="happy:0.6,sad:0.4",
        intensity=0.5,
        seconds=30,
        seed=7,
        state=state,
        reason=reason,
        track=track,
    )
    assert_no_english(spoken(language, owner).get(reverse("studio:generation", args=[generation.id])), language)


@every_language
def test_what_was_understood_of_a_brief_is_told_in_the_language(spoken, owner, language):
    brief = kept_brief(owner)
    page = spoken(language, owner).get(reverse("studio:brief", args=[brief.id])).text
    assert english_words(page) - NAMES - set(re.findall("[A-Za-z]+", brief.words)) == set()


@every_language
def test_a_hit_that_cannot_be_is_told_in_the_language_with_the_nearest(spoken, owner, language):
    wish = {"mood": "sad", "intensity": "0.8", "seconds": "30", "seed": "7", "hits": "0.4"}
    answer = spoken(language, owner).post("/studio/", wish)
    assert answer.status_code == 422
    assert_no_english(answer, language)


@every_language
def test_a_track_s_page_and_its_shared_page_have_no_english_left(spoken, owner, language):
    track = kept_track(owner)
    link = share_track(track=track)
    page = spoken(language, owner).get(reverse("library:track", args=[track.id]))
    assert_no_english(page, language)
    assert_no_english(spoken(language).get(reverse("sharing:listen", args=[link.token])), language)


def test_the_licence_is_in_the_language(spoken):
    assert "免版税" in spoken("zh-hans").get("/").text
    assert "퍼블릭 도메인" in spoken("ko").get("/licence/").text


@pytest.mark.parametrize(
    ("accepted", "spoken_then"),
    [
        ("ko-KR,en;q=0.8", "ko"),
        ("zh-CN", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("fr", "en"),
    ],
)
def test_a_browser_is_spoken_to_in_the_language_that_it_accepts(client, accepted, spoken_then):
    assert f'<html lang="{spoken_then}">' in client.get("/", headers={"accept-language": accepted}).text


def test_a_page_says_that_it_differs_by_language_and_by_cookie(client):
    assert {"Accept-Language", "Cookie"} <= set(client.get("/")["Vary"].split(", "))


@every_language
def test_the_menu_changes_the_language_and_it_stays(client, language):
    answer = client.post("/accounts/language/", {"language": language, "next": "/licence/"})
    assert answer["Location"] == "/licence/"
    for path in ("/licence/", "/accounts/login/"):
        assert f'<html lang="{language}">' in client.get(path, headers={"accept-language": "en"}).text


def test_the_menu_names_each_language_in_its_own_words_on_every_page(client):
    for language in ("en", "zh-hant"):
        page = client.get("/accounts/login/", headers={"accept-language": language}).text
        for name in ("English", "한국어", "简体中文", "繁體中文"):
            assert f">{name}</button>" in page
        assert f'value="{language}" lang="{language}" aria-current="true"' in page


def test_the_account_brings_its_language_to_another_browser(client_of, owner):
    client_of(owner).post("/accounts/language/", {"language": "ko", "next": "/"})
    owner.refresh_from_db()
    assert owner.language == "ko"
    assert '<html lang="ko">' in client_of(owner).get("/library/").text
    assert '<html lang="en">' in client_of(None).get("/").text


def test_a_language_chosen_in_a_browser_wins_over_the_account_s(client_of, owner):
    elsewhere = client_of(owner)
    elsewhere.post("/accounts/language/", {"language": "zh-hans", "next": "/"})
    client_of(owner).post("/accounts/language/", {"language": "ko", "next": "/"})
    assert '<html lang="zh-hans">' in elsewhere.get("/library/").text


def test_a_language_that_is_not_offered_changes_nothing(client_of, owner):
    client = client_of(owner)
    client.post("/accounts/language/", {"language": "xx", "next": "/"})
    owner.refresh_from_db()
    assert owner.language == ""
    assert '<html lang="en">' in client.get("/").text


def test_the_menu_leads_to_no_other_site(client):
    answer = client.post("/accounts/language/", {"language": "ko", "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_the_menu_is_not_for_looking_at(client):
    assert client.get("/accounts/language/").status_code == 405


@pytest.mark.parametrize(("language", "said"), [("ko", "입력해 주세요"), ("zh-hans", "标题"), ("zh-hant", "標題")])
def test_the_error_of_a_form_is_in_the_language_and_the_menu_leads_back(spoken, owner, language, said):
    track = kept_track(owner)
    answer = spoken(language, owner).post(reverse("library:rename", args=[track.id]), {"title": " "})
    assert answer.status_code == 422
    assert said in re.search(r'class="field__error"[^>]*><p>(.*?)</p>', answer.text)[1]
    assert f'name="next" value="{reverse("library:track", args=[track.id])}"' in answer.text


@pytest.mark.parametrize(("language", "said"), [("ko", "비밀번호"), ("zh-hans", "密码"), ("zh-hant", "密碼")])
def test_a_refused_password_is_told_in_the_language(spoken, language, said):
    answer = spoken(language).post("/accounts/signup/", {"email": "new@example.com", "password1": "short"})
    assert said in re.search(r'class="field__error"[^>]*><p>(.*?)</p>', answer.text)[1]


@every_language
def test_a_message_is_in_the_language(spoken, owner, language):
    track = kept_track(owner)
    answer = spoken(language, owner).post(reverse("sharing:make", args=[track.id]), follow=True)
    message = re.search(r'<li class="message[^>]*>(.*?)</li>', answer.text)[1]
    assert SCRIPTS[language].search(message)


@every_language
def test_a_mail_is_in_the_language_of_the_page_that_asked_for_it(spoken, owner, mailoutbox, language):
    spoken(language).post("/accounts/password/reset/", {"email": owner.email})
    (mail,) = mailoutbox
    assert SCRIPTS[language].search(mail.subject)
    assert english_words(re.sub(r"https?://\S+", "", mail.body)) == {"EmotionMusic"}


@pytest.mark.parametrize(
    ("language", "form"),
    [
        ("en", r"\d+ [A-Z][a-z]+ \d{4}, \d\d:\d\d"),
        ("ko", r"\d{4}년 \d+월 \d+일 \d\d:\d\d"),
        ("zh-hans", r"\d{4}年\d+月\d+日 \d\d:\d\d"),
        ("zh-hant", r"\d{4}年\d+月\d+日 \d\d:\d\d"),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(spoken, owner, language, form):
    kept_track(owner)
    assert re.search(rf"<time [^>]*>{form}</time>", spoken(language, owner).get("/library/").text)


def assert_no_english(response, language: str) -> None:
    assert f'<html lang="{language}">' in response.text
    assert SCRIPTS[language].search(response.text)
    assert english_words(response.text) - NAMES == set()
