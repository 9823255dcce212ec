"""``policies/*.yaml``: facts that may be used, responses to them, and routes that can be followed."""

from collections.abc import Iterator, Mapping

from alongside.area.consistency._factors import KnownFactor, in_passing, retired, value_kinds
from alongside.area.consistency._references import undeclared, undeclared_response, unknown, written
from alongside.area.expressions import ExpressionError, check_condition
from alongside.area.files import PackFile, PackFiles
from alongside.area.models import Policy
from alongside.area.problems import PackProblem, did_you_mean, listed
from alongside.area.yaml_text import Place

ANY_SERVICE = ("any_critical_service", "any_service")
"""What a route may name beside services and groups."""


def refusals(files: PackFiles, known: Mapping[str, KnownFactor] | None) -> Iterator[PackProblem]:
    """What makes a policy unusable."""
    purposes = written(files.area, "purposes")
    source_purposes = {
        file.model.source: file.model.purposes for file in files.sources if file.model is not None
    }
    yield from _named_twice(files)
    for file in files.policies:
        policy = file.model
        if policy is None:
            continue
        yield from unknown(
            file, ("purpose",), policy.purpose, purposes, "a purpose in this pack", "area.yaml"
        )
        yield from _tiers(file, policy)
        yield from _routes(file, policy)
        if known is not None:
            # For a purpose nobody declared, we cannot say what may be used.
            allowed = source_purposes if purposes and policy.purpose in purposes else {}
            yield from _facts(file, policy, known, allowed)


def conditions(policy: Policy) -> Iterator[tuple[Place, str]]:
    """The conditions of a policy, each with its place."""
    if policy.applies_when is not None:
        yield ("applies_when",), policy.applies_when
    for position, tier in enumerate(policy.tiers):
        yield ("tiers", position, "when"), tier.when


def _named_twice(files: PackFiles) -> Iterator[PackProblem]:
    first: dict[str, tuple[str, PackFile[Policy]]] = {}
    for file in files.policies:
        if file.model is None:
            continue
        code, version = file.model.policy.split("/")
        if code in first:
            other_version, other = first[code]
            again = "a second time" if version == other_version else f"beside version {other_version}"
            wrong = f"`{file.model.policy}` is here {again}; the other is in {other.name}"
            right = "Keep only the newer one in the pack: version control keeps the rest"
            yield file.problem(("policy",), wrong, right)
        first.setdefault(code, (version, file))


def _tiers(file: PackFile[Policy], policy: Policy) -> Iterator[PackProblem]:
    codes = [tier.code for tier in policy.tiers]
    for position, code in enumerate(codes):
        if code in codes[:position]:
            wrong = f"`{code}` is the code of a second tier"
            yield file.problem(("tiers", position, "code"), wrong, "Give one of them another code")
    for tier in policy.capacity_per_week:
        if tier not in codes:
            wrong = f"`capacity_per_week` names the tier `{tier}`, which the policy does not have"
            yield file.problem(("capacity_per_week", tier), wrong, did_you_mean(tier, codes, "Its tiers are"))


def _routes(file: PackFile[Policy], policy: Policy) -> Iterator[PackProblem]:
    last = len(policy.routes) - 1
    for position, route in enumerate(policy.routes):
        place: Place = ("routes", position)
        if (route.open_to is None) != (route.then is None) or (route.open_to is None) == (
            route.otherwise is None
        ):
            right = "Write `{open_to: …, then: …}`, and as the last line `{otherwise: …}`"
            yield file.problem(place, "this line of `routes` does not say who takes the person on", right)
        elif (route.otherwise is not None) != (position == last):
            wrong = (
                "no line of `routes` catches everybody else"
                if position == last
                else "no line after `otherwise` is ever reached"
            )
            yield file.problem(place, wrong, "Make `{otherwise: …}` the last line, and only the last")


def _facts(
    file: PackFile[Policy],
    policy: Policy,
    known: Mapping[str, KnownFactor],
    source_purposes: Mapping[str, list[str]],
) -> Iterator[PackProblem]:
    for place, text in conditions(policy):
        try:
            used = check_condition(text, factors=value_kinds(known)).factors
        except ExpressionError as error:
            name = (
                "`applies_when`"
                if place[0] == "applies_when"
                else f"tier `{policy.tiers[int(place[1])].code}`"
            )
            yield file.problem(place, f"{name}: {in_passing(error.wrong)}", error.right.rstrip("."))
            continue
        for code in used:
            yield from _may_use(file, place, code, policy, known, source_purposes)
    for position, code in enumerate(policy.excludes):
        place = ("excludes", position)
        home = "a source or factors.yaml"
        yield from unknown(file, place, code, known, "a factor in this pack", home)
        if code in known and known[code].value == "number":
            wrong = f"`excludes` names `{code}`, which is a number and not yes or no"
            yield file.problem(place, wrong, "Make a yes-or-no factor for who is left out, and name that")
        # Leaving somebody out does not depend on the purpose: an objection counts wherever it was made.
        yield from retired(file, place, code, known)
    for code in policy.responses:
        yield from unknown(
            file, ("responses", code), code, known, "a factor in this pack", "a source or factors.yaml"
        )


def _may_use(
    file: PackFile[Policy],
    place: Place,
    code: str,
    policy: Policy,
    known: Mapping[str, KnownFactor],
    source_purposes: Mapping[str, list[str]],
) -> Iterator[PackProblem]:
    yield from retired(file, place, code, known)
    for source in sorted(known[code].sources):
        if source in source_purposes and policy.purpose not in source_purposes[source]:
            allowed = listed(source_purposes[source])
            wrong = f"`{code}` relies on the source `{source}`, which may be used for {allowed} only"
            right = f"Remove it, or agree that `{source}` may be used for `{policy.purpose}` and say so there"
            yield file.problem(place, wrong, right)


def warnings(files: PackFiles, known: Mapping[str, KnownFactor] | None) -> Iterator[PackProblem]:
    """What the author should know about a policy."""
    open_to = {index.service for file in files.sources if file.model for index in file.model.case_index}
    for file in files.policies:
        policy = file.model
        if policy is None or known is None:
            continue
        for code in policy.excludes:
            if known[code].is_awaited:
                wrong = f"no source says who is `{code}`: nobody will be left out because of it"
                right = f"Find the source that knows, and have it yield the factor `{code}`"
                yield file.problem(("excludes",), wrong, right)
        yield from _unanswered(file, policy, known)
        for factor, offered in policy.responses.items():
            for position, code in enumerate(offered):
                yield from undeclared_response(file, ("responses", factor, position), code, files)
        yield from _unled(file, policy, files, open_to)


def _unanswered(
    file: PackFile[Policy], policy: Policy, known: Mapping[str, KnownFactor]
) -> Iterator[PackProblem]:
    """Worries that put a person on the list but for which nothing is offered (FIND-25)."""
    told: set[str] = set()
    for position, tier in enumerate(policy.tiers):
        for code in check_condition(tier.when, factors=value_kinds(known)).factors:
            if known[code].kind == "risk" and not policy.responses.get(code) and code not in told:
                told.add(code)
                wrong = f"tier `{tier.code}` looks for `{code}`, for which no response is offered"
                yield file.problem(
                    ("tiers", position, "when"),
                    wrong,
                    f"Add `{code}` under `responses`, with what can be offered",
                )


def _unled(
    file: PackFile[Policy], policy: Policy, files: PackFiles, open_to: set[str]
) -> Iterator[PackProblem]:
    """Routes that can never fit, because the service is not declared or there is no case index."""
    services = files.area.model.services if files.area.model else []
    codes = {service.code for service in services} | {service.group for service in services if service.group}
    targets = codes | set(ANY_SERVICE)
    for position, route in enumerate(policy.routes):
        meant = {
            service.code
            for service in services
            if route.open_to in (service.code, service.group, "any_service")
            or (route.open_to == "any_critical_service" and service.critical)
        }
        if route.open_to is not None and route.open_to not in targets:
            wrong = "is not a service or group in this pack, so this line never fits"
            right = "Add it to `services` in area.yaml and give a source a `case_index` for it"
            yield from undeclared(file, ("routes", position, "open_to"), route.open_to, targets, wrong, right)
        elif route.open_to is not None and not meant & open_to:
            wrong = f"no source says who is open to `{route.open_to}`, so this line never fits"
            yield file.problem(
                ("routes", position), wrong, "Give a source a `case_index` for it, or remove the line"
            )
