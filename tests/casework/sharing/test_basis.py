"""Which bases in law are open, and what is said of those that are not."""

from itertools import chain, combinations

import pytest

from alongside.casework.accounts.models import Organisation
from alongside.casework.sharing.rules.basis import (
    BASES,
    PUBLIC_AUTHORITIES,
    Circumstances,
    DataClass,
    Known,
    Layer,
    bases_for,
)

OTHERS = sorted(set(Organisation.Kind.values) - PUBLIC_AUTHORITIES)
PARAGRAPH_18 = frozenset(
    {Known.ADULT, Known.CARE_AND_SUPPORT_NEEDS, Known.AT_RISK, Known.UNABLE_TO_PROTECT}
    | {Known.CONSENT_CANNOT_BE_HAD}
)


def open_to(kind: str, data: DataClass, *known: Known) -> set[str]:
    return {each.basis.code for each in bases_for(Circumstances(kind, data, frozenset(known))) if each.open}


def why_not(code: str, kind: str, data: DataClass, *known: Known) -> str:
    options = bases_for(Circumstances(kind, data, frozenset(known)))
    return next(each.why_not for each in options if each.basis.code == code)


@pytest.mark.parametrize("kind", sorted(PUBLIC_AUTHORITIES))
@pytest.mark.parametrize("data", DataClass)
def test_a_public_authority_never_has_a_legitimate_interest_whatever_is_known(
    kind: str, data: DataClass
) -> None:
    every = chain.from_iterable(combinations(Known, size) for size in (0, 1, 2, len(Known)))
    for known in every:
        found = open_to(kind, data, *known)
        assert not {code for code in found if code.startswith(("6_ea", "6_f"))}
        assert {"6_e", "6_c"} <= found
        assert "6_a" not in found, "consent is courtesy there, and no basis"
    assert "section 70" in why_not("6_ea_safeguarding", kind, data, *Known)


@pytest.mark.parametrize("kind", OTHERS)
def test_nobody_borrows_the_councils_public_task(kind: str) -> None:
    assert "6_e" not in open_to(kind, DataClass.ORDINARY, *Known)
    assert "cannot borrow" in why_not("6_e", kind, DataClass.ORDINARY, *Known)


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("6_ea_request", Known.REQUESTED_FOR_PUBLIC_TASK),
        ("6_ea_safeguarding", Known.AT_RISK),
        ("6_ea_crime", Known.CRIME),
        ("6_ea_emergency", Known.EMERGENCY),
        ("6_a", Known.AGREES),
    ],
)
def test_what_a_charity_may_rest_on_is_open_by_what_is_known_alone(code: str, known: Known) -> None:
    everything_else = set(Known) - {known}
    assert code not in open_to("charity", DataClass.ORDINARY, *everything_else)
    assert code in open_to("charity", DataClass.ORDINARY, known)


@pytest.mark.proves("MARM-38")
@pytest.mark.parametrize("missing", sorted(PARAGRAPH_18 - {Known.ADULT}))
def test_the_safeguarding_condition_asks_for_each_of_its_parts(missing: Known) -> None:
    assert "s1_18" in open_to("council", DataClass.SPECIAL, *PARAGRAPH_18)
    assert "s1_18" not in open_to("council", DataClass.SPECIAL, *(PARAGRAPH_18 - {missing}))
    assert why_not("s1_18", "council", DataClass.SPECIAL, *(PARAGRAPH_18 - {missing})) != ""


def test_a_child_is_at_risk_without_needs_for_care_and_support() -> None:
    of_a_child = {Known.AT_RISK, Known.CONSENT_CANNOT_BE_HAD}
    assert "s1_18" in open_to("council", DataClass.SPECIAL, *of_a_child)


def test_an_adult_without_care_needs_is_told_where_to_look_instead() -> None:
    told = why_not("s1_18", "council", DataClass.SPECIAL, Known.ADULT, Known.AT_RISK)
    assert "paragraphs 6, 2" in told
    assert {"s1_6", "s1_2"} <= open_to("council", DataClass.SPECIAL, Known.ADULT, Known.AT_RISK)


def test_a_refusal_is_no_reason_why_consent_could_not_be_had() -> None:
    refused = (PARAGRAPH_18 - {Known.CONSENT_CANNOT_BE_HAD}) | {Known.REFUSES}
    assert "A refusal alone is not enough" in why_not("s1_18", "council", DataClass.SPECIAL, *refused)


def test_who_said_no_is_not_shared_about_as_if_they_expected_it() -> None:
    assert "direct_care" in open_to("nhs", DataClass.SPECIAL, Known.DIRECT_CARE)
    assert "direct_care" not in open_to("nhs", DataClass.SPECIAL, Known.DIRECT_CARE, Known.REFUSES)


def test_a_confidence_goes_by_capacity_only_with_a_record_of_this_decision() -> None:
    assert "best_interests" not in open_to(
        "council", DataClass.ORDINARY, *(set(Known) - {Known.LACKS_CAPACITY})
    )
    assert "best_interests" in open_to("council", DataClass.ORDINARY, Known.LACKS_CAPACITY)


def test_the_public_interest_wants_a_harm_a_crime_or_control() -> None:
    assert "public_interest" not in open_to("council", DataClass.ORDINARY, Known.REFUSES, Known.ADULT)
    for known in (Known.RISK_TO_OTHERS, Known.CRIME, Known.CONTROLLED):
        assert "public_interest" in open_to("council", DataClass.ORDINARY, known)


def test_a_condition_is_asked_for_special_and_criminal_data_alone() -> None:
    def layers(data: DataClass) -> set[Layer]:
        return {each.basis.layer for each in bases_for(Circumstances("council", data))}

    assert layers(DataClass.ORDINARY) == {Layer.ARTICLE_6, Layer.CONFIDENCE}
    assert layers(DataClass.SPECIAL) == layers(DataClass.CRIMINAL) == set(Layer)
    assert {"s1_2", "9_a"}.isdisjoint(open_to("council", DataClass.CRIMINAL, *Known))


@pytest.mark.parametrize("kind", Organisation.Kind.values)
@pytest.mark.parametrize("data", DataClass)
def test_everybody_is_always_left_a_way_and_told_why_of_each_that_is_closed(
    kind: str, data: DataClass
) -> None:
    options = bases_for(Circumstances(kind, data))
    for layer in {each.basis.layer for each in options}:
        assert any(each.open for each in options if each.basis.layer is layer)
    assert all(each.why_not.endswith(".") for each in options if not each.open)
    assert [each.basis.code for each in options] == [
        code for code in BASES if BASES[code].layer in {o.basis.layer for o in options}
    ]
