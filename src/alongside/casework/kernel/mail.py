"""Which mail server to use, if any: the one an address names. If none is named, nothing is ever sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from alongside.errors import AskedWronglyError

_BACKENDS = "django.core.mail.backends."
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_HERE = ("localhost", "127.0.0.1", "::1")
_AS_IN = "such as smtp+starttls://name:password@mail.example.org:587, smtps://…, file:///a/folder or console:"


@dataclass(frozen=True)
class Mail:
    """How notices are sent.

    Attributes:
        backend: Django's, by its dotted name.
        sender: who they come from.
        address: where members find the pages; the only link in a notice.
        host: of the server; empty if messages are only written locally.
        port: of the server.
        user: the name to sign in to the server with.
        password: the password for that.
        starttls: whether a connection that begins unencrypted is then encrypted.
        tls: whether it is encrypted from the start.
        folder: where messages are written if they are sent to nobody.
    """

    backend: str
    sender: str
    address: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    folder: str = ""

    def __repr__(self) -> str:
        return f"Mail(backend={self.backend!r}, host={self.host!r})"  # settings are shown, never a password


def mail_named(environment: Mapping[str, str]) -> Mail | None:
    """Return what ``ALONGSIDE_MAIL``, ``ALONGSIDE_MAIL_FROM`` and ``ALONGSIDE_ADDRESS`` name; None if unset.

    Raises:
        AskedWronglyError: an address is wrong or missing, or a password would be sent unencrypted.
    """
    named = environment.get("ALONGSIDE_MAIL", "").strip()
    if not named:
        return None
    sender = environment.get("ALONGSIDE_MAIL_FROM", "").strip()
    address = environment.get("ALONGSIDE_ADDRESS", "").strip().rstrip("/")
    if "@" not in sender or any(each.isspace() for each in sender):
        raise AskedWronglyError(
            "ALONGSIDE_MAIL needs ALONGSIDE_MAIL_FROM too: the address notices come from, such as "
            "alongside@example.org"
        )
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        raise AskedWronglyError(
            "ALONGSIDE_MAIL needs ALONGSIDE_ADDRESS too: where members find the pages, such as "
            "https://alongside.example.org"
        )
    return _server(named, sender, address)


def _server(named: str, sender: str, address: str) -> Mail:
    parts = urlsplit(named)
    if parts.scheme == "console":
        return Mail(f"{_BACKENDS}console.EmailBackend", sender, address)
    if parts.scheme == "file" and parts.path and not parts.netloc:
        return Mail(f"{_BACKENDS}filebased.EmailBackend", sender, address, folder=unquote(parts.path))
    try:
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if not port or not parts.hostname:
        # without quoting it: it may contain a password
        raise AskedWronglyError(f"ALONGSIDE_MAIL must be the address of a mail server, {_AS_IN}")
    if parts.password and parts.scheme == "smtp" and parts.hostname not in _HERE:
        raise AskedWronglyError(
            "ALONGSIDE_MAIL would send its password unencrypted; start it with smtp+starttls:// or smtps://"
        )
    return Mail(
        f"{_BACKENDS}smtp.EmailBackend",
        sender,
        address,
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
    )
