"""The secret that signs sessions: set in the environment, or else made once and kept private to its owner.

And members' secrets: encrypted with it, so that a copy of the database alone reveals none of them.
"""

import base64
import os
import secrets
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from alongside.casework.kernel.errors import CaseworkError


def secret_key(data_folder: Path) -> str:
    """Return ``ALONGSIDE_SECRET_KEY``, or else ``secret-key`` in the data folder, made if necessary."""
    if named := os.environ.get("ALONGSIDE_SECRET_KEY"):
        return named
    return kept_secret(data_folder / "secret-key")


def kept_secret(path: Path) -> str:
    """Return the secret in a file; if there is none, it is made, 0600, only once even if two ask at once."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        descriptor, being_written = tempfile.mkstemp(dir=path.parent)  # 0600
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        # complete or not at all: nobody must read a file that is still empty
        with suppress(FileExistsError):
            os.link(being_written, path)
        Path(being_written).unlink()
    return path.read_text(encoding="ascii").strip()


def one_time_password() -> str:
    """Return a password to sign in with once: too long to guess, and without look-alike characters."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def authenticator_secret() -> str:
    """Return a secret for an authenticator app to share with us: 160 bits, in letters and digits."""
    return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def key_fallbacks() -> list[str]:
    """Return the previous keys in ``ALONGSIDE_SECRET_KEY_FALLBACKS``, separated by commas, newest first.

    Whatever was signed or sealed with one of them is still valid; anything new is signed and sealed with the
    current key.
    """
    return [
        key.strip() for key in os.environ.get("ALONGSIDE_SECRET_KEY_FALLBACKS", "").split(",") if key.strip()
    ]


class SealedWithAnotherKeyError(CaseworkError):
    """None of the keys opens it: the key was changed, and the previous one is no longer named."""


def seal(text: str, *, key: str) -> str:
    """Return a text that can only be read or made with the key."""
    return _seal(key).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, *, keys: Sequence[str]) -> str:
    """Return what was sealed with one of these keys.

    Raises:
        SealedWithAnotherKeyError: it was sealed with none of them, or has been changed since.
    """
    try:
        return MultiFernet([_seal(key) for key in keys]).decrypt(sealed.encode("ascii")).decode()
    except InvalidToken:
        raise SealedWithAnotherKeyError(
            "This was encrypted with a key that is no longer available. Whoever runs Alongside can name the "
            "old key in ALONGSIDE_SECRET_KEY_FALLBACKS."
        ) from None


def resealed(sealed: str, *, keys: Sequence[str]) -> str:
    """Return it sealed with the first of the keys; unchanged if it already is.

    Raises:
        SealedWithAnotherKeyError: it was sealed with none of them, or has been changed since.
    """
    try:
        unseal(sealed, keys=keys[:1])
    except SealedWithAnotherKeyError:
        return seal(unseal(sealed, keys=keys), key=keys[0])
    return sealed


def _seal(key: str) -> Fernet:
    # sealing and signing must not share a key, or the output of one might pass for the other's
    return Fernet(base64.urlsafe_b64encode(sha256(b"alongside:seal:" + key.encode()).digest()))
