"""Addresses of pages by name: Django tries all patterns each time, and a list has many links."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import get_script_prefix, reverse

_WRITTEN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A UUID as Python writes it."""
_WORD = re.compile(r"[a-zA-Z][a-zA-Z_.-]{0,60}")
"""A name or a code, which stands in an address as it is."""


def address_of(name: str, *, args: Sequence[object] = (), kwargs: dict[str, Any] | None = None) -> str:
    """Return what ``reverse`` returns.

    If all arguments are UUIDs, written ones or plain words, it works once per name and words.

    Raises:
        NoReverseMatch: there is no such page, or it takes other arguments.
    """
    put_in = list(kwargs.values()) if kwargs else list(args)
    shape = tuple(map(_shape, put_in))
    if (kwargs and args) or None in shape:
        return reverse(name, args=args, kwargs=kwargs)
    address = _with_places(get_script_prefix(), name, tuple(kwargs or ()), shape)
    for number, each in enumerate(put_in):
        if shape[number] is UUID:
            address = address.replace(_place(number), str(each))
    return address


def _shape(given: object) -> type[UUID] | str | None:
    """A word as it is, ``UUID`` for whatever reads as one, and None for anything else."""
    if type(given) is UUID:
        return UUID
    if type(given) is not str:
        return None
    if _WRITTEN.fullmatch(given):
        return UUID
    return given if _WORD.fullmatch(given) else None


@lru_cache(maxsize=2048)
def _with_places(
    prefix: str,  # noqa: ARG001 - part of the result
    name: str,
    named: tuple[str, ...],
    shape: tuple[type[UUID] | str | None, ...],
) -> str:
    put_in = [UUID(_place(number)) if each is UUID else each for number, each in enumerate(shape)]
    if named:
        return reverse(name, kwargs=dict(zip(named, put_in, strict=True)))
    return reverse(name, args=put_in)


def _place(number: int) -> str:
    """A UUID that nothing has: in random ones, the version digit is never zero, as it is here."""
    return f"{number:08x}-0000-0000-0000-000000000000"
