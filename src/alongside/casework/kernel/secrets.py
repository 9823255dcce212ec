"""The secret that signs sessions: named by the environment, else made once and kept for its owner alone."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def secret_key(data_folder: Path) -> str:
    """Return ``ALONGSIDE_SECRET_KEY``, or what ``secret-key`` in the data folder holds; made if need be."""
    if named := os.environ.get("ALONGSIDE_SECRET_KEY"):
        return named
    return kept_secret(data_folder / "secret-key")


def kept_secret(path: Path) -> str:
    """Return the secret in a file; one that is not there is made, 0600, once even if two ask at a time."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        descriptor, being_written = tempfile.mkstemp(dir=path.parent)  # 0600
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        # whole or not at all: whoever asks meanwhile must not read a file that is still empty
        with suppress(FileExistsError):
            os.link(being_written, path)
        Path(being_written).unlink()
    return path.read_text(encoding="ascii").strip()


def one_time_password() -> str:
    """Return a password to sign in with once: long enough that nobody guesses it, and without look-alikes."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))
