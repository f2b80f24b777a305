"""What the tests of sharing have in common."""

from collections.abc import Callable

import pytest
from django.test import Client

from emotionmusic.accounts.models import User
from emotionmusic.library.models import Track
from emotionmusic.sharing.models import ShareLink
from emotionmusic.sharing.services import share_track
from tests.tracks import kept_track


@pytest.fixture
def track(owner: User) -> Track:
    """A track of the owner's."""
    return kept_track(owner)


@pytest.fixture
def link(track: Track) -> ShareLink:
    """The open link to the track."""
    return share_track(track=track)


@pytest.fixture
def creator(client_of: Callable[[User | None], Client], owner: User) -> Client:
    """A client signed in as the owner."""
    return client_of(owner)
