"""What the machine could not do: errors of the engines and the system, in a sentence."""

import errno

import duckdb

from alongside.errors import AlongsideError

_DISK = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "a file would be larger than this system allows",
}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class MachineError(AlongsideError):
    """There was not enough room, or no permission: nothing is wrong with the data."""

    exit_code = 1


def as_machine_error(error: BaseException) -> MachineError | None:
    """Put ``error`` as a sentence, if the machine caused it; None if it did not."""
    words = str(error)
    if isinstance(error, OSError) and error.errno in _DISK:
        return MachineError(
            f"{_DISK[error.errno]}. Nothing was left half-written. Make room and run it again"
        )
    if isinstance(error, duckdb.IOException) and any(
        text in words for text in ("No space left", "File too large")
    ):
        return MachineError("the disk is full. Nothing was left half-written. Make room and run it again")
    if _of_spark(error) and ("No space left" in words or "Disk quota exceeded" in words):
        return MachineError("the disk is full. Nothing was left half-written. Make room and run it again")
    if _of_spark(error) and "java.lang.OutOfMemoryError" in words:
        return MachineError(
            "Spark ran out of memory. Nothing was left half-written. Run it on a cluster with more"
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return MachineError(
            "neither memory nor disk had room for what was being worked out. Nothing was left half-written. "
            "Run it on a machine with more, or free space where the run folder goes"
        )
    if isinstance(error, MemoryError):
        return MachineError("the machine ran out of memory. Nothing was left half-written")
    if isinstance(error, OSError) and error.errno in _FORBIDDEN and error.filename:
        return MachineError(
            f"{error.filename} cannot be read or written ({error.strerror}); change its permissions, "
            "or name another place"
        )
    return None


def _of_spark(error: BaseException) -> bool:
    """Whether Spark raised it; judged by name, because Spark need not be installed."""
    return type(error).__module__.split(".")[0] in ("py4j", "pyspark")
