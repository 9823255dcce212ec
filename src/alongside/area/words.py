"""What people read instead of a code: the title the pack gives it, or the code itself in plain words."""

from collections.abc import Iterable

from alongside.area.models import Area, Policy


def in_words(code: str) -> str:
    """Return a code as words: ``money_advice`` becomes Money advice."""
    return code.replace("_", " ").capitalize()


def response_titles(area: Area, policies: Iterable[Policy]) -> dict[str, str]:
    """Return the title of every response that is declared or that a policy offers."""
    offered = [code for policy in policies for codes in policy.responses.values() for code in codes]
    return {code: in_words(code) for code in offered} | {each.code: each.title for each in area.responses}


def service_titles(area: Area, policies: Iterable[Policy]) -> dict[str, str]:
    """Return the title of every service that is declared or that a policy's routes ask about."""
    asked = [route.open_to for policy in policies for route in policy.routes if route.open_to]
    return {code: in_words(code) for code in asked} | {each.code: each.title for each in area.services}
