"""The key that person ids are made with: without it an id cannot be worked out from a record."""

import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote

from alongside.errors import AskedWronglyError

ENVIRONMENT = "ALONGSIDE_KEY_FILE"
BESIDE_RUNS = ".alongside-key"
SHORTEST = 32
"""Bytes: as long as the SHA-256 that it keys."""


@dataclass(frozen=True)
class Key:
    """A key, where it is, and a fingerprint that tells two keys apart without telling either."""

    secret: bytes = field(repr=False)
    path: Path
    made: bool = False

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits."""
        return hmac.digest(self.secret, b"alongside: fingerprint of a key", "sha256").hex()[:16]


def key_there(out: Path, key_file: Path | None) -> Key | None:
    """Read the key as ``key_for`` does, but never make one: None where one would be made.

    Raises:
        AskedWronglyError: as ``key_for``.
    """
    named = key_file or os.environ.get(ENVIRONMENT)
    return key_for(out, key_file) if named or _beside(out).exists() else None


def key_for(out: Path, key_file: Path | None) -> Key:
    """Read the key: from ``key_file``, else where ``ALONGSIDE_KEY_FILE`` says, else beside the run folders.

    Only the last is made when it is not there (``made`` is then True): 32 random bytes in hexadecimal, 0600.

    Args:
        out: the run folder that will be written.
        key_file: what ``--key`` named.

    Raises:
        AskedWronglyError: the file is missing, is not a key, or others may read it.
    """
    named = key_file or (Path(os.environ[ENVIRONMENT]) if os.environ.get(ENVIRONMENT) else None)
    path = named or _beside(out)
    made = named is None and _make(path)
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        raise AskedWronglyError(
            f"there is no key file at {path}; name one that exists, or leave --key out"
        ) from None
    except (ValueError, OSError):
        secret = b""
    if len(secret) < SHORTEST:
        raise AskedWronglyError(
            f"{path} holds no key: it should be one line of at least {2 * SHORTEST} hexadecimal digits, "
            "such as `openssl rand -hex 32` writes"
        )
    if path.stat().st_mode & 0o077:
        raise AskedWronglyError(
            f"others may read the key in {path}; make it yours alone with: chmod 600 {quote(str(path))}"
        )
    return Key(secret, path, made)


def _beside(out: Path) -> Path:
    return out.absolute().parent / BESIDE_RUNS


def _make(path: Path) -> bool:
    """Write a new key to ``path`` unless one is there; two runs starting together agree on one."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}-{os.getpid()}")
    draft.touch(mode=0o600)
    try:
        draft.write_text(secrets.token_hex(SHORTEST) + "\n", encoding="ascii")
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
