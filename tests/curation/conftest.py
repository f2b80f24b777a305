"""What the tests of the training collection share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_rq import settings as rq_settings

from emotionmusic.accounts.models import User
from emotionmusic.curation.jobs import check_piece
from emotionmusic.curation.models import Licence, TrainingPiece
from emotionmusic.curation.uploading import accept_uploads
from emotionmusic.operations import redis_address
from tests.generator.curating.files import meta, scale_file

GOOD = scale_file(meta(0x03, b"A good tune"))
WANTED = {"source": "Grandmother's notebook", "licence": Licence.PUBLIC_DOMAIN.value}


@pytest.fixture(autouse=True)
def curated(settings, tmp_path: Path) -> Path:
    """The folder of the approved pieces, for this test alone."""
    settings.CURATED_ROOT = tmp_path / "curated"
    return settings.CURATED_ROOT


@pytest.fixture(autouse=True)
def silence(settings, tmp_path: Path) -> None:
    """No soundfont, so that only the tests that are about sound wait for any."""
    settings.SOUNDFONT = tmp_path / "missing.sf2"


@pytest.fixture
def redis_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address at which no Redis answers."""
    for queue in rq_settings.QUEUES.values():
        monkeypatch.setitem(queue, "URL", redis_address.impatient("redis://127.0.0.1:1/0"))


@pytest.fixture
def staff(db) -> User:
    """Staff without a right to the collection."""
    return User.objects.create_user("staff@example.com", "a-long-enough-secret", is_staff=True)


@pytest.fixture
def viewer(db) -> User:
    """Staff who may look at the collection and no more."""
    user = User.objects.create_user("viewer@example.com", "a-long-enough-secret", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_trainingpiece"))
    return user


@pytest.fixture
def uploaded(admin: User) -> Callable[..., TrainingPiece]:
    """`uploaded(content, name)` is a piece that waits for its check."""

    def make(content: bytes = GOOD, name: str = "tune.mid") -> TrainingPiece:
        [result] = accept_uploads(
            uploader=admin,
            uploads=[SimpleUploadedFile(name, content)],
            source=WANTED["source"],
            licence=Licence(WANTED["licence"]),
        )
        assert result.piece is not None, result.problem
        return result.piece

    return make


@pytest.fixture
def in_review(uploaded: Callable[..., TrainingPiece]) -> TrainingPiece:
    """A good piece that waits for a curator."""
    piece = uploaded()
    check_piece(str(piece.id))
    piece.refresh_from_db()
    return piece


@pytest.fixture
def curator(client_of: Callable[[User | None], Client], admin: User) -> Client:
    """A client with every right."""
    return client_of(admin)


@pytest.fixture
def send(curator: Client, django_capture_on_commit_callbacks):
    """`send(("a.mid", b"…"), …)` uploads files as the form does."""

    def post(*files: tuple[str, bytes], **changed: str):
        data = {**WANTED, **changed, "midi": [SimpleUploadedFile(name, content) for name, content in files]}
        with django_capture_on_commit_callbacks(execute=True):
            return curator.post(reverse("admin:curation_upload"), data)

    return post
