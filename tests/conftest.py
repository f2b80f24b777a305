"""What the tests share: a Redis, the fixed cast (an owner, a stranger, an admin), the running site, a browser."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

# Arithmetic on one thread: side by side, processes that spin on two each take many times as long. Read when
# torch is first imported, so it stands before everything that may do so.
os.environ["OMP_NUM_THREADS"] = "1"

import pytest
from django.test import Client
from django_rq import settings as rq_settings
from playwright.sync_api import Browser, Page, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from emotionmusic.accounts.models import User
from emotionmusic.operations import redis_address
from tests.stack import RedisServer, Site, chromium

PASSWORD = "a-long-enough-secret"


THE_RUNNING_SITE = re.compile(r"tests/browser/|_in_browser\.py|_on_the_running_site\.py")
"""Which files, by their names, hold the tests that share one running site."""


class Sharing(LoadFileScheduling):
    """Several processes share the tests a file at a time; all that need the running site are one process's."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "the running site" if THE_RUNNING_SITE.search(file) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    return Sharing(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long ones first: at the end no process is left with one while the other has nothing more to do."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    for item in items:
        on_site = {"site", "browser"} & set(getattr(item, "fixturenames", ()))
        if on_site and not THE_RUNNING_SITE.search(item.nodeid):
            raise pytest.UsageError(f"{item.nodeid} belongs into a file named like {THE_RUNNING_SITE.pattern}")
    items.sort(key=lambda item: (not THE_RUNNING_SITE.search(item.nodeid), item.path not in slow))


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A real Redis of one's own on a free port."""
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def redis_url(redis_server: RedisServer, settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty Redis, which the queues and the channel layer use for this test."""
    redis_server.flush()
    settings.REDIS_URL = redis_server.url
    for queue in rq_settings.QUEUES.values():
        monkeypatch.setitem(queue, "URL", redis_address.impatient(redis_server.url))
    layer = settings.CHANNEL_LAYERS["default"]
    host = {**layer["CONFIG"]["hosts"][0], "address": redis_server.url}
    settings.CHANNEL_LAYERS = {"default": {**layer, "CONFIG": {"hosts": [host]}}}
    return redis_server.url


@pytest.fixture(autouse=True)
def media(settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A media folder for this test alone."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def no_name_lookups(django_mail_patch_dns: None) -> None:
    """A mail's id needs the machine's full name, which a machine without a network is long in finding."""


@pytest.fixture
def owner(db) -> User:
    """The creator whose things the test is about."""
    return User.objects.create_user("owner@example.com", PASSWORD)


@pytest.fixture
def stranger(db) -> User:
    """Another creator, who must not see what is the owner's."""
    return User.objects.create_user("stranger@example.com", PASSWORD)


@pytest.fixture
def admin(db) -> User:
    """Staff with every right."""
    return User.objects.create_superuser("admin@example.com", PASSWORD)


@pytest.fixture
def client_of() -> Callable[[User | None], Client]:
    """`client_of(user)` is a client signed in as them; `client_of(None)` an anonymous one."""

    def make(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return make


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole site as `make run` starts it, on a free port, in a folder of its own."""
    with Site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium. Playwright keeps an event loop running meanwhile, in which Django's own client cannot work:
    a module drives either the one or the other.
    """
    with sync_playwright() as playwright, chromium(playwright) as running:
        yield running


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh page in a context of its own; relative addresses are the running site's."""
    with browser.new_context(base_url=site.url) as context:
        yield context.new_page()
