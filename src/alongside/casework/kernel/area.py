"""This area's pack, in memory: pages ask for it, and reading it takes longer than making any of them."""

import logging
import os
import threading
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.dispatch import receiver

from alongside.area import AreaPack, load_area
from alongside.errors import AlongsideError

Seen = tuple[str, int, int, int]
"""A file's path, its size in bytes, when it was last changed (nanoseconds), and its inode; zeros if it is
gone."""
_LISTED: dict[Path, tuple[tuple[Seen, ...], tuple[str, ...]]] = {}
"""By the pack's folder: what it and its folders looked like when they were listed, and the files in them."""
_LOG = logging.getLogger(__name__)
_PAGE = threading.local()
"""What this thread saw while making a page, if it is: a page uses one pack, looked at once."""


def area_pack() -> AreaPack:
    """Return this area's pack, read again if any of its files has changed: no restart is needed.

    Raises:
        AskedWronglyError: there is no such folder, or it is not an area pack.
        PackRefusedError: the pack cannot be used as it is now.
    """
    return _read(Path(settings.AREA_FOLDER), area_files())


def area_pack_if_whole() -> AreaPack | None:
    """Return this area's pack as ``area_pack`` does; None where it cannot be used.

    It is for names and titles on pages of people, which must open whatever is wrong with the pack.
    """
    return _read_if_whole(Path(settings.AREA_FOLDER), area_files())


def area_files() -> tuple[Seen, ...]:
    """Return what the pack's files look like from outside: if that is the same, nothing has changed.

    Its folders are listed again only after one of them has changed, and everything is checked once per page.
    """
    folder, looked = Path(settings.AREA_FOLDER), getattr(_PAGE, "looked", None)
    if looked is None:
        return _look(folder)
    if folder not in looked:
        looked[folder] = _look(folder)
    files: tuple[Seen, ...] = looked[folder]
    return files


def _look(folder: Path) -> tuple[Seen, ...]:
    folders, files = _LISTED.get(folder, ((), ()))
    if not folders or tuple(seen(path) for path, *_ in folders) != folders:
        # the folders first: a file added to one while it is listed changes it, and is found the next time
        folders = tuple(seen(each) for each in (folder, *folder.rglob("*")) if each.is_dir())
        files = tuple(str(each) for each in sorted(folder.rglob("*")) if each.is_file())
        _LISTED[folder] = folders, files
    return tuple(seen(each) for each in files)


def seen(file: Path | str) -> Seen:
    """Return what a file or a folder looks like from outside."""
    try:
        status = os.stat(file)  # noqa: PTH116 - many times a page, and making a Path costs as much again
    except OSError:
        return str(file), 0, 0, 0
    return str(file), status.st_size, status.st_mtime_ns, status.st_ino


@receiver(request_started)
def _begin_page(**_: object) -> None:
    _PAGE.looked = {}


@receiver(request_finished)
def _end_page(**_: object) -> None:
    _PAGE.looked = None


@lru_cache(maxsize=1)
def _read(folder: Path, as_seen: tuple[Seen, ...]) -> AreaPack:  # noqa: ARG001 - a change makes it read again
    return load_area(folder)


# a pack that cannot be used is not read again for each name on a page either
@lru_cache(maxsize=1)
def _read_if_whole(folder: Path, as_seen: tuple[Seen, ...]) -> AreaPack | None:
    try:
        return _read(folder, as_seen)
    except AlongsideError as error:
        _LOG.error("names and titles of the area pack are not shown: %s", error)
        return None
