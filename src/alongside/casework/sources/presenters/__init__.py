"""What the pages of runs, releases, links and questions show, in finished words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.area import AreaPack
from alongside.area.models import Purpose
from alongside.area.words import in_words, service_titles
from alongside.casework.accounts.models import Organisation
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.sources.models import DataQuestion, Release, Run
from alongside.casework.sources.presenters.changes import DRAWN, changes_in_words, counted
from alongside.casework.sources.queries import Freshness, ReleasePage, RunListed, Thread
from alongside.casework.sources.queries.receiving import CouldBeGiven
from alongside.casework.sources.rules import ASKED_NOT_TOLD, DIED, LEFT_OUT, OBJECTED

ELEMENTS = {
    "accurate": gettext_lazy("Accurate"),
    "valid": gettext_lazy("Valid"),
    "reliable": gettext_lazy("Reliable"),
    "timely": gettext_lazy("Timely"),
    "relevant": gettext_lazy("Relevant"),
    "complete": gettext_lazy("Complete"),
}
REFRESH = {
    "live": gettext_lazy("live"),
    "daily": gettext_lazy("daily"),
    "weekly": gettext_lazy("weekly"),
    "monthly": gettext_lazy("monthly"),
    "termly": gettext_lazy("termly"),
    "quarterly": gettext_lazy("quarterly"),
    "yearly": gettext_lazy("yearly"),
    "once": gettext_lazy("once"),
}
ROUTES = {
    "contact_team": gettext_lazy("Contact team"),
    "share_with_case_holder": gettext_lazy("The case holder"),
    "strengthen_visit_priority": gettext_lazy("Social care, for its visits"),
    "none": gettext_lazy("None"),
}
_WIDEST = 100


@dataclass(frozen=True)
class RunLine:
    """One line of the list of runs."""

    id: UUID
    as_at: str
    people: str
    state: str


def run_line(listed: RunListed) -> RunLine:
    """Say one run in a line."""
    state = (
        _("Lists released: %(number)s") % {"number": listed.releases}
        if listed.releases
        else _("Overtaken by a newer run")
        if listed.overtaken
        else _("Waiting for an approver")
    )
    return RunLine(
        listed.run.id, day_in_words(listed.run.as_at), f"{listed.run.counts['people_on_a_list']:,}", state
    )


@dataclass(frozen=True)
class TierBar:
    """A tier as a bar and as a row of the table beside it."""

    title: str
    people: int
    width: int
    """Of the bar, out of a hundred."""
    routes: str


@dataclass(frozen=True)
class PolicyShown:
    """One list of a run with its basis in law."""

    name: str
    title: str
    evidence: str
    tiers: list[TierBar]
    total: int
    basis: list[tuple[str, str]]
    released: str
    release_id: UUID | None


@dataclass(frozen=True)
class SourceShown:
    """One source: how fresh, and its six elements in sentences."""

    title: str
    organisation: str
    status: str
    why: str
    newest: str
    refresh: str
    late: bool
    elements: list[tuple[str, str]]


@dataclass(frozen=True)
class RunShown:
    """The page of a run."""

    id: UUID
    as_at: str
    opened: str
    counts: list[tuple[str, str]]
    changes: list[str]
    policies: list[PolicyShown]
    sources: list[SourceShown]


def run_shown(run: Run, releases: list[Release], fresh: list[Freshness], pack: AreaPack) -> RunShown:
    """Say everything about a run: its counts, lists, sources, and what changed."""
    released = {each.policy: each for each in releases}
    purposes = {each.code: each for each in pack.area.purposes}
    return RunShown(
        id=run.id,
        as_at=day_in_words(run.as_at),
        opened=f"{run.opened_by}, {moment_in_words(run.opened_at)}",
        counts=[(counted(name), f"{number:,}") for name, number in run.counts.items()],
        changes=changes_in_words(run, pack),
        policies=[
            _policy(name, told, run.tiers.get(name, {}), purposes.get(told["purpose"]), released.get(name))
            for name, told in run.policies.items()
        ],
        sources=[_source(each, run.quality.get(each.source, {})) for each in fresh],
    )


def _policy(
    name: str,
    told: Mapping[str, Any],
    tiers: Mapping[str, Any],
    purpose: Purpose | None,
    released: Release | None,
) -> PolicyShown:
    most = max((each["people"] for each in tiers.values()), default=0)
    done = (
        _("Released by %(name)s, %(moment)s")
        % {"name": released.approved_by_name, "moment": moment_in_words(released.approved_at)}
        if released
        else ""
    )
    return PolicyShown(
        name=name,
        title=told["title"],
        evidence=told["evidence"] or "",
        tiers=[
            TierBar(
                title=title,
                people=tiers[code]["people"],
                width=round(_WIDEST * tiers[code]["people"] / most) if most else 0,
                routes=", ".join(
                    f"{ROUTES.get(route, route.replace('_', ' '))}: {number}"
                    for route, number in sorted(tiers[code]["routes"].items())
                ),
            )
            for code, title in tier_choices(told, tiers)
        ],
        total=sum(each["people"] for each in tiers.values()),
        basis=basis_in_words(purpose.model_dump(mode="json")) if purpose else [],
        released=done,
        release_id=released.id if released else None,
    )


def tier_choices(told: Mapping[str, Any], tiers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the tiers that hold anybody, in the policy's order, with their titles."""
    titles = {each["code"]: each["title"] or each["code"].replace("_", " ") for each in told["tiers"]}
    order = [*titles, *(code for code in tiers if code not in titles)]
    return [(code, str(titles.get(code, DRAWN))) for code in order if code in tiers]


def answers_to_check(
    given: Mapping[str, Any],
    run: Run,
    policy: str,
    organisations: list[tuple[str, str]],
    could: CouldBeGiven,
    pack: AreaPack,
) -> list[tuple[str, str]]:
    """Say what is about to be released, who to, why and on what basis, before it is."""
    told, tiers = run.policies[policy], run.tiers.get(policy, {})
    names, titles = dict(organisations), dict(tier_choices(told, tiers))
    purpose = next((each for each in pack.area.purposes if each.code == told["purpose"]), None)
    chosen = [f"{titles[code]}: {_people(tiers[code]['people'])}" for code in given["tiers"]]
    return [
        (_("List"), told["title"]),
        (_("Tiers"), "; ".join(chosen)),
        (_("At most"), _people(could.people)),
        (
            _("Could be given to"),
            "; ".join(
                f"{names[each]}: {_got(could.to.get(UUID(each), 0))}" for each in given["organisations"]
            ),
        ),
        (
            _("Contacts people nobody is working with"),
            names.get(given["contact"]) or _("The organisation with the contact team"),
        ),
        (_("Why"), given["reason"]),
        *(basis_in_words(purpose.model_dump(mode="json")) if purpose else []),
    ]


def _got(number: int) -> str:
    return _people(number) if number else _("nobody")


def _people(number: int) -> str:
    return ngettext("%(number)s person", "%(number)s people", number) % {"number": f"{number:,}"}


def organisation_choices(organisations: list[Organisation]) -> list[tuple[str, str]]:
    """Return organisations to choose from."""
    return [(str(each.id), each.name) for each in organisations]


def basis_in_words(basis: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Say the basis in law of a purpose, line by line."""
    lines = {
        _("Purpose"): basis["title"],
        _("Power or duty"): basis["power"],
        _("UK GDPR Article 6"): basis["article_6"],
        _("UK GDPR Article 9"): basis.get("article_9") or _("None named"),
        _("Impact assessment"): basis["dpia"],
        _("Sharing agreement"): basis["agreement"],
        _("Who answers for it"): basis["owner"],
        _("To be reviewed by"): day_in_words(date.fromisoformat(basis["review_date"])),
    }
    return list(lines.items())


def _source(fresh: Freshness, quality: Mapping[str, Any]) -> SourceShown:
    elements = quality.get("elements", {})
    return SourceShown(
        title=fresh.title,
        organisation=fresh.organisation,
        status=quality.get("status", _("not in this run")),
        why=quality.get("why", ""),
        newest=day_in_words(fresh.newest) if fresh.newest else _("not known"),
        refresh=str(REFRESH.get(fresh.refresh, fresh.refresh)),
        late=fresh.late,
        elements=[
            (str(title), elements[name]["sentence"]) for name, title in ELEMENTS.items() if name in elements
        ],
    )


@dataclass(frozen=True)
class ReleaseShown:
    """The page of a release, and of what is about to be one."""

    run_id: UUID
    run_as_at: str
    policy: str
    when: str
    reason: str
    organisations: str
    """Those that were given somebody, with how many."""
    got_nobody: str
    """Those that could have been."""
    basis: list[tuple[str, str]]
    people: int
    given: list[tuple[str, str, int]]
    not_given: list[tuple[str, int]]
    objected: int
    died: int
    not_told: int
    withdrawn: int


def released_tiers(made: Release) -> list[tuple[str, str]]:
    """Return the tiers of a release, with their titles."""
    told = made.run.policies.get(made.policy, {"tiers": []})
    return tier_choices(told, dict.fromkeys(made.tiers))


def withdrawal_to_check(given: Mapping[str, Any], made: Release, names: list[str]) -> list[tuple[str, str]]:
    """Say which flag is about to be withdrawn, from whom and why, before it is."""
    return [
        (_("Tier"), dict(released_tiers(made))[given["tier"]]),
        (_("Number"), f"{given['rank']:,}"),
        (_("Who has it"), ", ".join(names)),
        (_("Why"), given["why"]),
    ]


def release_shown(page: ReleasePage, pack: AreaPack) -> ReleaseShown:
    """Say what was released."""
    made = page.release
    told = made.run.policies.get(made.policy, {"title": made.policy, "tiers": []})
    titles = dict(released_tiers(made))
    got: Counter[str] = Counter()
    for name, _tier, number in page.given:
        got[name] += number
    services = service_titles(pack.area, pack.policies.values())
    return ReleaseShown(
        run_id=made.run_id,
        run_as_at=day_in_words(made.run.as_at),
        policy=told["title"],
        when=f"{made.approved_by_name}, {moment_in_words(made.approved_at)}",
        reason=made.reason,
        organisations=", ".join(
            f"{name} ({_people(number)})" for name in page.organisations if (number := got[name])
        ),
        got_nobody=", ".join(name for name in page.organisations if not got[name]),
        basis=basis_in_words(made.basis),
        people=made.people,
        given=[(name, titles.get(tier) or in_words(tier), number) for name, tier, number in page.given],
        not_given=[
            (str(ROUTES.get(what) or services.get(what) or in_words(what)), number)
            for what, number in sorted(made.not_given.items())
            if what not in LEFT_OUT
        ],
        objected=made.not_given.get(OBJECTED, 0),
        died=made.not_given.get(DIED, 0),
        not_told=made.not_given.get(ASKED_NOT_TOLD, 0),
        withdrawn=page.withdrawn,
    )


@dataclass(frozen=True)
class QuestionLine:
    """One line of the list of questions."""

    id: UUID
    title: str
    source: str
    owner: str
    asked: str
    state: str


def question_line(question: DataQuestion, pack: AreaPack | None) -> QuestionLine:
    """Say one question in a line; without a pack, its source by its code in words."""
    source = pack.sources.get(question.source) if pack else None
    state = (
        _("Settled %(moment)s") % {"moment": moment_in_words(question.settled_at)}
        if question.settled_at
        else _("Open")
    )
    return QuestionLine(
        question.id,
        question.title,
        source.title if source else in_words(question.source),
        question.owner.name,
        f"{question.asked_by}, {moment_in_words(question.asked_at)}",
        state,
    )


@dataclass(frozen=True)
class ThreadShown:
    """The page of a question."""

    line: QuestionLine
    whom: str
    """Whom to phone: for those who asked whoever answers, and the other way round."""
    messages: list[tuple[str, str]]
    """Who and when, and the words."""
    outcome: str
    settled: bool
    fact: str
    person_id: UUID | None
    which: str
    """Whom to ask which record it is about, for readers who may not see the person; empty for others."""


def thread_shown(thread: Thread, pack: AreaPack) -> ThreadShown:
    """Say a thread, with who to phone first: it is quicker to talk."""
    asked = thread.question
    factor, asking = pack.factors.get(asked.factor), asked.asked_by_organisation
    who_asked = ", ".join(filter(None, [asked.asked_by, asking.name, asking.telephone]))
    who_answers = ", ".join(filter(None, [asked.owner.name, asked.owner_name, asked.owner_telephone]))
    return ThreadShown(
        line=question_line(asked, pack),
        whom=who_asked if thread.asked_by_others else who_answers,
        messages=[
            (f"{each.by} ({each.organisation.name}), {moment_in_words(each.at)}", each.words)
            for each in thread.messages
        ],
        outcome=asked.outcome,
        settled=asked.settled_at is not None,
        fact=factor.title if factor else "",
        person_id=thread.person_id,
        which=who_asked if asked.flag_id and thread.person_id is None else "",
    )
