"""Riverside with Bee's request, those who answer it, and what moves a request on."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.operations.running import tell_database
from alongside.casework.rights.commands.giving import release_bundle
from alongside.casework.rights.commands.withholding import look_at_line, make_ready
from alongside.casework.rights.models import AccessRequest
from alongside.casework.rights.queries.bundle import Bundle, bundle_of
from alongside.casework.rights.queries.desk import OfLine
from alongside.casework.rights.queries.not_safe import unsafe_keys
from alongside.casework.sharing.models import ShareDecision

BORN = date(1951, 3, 4)


@pytest.fixture
def who(riverside: Universe, at: datetime) -> Callable[[str], Actor]:
    return lambda name: actor_for(riverside, name, on=at.date())


@pytest.fixture
def iris(who: Callable[[str], Actor]) -> Actor:
    return who("Iris Okafor")


@pytest.fixture
def ada(who: Callable[[str], Actor]) -> Actor:
    return who("Ada Clarke")


@pytest.fixture
def asha(who: Callable[[str], Actor]) -> Actor:
    return who("Asha Patel")


@pytest.fixture
def hari(who: Callable[[str], Actor], asha: Actor) -> Actor:
    """Somebody of an organisation that the demonstration tells and asks nothing about Bee."""
    return replace(who("Hari Nair"), permissions=asha.permissions)


@pytest.fixture
def bee(riverside: Universe) -> UUID:
    return riverside.people["Bee"]


@pytest.fixture
def asked(riverside: Universe) -> UUID:
    """Bee's request, of which it is known who asks."""
    return riverside.access_requests["Bee"]


@pytest.fixture
def later(at: datetime) -> datetime:
    return at + timedelta(minutes=5)


def everything() -> None:
    """Let the test's own look at rows see all."""
    tell_database(system_actor("tests"))


def row(request_id: UUID) -> AccessRequest:
    everything()
    return AccessRequest.objects.get(id=request_id)


def line_with(bundle: Bundle, words: str, table: str = "") -> OfLine:
    return next(
        each
        for each in bundle.lines
        if each.line.table.startswith(table) and any(words in part.words for part in each.line.parts)
    )


def looked_at(actor: Actor, request_id: UUID, at: datetime) -> None:
    """Look at everything that is marked."""
    for each in bundle_of(actor=actor, request_id=request_id).waiting:
        look_at_line(actor=actor, at=at, request_id=request_id, line=each.line.key)


def released(iris: Actor, ada: Actor, request_id: UUID, at: datetime, **other: Any) -> None:
    looked_at(iris, request_id, at)
    make_ready(actor=iris, at=at, request_id=request_id)
    release_bundle(actor=ada, at=at, request_id=request_id, typed=other.get("typed", BORN))


@pytest.fixture
def drop(borough: Path, tmp_path: Path, settings: Settings) -> Path:
    """A drop folder with the extracts that the first run read, and the runs beside it."""
    shutil.copytree(borough / "b" / "extracts", tmp_path / "drop")
    shutil.copytree(borough / "runs", tmp_path / "runs")
    settings.AREA_FOLDER, settings.RUNS_FOLDER = borough / "b" / "area", tmp_path / "runs"
    settings.DROP_FOLDER = tmp_path / "drop"
    return tmp_path / "drop"


def unsafe_about(person: UUID) -> frozenset[str]:
    """What it is not safe that a person knows, whoever looks."""
    decisions = ShareDecision.objects.filter(person=person).select_related("override", "second_look")
    return unsafe_keys(frozenset({person}), decisions)
