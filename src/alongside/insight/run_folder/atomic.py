"""A folder that appears whole or not at all.

It is filled under another name beside its place and renamed there when every byte is on the disk. One run at
a time may write a place (a lock the kernel lets go of when the process ends, however it ends), so whatever
is there half-made when the lock is free was left by a run that was killed, and is removed.
"""

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from alongside.errors import AskedWronglyError
from alongside.insight.run_folder.manifest import is_run

_EXCHANGE = 2
"""``RENAME_EXCHANGE`` of Linux's renameat2(2): two names swap what they stand for, in one step."""
_HERE = -100
"""``AT_FDCWD``: a relative path starts at the working folder."""

_NO_FOLDER_HERE = {
    errno.EEXIST,
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENAMETOOLONG,
}
"""What the system says of a place where no folder can be made; a full disk is another matter."""


@contextmanager
def whole_or_nothing(place: Path, *, replace: bool = False) -> Iterator[Path]:
    """Give an empty folder (0700) to fill; if the block succeeds it is put at ``place``, else it is removed.

    Every file in it is then readable by its owner alone (0600) and safe on the disk.

    Args:
        place: where the folder will be; its parent is made if necessary.
        replace: put it in place of the run, or the empty folder, that is there, in one step.

    Raises:
        AskedWronglyError: ``place`` exists and ``replace`` is False, or ``place`` is neither a run nor an
            empty folder, or no folder can be made there, or another process is writing there now.
    """
    place = place.absolute()
    with _asked_of(place):
        _may_be_written(place, replace=replace)
    with _parents_of(place), _alone(place):
        _sweep(place)
        _may_be_written(place, replace=replace)
        partial = _beside(place, f"partial-{os.getpid()}")
        partial.mkdir(mode=0o700)
        try:
            yield partial
            _settle(partial)
            _may_be_written(place, replace=replace)  # in the hour that a run takes, one may have come
            _put(partial, place)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def _parents_of(place: Path) -> Iterator[None]:
    """Make the folders that ``place`` is to stand in; those made here and empty at the end are removed."""
    new = [each for each in place.parents if not each.exists()]
    with _asked_of(place):
        place.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        with suppress(OSError):  # something stands in one, and so in those above it
            for each in new:
                each.rmdir()


def _may_be_written(place: Path, *, replace: bool) -> None:
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise AskedWronglyError(f"{place} is not a folder; choose another name for the run")
    if not place.exists():
        return
    empty = not any(place.iterdir())
    if not empty and not is_run(place):
        raise AskedWronglyError(
            f"the folder {place} is not a run, so nothing in it was touched; choose another --out"
        )
    if not replace:
        there = f"there is an empty folder at {place}" if empty else f"there is a run at {place} already"
        raise AskedWronglyError(f"{there}; choose another --out, or say --replace to write over it")


@contextmanager
def _asked_of(place: Path) -> Iterator[None]:
    """Give a plain message to anybody who named a place where no folder can be made."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_FOLDER_HERE:
            raise
        raise AskedWronglyError(
            f"no run can be made at {place} ({error.strerror}); choose another --out, in a folder that you "
            "may write to"
        ) from None


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    lock = _beside(place, "lock")
    while True:
        with _asked_of(place):
            descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise AskedWronglyError(
                f"another run is writing {place} now; wait for it, or choose another --out"
            ) from None
        with suppress(FileNotFoundError):
            if os.fstat(descriptor).st_ino == lock.stat().st_ino:
                break
        os.close(descriptor)  # its last holder took the file away between our opening and our locking it
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(descriptor)


def _sweep(place: Path) -> None:
    """Finish what a killed run left: bring back a folder it had put aside, remove what it had half made."""
    for aside in sorted(place.parent.glob(f".{_plain(place.name)}.aside-*")):
        if place.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(place)
    for partial in place.parent.glob(f".{_plain(place.name)}.partial-*"):
        shutil.rmtree(partial)


def _settle(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
        _flush(path)
    _flush(folder)


def _put(partial: Path, place: Path) -> None:
    if not place.exists():
        partial.rename(place)
    elif not _exchange(partial, place):
        aside = _beside(place, f"aside-{os.getpid()}")
        place.rename(aside)
        partial.rename(place)
        shutil.rmtree(aside)
    _flush(place.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system or the disk has no such step."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(place: Path, ending: str) -> Path:
    return place.with_name(f".{place.name}.{ending}")


def _plain(name: str) -> str:
    """Keep a folder's name from being read as a pattern."""
    return "".join(f"[{letter}]" if letter in "[*?" else letter for letter in name)
