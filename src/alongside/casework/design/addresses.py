"""Addresses of pages by name: Django tries all patterns each time, and a list has many links."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import get_script_prefix, reverse

_WRITTEN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A UUID as Python writes it."""


def address_of(name: str, *, args: Sequence[object] = (), kwargs: dict[str, Any] | None = None) -> str:
    """Return what ``reverse`` returns. If all arguments are UUIDs or written ones, it works once per name.

    Raises:
        NoReverseMatch: there is no such page, or it takes other arguments.
    """
    put_in = list(kwargs.values()) if kwargs else list(args)
    if (kwargs and args) or not all(map(_is_uuid, put_in)):
        return reverse(name, args=args, kwargs=kwargs)
    address = _with_places(get_script_prefix(), name, tuple(kwargs or ()), len(put_in))
    for number, each in enumerate(put_in):
        address = address.replace(_place(number), str(each))
    return address


def _is_uuid(given: object) -> bool:
    return type(given) is UUID or (type(given) is str and _WRITTEN.fullmatch(given) is not None)


@lru_cache(maxsize=2048)
def _with_places(prefix: str, name: str, named: tuple[str, ...], count: int) -> str:  # noqa: ARG001 - part of the result
    places = [UUID(_place(number)) for number in range(count)]
    if named:
        return reverse(name, kwargs=dict(zip(named, places, strict=True)))
    return reverse(name, args=places)


def _place(number: int) -> str:
    """A UUID that nothing has: in random ones, the version digit is never zero, as it is here."""
    return f"{number:08x}-0000-0000-0000-000000000000"
