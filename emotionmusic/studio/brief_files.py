"""The uploaded files of the briefs: private, whole or not there at all."""

import shutil
import time
import uuid
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from emotionmusic.studio.brief_models import Brief, brief_folders

STRAY_AFTER = 3600
"""Seconds; far longer than the moment between a file's writing and its row."""


def keep_upload(brief: Brief, upload: "UploadedFile[Any]") -> None:
    """Keep what was uploaded under a name of the site's own making, for the site's eyes only."""
    brief.folder.mkdir(mode=0o700, parents=True)
    if isinstance(upload, TemporaryUploadedFile):
        # Half a gigabyte is moved, not copied, where both places are on one disk.
        shutil.move(upload.temporary_file_path(), brief.upload)
    else:
        brief.upload.write_bytes(upload.read())
    brief.upload.chmod(0o600)


def remove_upload(brief: Brief) -> None:
    """Remove the uploaded file, which may be gone already."""
    shutil.rmtree(brief.folder, ignore_errors=True)


def sweep_uploads() -> int:
    """Remove files without a brief that wants them; how many."""
    swept = 0
    for folder in brief_folders().glob("*"):
        try:
            brief_id, age = uuid.UUID(folder.name), time.time() - folder.stat().st_mtime
        except (ValueError, OSError):
            continue  # not one of ours, or gone this moment
        if age > STRAY_AFTER and not Brief.objects.filter(id=brief_id, file_bytes__gt=0).exists():
            shutil.rmtree(folder, ignore_errors=True)
            swept += 1
    return swept
