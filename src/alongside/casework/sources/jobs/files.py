"""Files for the next run: whole, or as they were before, and readable only by the account that runs this."""

import csv
import filecmp
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path


def write_whole(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a CSV in place of any already there; its folder is made if need be.

    One that would be the same is left as it is, with its time, so that whoever watches it sees no change.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")  # 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as text:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
            text.flush()
            os.fsync(text.fileno())
        if path.is_file() and filecmp.cmp(partial, path, shallow=False):
            Path(partial).unlink()
        else:
            Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
