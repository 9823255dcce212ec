"""An address by its name is what Django gives, however often it is asked for."""

from uuid import UUID, uuid4

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from alongside.casework.design.addresses import address_of

SOMEBODY, CASE = (
    UUID("6ecc0a55-f184-4bab-aad7-7586cf154222"),
    UUID("83dd35d3-4599-47df-98d5-3b4c2c105b8b"),
)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("today", ()),
        ("people:person", (SOMEBODY,)),
        ("people:person", (CASE,)),
        ("people:person", (str(SOMEBODY),)),
        ("marm:decide_again", (CASE, SOMEBODY)),
        ("marm:decide_again", (SOMEBODY, CASE)),
        ("marm:end_case", (CASE, "risk-lower")),
    ],
)
def test_it_is_what_django_says(name: str, args: tuple[object, ...]) -> None:
    for _ in range(2):
        assert address_of(name, args=args) == reverse(name, args=args)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("marm:end_case", {"case_id": CASE, "reason": "risk-lower"}),
        ("marm:decide_again", {"case_id": CASE, "case_decision_id": SOMEBODY}),
        ("marm:decide_again", {"case_decision_id": CASE, "case_id": SOMEBODY}),
    ],
)
def test_what_is_put_in_may_be_named(name: str, said: dict[str, object]) -> None:
    for _ in range(2):
        assert address_of(name, kwargs=said) == reverse(name, kwargs=said)
    with pytest.raises(NoReverseMatch):
        address_of(name, kwargs=said | {"another": CASE})


def test_what_is_not_there_is_refused_as_django_refuses_it() -> None:
    for name, args in (("people:nobody", ()), ("people:person", ()), ("people:person", (uuid4(), uuid4()))):
        with pytest.raises(NoReverseMatch):
            address_of(name, args=args)


def test_a_site_below_a_path_has_its_addresses_there() -> None:
    before = address_of("people:person", args=[SOMEBODY])
    set_script_prefix("/alongside/")
    try:
        assert address_of("people:person", args=[SOMEBODY]) == f"/alongside{before}"
    finally:
        set_script_prefix("/")
    assert address_of("people:person", args=[SOMEBODY]) == before
