"""What flows where, read from a pack: the facts a purpose uses, who gives them, and who may receive them."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.area import AreaPack
from alongside.area.built_in import BUILT_IN
from alongside.area.expressions import check_condition, check_derived
from alongside.area.models import Factor, Identity, Policy, Purpose, Source
from alongside.casework.accounts.rules import CONTACT_TEAM

IDENTITY_WORDS = {
    "forename": "name", "middle_names": "name", "surname": "name", "full_name": "name",
    "former_names": "former names", "date_of_birth": "date of birth", "age": "age", "sex": "sex as recorded",
    "uprn": "address", "address_lines": "address", "postcode": "address",
    "address_until": "address", "phone": "telephone number",
    "email": "e-mail address",
}  # fmt: skip


@dataclass(frozen=True)
class Flow:
    """One source used for one purpose."""

    purpose: Purpose
    source: Source
    giver: str
    kinds: tuple[str, ...]
    recipients: tuple[str, ...]


def flows_of(pack: AreaPack) -> list[Flow]:
    """Return every source under every purpose it may be used for, in the order of the pack."""
    names = organisations(pack)
    return [
        Flow(
            purpose,
            source,
            names[source.organisation],
            tuple(kinds_of(source)),
            tuple(recipients(pack, purpose)),
        )
        for purpose in pack.area.purposes
        for source in sources_for(pack, purpose)
    ]


def organisations(pack: AreaPack) -> dict[str, str]:
    """Return code to name."""
    return {each.code: each.name for each in pack.area.organisations}


def sources_for(pack: AreaPack, purpose: Purpose) -> list[Source]:
    """Return the sources that may be used for a purpose."""
    return [source for source in pack.sources.values() if purpose.code in source.purposes]


def policies_for(pack: AreaPack, purpose: Purpose) -> list[Policy]:
    """Return the policies that serve a purpose."""
    return [policy for policy in pack.policies.values() if policy.purpose == purpose.code]


def kinds_of(source: Source) -> Iterator[str]:
    """Yield, in words, what kinds of data a source holds: who the person is, then parts of their life."""
    yield from dict.fromkeys(_identity(source.identity))
    yield from sorted({f"facts about {factor.domain}" for factor in source.factors if not factor.retired})
    if source.case_index:
        yield "which service the person is open to"


def _identity(identity: Identity) -> Iterator[str]:
    for field, words in IDENTITY_WORDS.items():
        if getattr(identity, field):
            yield words
    yield from (f"number ({system})" for system in identity.identifiers)
    yield from (f"further detail ({code})" for code in identity.others)


def recipients(pack: AreaPack, purpose: Purpose) -> list[str]:
    """Return who the routes of a purpose's policies lead to, in words."""
    provider = {service.code: service.organisation for service in pack.area.services}
    named: set[str] = set()
    contact = False
    for route in (route for policy in policies_for(pack, purpose) for route in policy.routes):
        contact |= CONTACT_TEAM in (route.then, route.otherwise)
        named |= {
            service.organisation
            for service in pack.area.services
            if route.open_to in (service.code, service.group, "any_service")
            or (route.open_to == "any_critical_service" and service.critical)
        }
        named |= {provider[to] for to in (route.then, route.otherwise) if to in provider}
    return [*_in_order(pack, named), *(["whichever organisation has the contact team"] if contact else [])]


def offering(pack: AreaPack, purpose: Purpose) -> list[str]:
    """Return the organisations whose help can be offered: they learn about a person only by a referral."""
    provider = {service.code: service.organisation for service in pack.area.services}
    offered = {
        code
        for policy in policies_for(pack, purpose)
        for codes in policy.responses.values()
        for code in codes
    }
    declared = [each for each in pack.area.responses if each.code in offered and each.offered_by]
    return _in_order(pack, {provider.get(str(each.offered_by), str(each.offered_by)) for each in declared})


def _in_order(pack: AreaPack, codes: set[str]) -> list[str]:
    return [each.name for each in pack.area.organisations if each.code in codes]


def facts_used(pack: AreaPack, purpose: Purpose) -> set[str]:
    """Return the codes of all facts the purpose's policies use, also through derived ones."""
    known = {**BUILT_IN, **pack.factors}
    derived = {factor.code: factor for factor in pack.derived}
    found: set[str] = set()
    for policy in policies_for(pack, purpose):
        for text in [policy.applies_when, *(tier.when for tier in policy.tiers)]:
            found |= set(check_condition(text, factors=set(known)).factors) if text else set()
        found |= {code for code in policy.excludes if code in known}
    waiting = list(found)
    while waiting:
        factor = derived.get(waiting.pop())
        more = set(check_derived(factor.value, factors=set(known)).columns) - found if factor else set()
        found |= more
        waiting += more
    return found


def facts_unused(pack: AreaPack, purpose: Purpose) -> list[tuple[Source, Factor]]:
    """Return facts worked out from the purpose's sources that none of its policies uses."""
    used = facts_used(pack, purpose)
    return [
        (source, factor)
        for source in sources_for(pack, purpose)
        for factor in source.factors
        if factor.code not in used and not factor.retired
    ]
