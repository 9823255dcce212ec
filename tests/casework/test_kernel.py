"""Secrets are made once, and neither the logs nor the server's own log say whom an error is about."""

import logging
import secrets
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from alongside.area import PackRefusedError
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel import area
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.logs import WithoutValues
from alongside.casework.kernel.secrets import kept_secret


def test_two_that_ask_for_a_secret_at_once_are_given_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, others = secrets.token_urlsafe, []

    def while_another_asks(size: int) -> str:
        monkeypatch.setattr(secrets, "token_urlsafe", made)
        others.append(kept_secret(tmp_path / "secret-key"))
        return made(size)

    monkeypatch.setattr(secrets, "token_urlsafe", while_another_asks)
    first = kept_secret(tmp_path / "secret-key")
    assert others == [first]
    assert len(first) == 64
    assert kept_secret(tmp_path / "secret-key") == first
    assert [(each.name, each.stat().st_mode & 0o777) for each in tmp_path.iterdir()] == [
        ("secret-key", 0o600)
    ]


def logged_by(formatter: logging.Formatter) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                """insert into accounts_organisation (id, code, name, kind, remit, thresholds, how_we_work,
                    what_we_can_offer)
                  values (gen_random_uuid(), 'x', 'Beatrice Murchu', '', '', '', '', '')"""
            )
    except IntegrityError:
        broken = logging.LogRecord(
            "django.request", logging.ERROR, "", 0, "Internal Server Error: %s", ("/",), sys.exc_info()
        )
        return formatter.format(broken)
    raise AssertionError("the row was taken")


@pytest.mark.django_db
def test_a_logged_error_of_the_database_says_where_and_of_what_sort_and_no_value() -> None:
    assert "Beatrice" in logged_by(logging.Formatter())
    said = logged_by(WithoutValues())
    assert "Beatrice" not in said
    assert "IntegrityError" in said
    assert "test_kernel.py" in said
    assert "Internal Server Error: /" in said


def test_every_log_is_written_without_values() -> None:
    told: dict[str, Any] = settings.LOGGING
    assert told["formatters"][told["handlers"]["console"]["formatter"]]["()"].endswith("WithoutValues")


@pytest.mark.django_db
def test_the_server_writes_neither_statements_nor_rows_into_its_own_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('log_error_verbosity'), current_setting('log_min_error_statement')"
        )
        assert cursor.fetchone() == ("terse", "panic")


def test_the_area_pack_is_read_once_and_again_only_after_it_was_changed(
    settings: Settings, tmp_path: Path
) -> None:
    settings.AREA_FOLDER = shutil.copytree(settings.AREA_FOLDER, tmp_path / "area")
    read = area_pack()
    assert area_pack() is read
    with (tmp_path / "area/area.yaml").open("a", encoding="utf-8") as file:
        file.write("# reviewed\n")
    changed = area_pack()
    assert changed.hash != read.hash
    assert area_pack() is changed
    (tmp_path / "area/area.yaml").write_text("nonsense: [", encoding="utf-8")
    with pytest.raises(PackRefusedError):
        area_pack()


@pytest.mark.django_db
def test_a_page_looks_at_the_pack_once_and_the_next_page_again(
    settings: Settings, tmp_path: Path, client: Client
) -> None:
    settings.AREA_FOLDER = pack = shutil.copytree(settings.AREA_FOLDER, tmp_path / "area")
    hashes: list[str] = []

    def page(_: HttpRequest) -> HttpResponse:
        hashes.append(area_pack().hash)
        with (pack / "area.yaml").open("a", encoding="utf-8") as file:
            file.write("# reviewed\n")
        hashes.append(area_pack().hash)
        return HttpResponse()

    settings.ROOT_URLCONF = (path("page/", login_not_required(page)),)
    client.get("/page/")
    client.get("/page/")
    assert hashes[0] == hashes[1] != hashes[2] == hashes[3]
    assert area_pack().hash not in hashes


def test_a_file_that_comes_into_the_pack_is_seen_also_while_its_folders_are_listed(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.AREA_FOLDER = pack = shutil.copytree(settings.AREA_FOLDER, tmp_path / "area")
    plain, new = area.seen, pack / "sources" / "new.yaml"

    def seen(path: Path | str) -> area.Seen:
        if str(path) == str(pack / "sources"):
            new.touch()  # somebody puts it there in the middle
        return plain(path)

    monkeypatch.setattr(area, "seen", seen)
    area.area_files()
    monkeypatch.setattr(area, "seen", plain)
    assert str(new) in [path for path, *_ in area.area_files()]
    new.rename(pack / "sources" / "renamed.yaml")
    assert str(new) not in [path for path, *_ in area.area_files()]


def test_the_database_keeps_the_plan_of_what_is_asked_often(db: None) -> None:
    """Django keeps none unless it is told a threshold; pages wait twice as long then."""
    kept = "select count(*) from pg_prepared_statements where statement like '%\"not_asked_elsewhere\"%'"
    for _ in range(8):
        Organisation.objects.filter(code="asked often").annotate(not_asked_elsewhere=F("name")).first()
    with connection.cursor() as cursor:
        cursor.execute(kept)
        assert cursor.fetchone() == (1,)
