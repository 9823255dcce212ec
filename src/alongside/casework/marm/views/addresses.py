"""What an address names besides its path."""

from uuid import UUID

from alongside.casework.accounts.requests import MemberRequest


def id_in(request: MemberRequest, name: str) -> UUID | None:
    """Return what the address names, such as because of which concern; nothing where it is no id."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
