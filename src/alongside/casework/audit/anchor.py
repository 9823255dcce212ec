"""The anchor: where the chain ended, night by night, in a file that nobody with the database can reach.

The chain itself cannot show that its end was cut off by somebody who also set its head back. A file elsewhere
can.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alongside.errors import AskedWronglyError, DataRefusedError


@dataclass(frozen=True)
class Anchor:
    """A file with a line for each time the chain was complete: when, its last event's number, its hash."""

    path: Path

    def begin(self) -> None:
        """Make the file, private to its owner.

        Raises:
            AskedWronglyError: it exists already, or cannot be made.
        """
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            raise AskedWronglyError(
                f"{self.path} exists already; leave out --begin to continue with it"
            ) from None
        except OSError as error:
            raise AskedWronglyError(f"{self.path} cannot be made: {error.strerror}.") from None

    def known(self) -> dict[int, str]:
        """Return number to hash of each event it lists.

        Raises:
            AskedWronglyError: there is no such file; a lost anchor is never silently started again.
            DataRefusedError: a line in it is not one of ours.
        """
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise AskedWronglyError(
                f"there is no anchor in {self.path} ({error.strerror}); if there never was one, add --begin. "
                "If there was, somebody removed it: find out who before you start another"
            ) from None
        except UnicodeDecodeError:
            raise DataRefusedError(f"{self.path} is not an anchor: it is not text") from None
        found: dict[int, str] = {}
        for number, line in enumerate(lines, start=1):
            try:
                told = json.loads(line)
                found[int(told["event"])] = bytes.fromhex(told["hash"]).hex()
            except (ValueError, TypeError, KeyError):
                raise DataRefusedError(f"{self.path}, line {number}, is not a line of an anchor") from None
        return found

    def hold(self, *, at: datetime, event: int, digest: str) -> None:
        """Add where the chain ends now, and make sure it is on disk before going on.

        Raises:
            AskedWronglyError: the file cannot be written.
        """
        line = json.dumps({"at": at.isoformat(), "event": event, "hash": digest}) + "\n"
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise AskedWronglyError(f"{self.path} cannot be written: {error.strerror}.") from None
