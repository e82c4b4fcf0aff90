"""A package of two 件, and what is said of one that was changed."""

import zipfile

import pytest

from documents.archiving import package as packages
from documents.archiving import verify
from documents.archiving.services import archive_document
from documents.models import ArchiveItem
from tests.cast import actor, engage

from .forging import Parts, parts_of, signed, written
from .things import AT, archived, attached, issued


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once; the database is left as it was."""
    from django.conf import settings
    from django.db import transaction

    folder = tmp_path_factory.mktemp("package")
    was = settings.FILES_DIR, settings.DATA_DIR
    settings.FILES_DIR, settings.DATA_DIR = folder / "files", folder
    with django_db_blocker.unblock(), transaction.atomic():
        cast = engage()
        pk = issued(cast, "关于开展检查的通知", content={})
        attached(pk, "名单:*.txt", "浛洸镇".encode())
        archive_document(document=pk, actor=actor(cast.clerk), at=AT)
        archived(cast, "关于开展检查的通知二", content={})
        items = list(ArchiveItem.objects.select_related("document__organ", "document__unit").order_by("pk"))
        packages.write_package(items, "两件", folder / "a.zip")
        transaction.set_rollback(True)
    settings.FILES_DIR, settings.DATA_DIR = was
    return folder / "a.zip"


@pytest.fixture
def parts(whole) -> Parts:
    return parts_of(whole)


@pytest.fixture
def told(tmp_path):
    """What is said of a package with these parts, written as ours are; `sealed`: a stranger made it fit again."""

    def told(parts: Parts, *, sealed: bool = True, how: int = zipfile.ZIP_STORED, key: str = "") -> str:
        out = written(signed(parts) if sealed else parts, tmp_path / "b.zip", how)
        return "".join(verify.check(str(out), key))

    return told
