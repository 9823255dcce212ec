"""What it is not safe for a person to know, and what would give it away.

It is held back from the statement that they read, and marked in the answer to a request for access.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.rows import Word
from alongside.casework.marm.models import Concern, Invitation
from alongside.casework.outreach.models import Conversation, Referral
from alongside.casework.people.models import EmergencyAccess, KnownTo, Person, Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.models import Dispute
from alongside.casework.rights.queries.lines import Line as HeldLine
from alongside.casework.rights.queries.lines import key_of, row_key
from alongside.casework.rights.queries.looks import LOOKED
from alongside.casework.rights.queries.unsafe_rows import (
    came_by_case,
    case_lines,
    controlled,
    unsafe_cases_among,
)
from alongside.casework.rights.rules.statement import (
    Held,
    Line,
    Part,
    betrayed_by,
    first_held_back,
    with_grounds,
)
from alongside.casework.rights.rules.withholding import stands_in
from alongside.casework.sharing.models import (
    Advice,
    Disclosure,
    InformationRequest,
    LaterView,
    LookChased,
    LookedAgain,
    Recipient,
    RecipientTold,
    RequestChaser,
    RequestItem,
    ShareDecision,
    SharedItem,
    ShareDraft,
    SharingChoice,
)
from alongside.casework.sharing.rules.decisions import Outcome, Told
from alongside.casework.sharing.rules.overrides import Ground, may_be_told_of

ASKED = (InformationRequest, KnownTo, Referral)
"""What one organisation asks another."""
_SAID_BY_THEM = frozenset(model._meta.label for model in (SharingChoice, Dispute))
"""What the person said themself gives nothing away to them."""
_ASKED = frozenset(model._meta.label for model in (KnownTo, Referral, LookedAgain, LookChased))


def unsafe_keys(records: frozenset[UUID], decisions: Iterable[ShareDecision]) -> frozenset[str]:
    """Return table and row of everything from which a person would learn what is not safe for them to know.

    An answer to a request for access marks these, so that none goes out unchecked. Sees all rows.

    Args:
        records: the ids of all records of the person.
        decisions: all about the person, each with its ``override`` and ``second_look``.
    """
    decided = list(decisions)
    because = not_safe_because(decided)
    unsafe = [each for each in decided if each.id in because]
    safe = [each for each in decided if each.id not in because]
    found = list(
        _rows_not_safe(
            records=list(records),
            decisions=[each.id for each in unsafe],
            advised=[each.advice_id for each in safe if each.advice_id],
        )
    )
    asked = [UUID(row) for label, row in found if label in _ASKED]
    if asked:  # and the reach that whoever was asked has had since
        found += [(Reach._meta.label, str(id_)) for id_ in _reached(records=list(records), asked=asked)]
    beside = (getattr(each, name, None) for each in unsafe for name in ("override", "second_look"))
    rows = [*unsafe, *(each for each in beside if each)]
    return frozenset(key_of(row) for row in rows) | {row_key(label, row) for label, row in found}


@composed_once
def _reached(*, records: list[UUID], asked: list[UUID]) -> QuerySet[Reach, UUID]:
    return Reach.objects.filter(among("person", records), among("about", asked)).values_list("id", flat=True)


@composed_once
def _rows_not_safe(*, records: list[UUID], decisions: list[UUID], advised: list[UUID]) -> QuerySet[Any, Any]:
    """Table and key of what was asked and is not safe to know, and of everything that hangs on decisions.

    What is not decided yet may turn out to be unsafe. So among it are every draft; every conversation whose
    ending is being written, as a referral is part of that; every question for advice but those of drafts that
    became decisions of which the person may be told; and every record opened in an emergency until somebody
    says that the person may know. A record that was made because of a worry says why it was made.

    Args:
        records: the ids of all records of the person.
        decisions: those that it is not safe to know.
        advised: the newest advice of each of the others.
    """
    settled = Advice.objects.filter(among("id", advised), draft_id__isnull=False).values("draft_id")
    worries = Concern.objects.filter(among("person", records)).exclude(why_not_safe="").values("person")
    asked = InformationRequest.objects.filter(among("person", records), person_knows=False).values("id")
    theirs = Q(among("person", records))
    emergencies = theirs & Q(person_told__in=["", EmergencyAccess.Told.NOT_SAFE])
    ways: list[tuple[type[Model], Q]] = [
        (InformationRequest, Q(id__in=asked)), (RequestItem, Q(request__in=asked)),
        (RequestChaser, Q(request__in=asked)),
        *((model, theirs & ~Q(why_not_safe="")) for model in (KnownTo, Referral, Concern)),
        (Person, Q(id__in=worries, admitted_why=ReachWhy.RAISED_CONCERN)),
        (EmergencyAccess, emergencies),
        *(
            (model, Q(among("decision", decisions)))
            for model in (SharedItem, Recipient, LaterView, Disclosure, LookedAgain, LookChased)
        ),
        (RecipientTold, Q(among("disclosure__decision", decisions))),
        (ShareDraft, theirs), (Conversation, Q(among("item__person", records)) & ~Q(ending={})),
        (Advice, theirs & ~Q(among("id", advised)) & ~Q(draft_id__in=settled)),
    ]  # fmt: skip
    alike: list[QuerySet[Any, Any]] = [
        model._default_manager.filter(way)
        .order_by()
        .annotate(of_table=Word(model._meta.label), key=Cast("pk", TextField()))
        .values_list("of_table", "key")
        for model, way in ways
    ]
    return alike[0].union(*alike[1:], all=True)


@dataclass(frozen=True)
class NotSafe:
    """What is held about a person that may not be safe for them to know, or would give that away.

    Attributes:
        keys: table and row of what may itself not be safe to know.
        words: table and row of what may be known, but not what it says: that somebody controls the person.
        first: by organisation that was told, asked or did such a thing, the first line of that.
        known: table and row of what the person has been told of, so that it gives nothing away.
        done: name of the organisation that told, asked or did such a thing, and the day.
        names: names of the organisations in ``first``.
    """

    keys: frozenset[str]
    words: frozenset[str]
    first: Mapping[UUID, Line]
    known: frozenset[str]
    done: frozenset[tuple[str, date | None]]
    names: Mapping[UUID, str]

    def marks(self, line: HeldLine) -> bool:
        """Say whether somebody must look at a line, as it tells of something that may not be safe to know.

        In lines about who has looked, that includes what the organisation that told or asked did with it, and
        everything it did on that day.
        """
        if {line.key, *line.leads_to} & (self.keys | self.words):
            return True
        if line.table == LOOKED:
            if (line.organisation, line.on) in self.done or line.about & self._ids:
                return True
        elif line.table in _SAID_BY_THEM or self.known & {line.key, line.hangs_on}:
            return False
        day = max((each for each in (line.made, line.on) if each), default=date.max)
        return any(  # the day first: looking for a name puts the line into words
            _names(line, name) for each, name in self.names.items() if betrayed_by([each], day, self.first)
        )

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(key.partition(":")[2] for key in self.keys)


def not_safe(
    keys: frozenset[str], rows: Mapping[str, list[Any]], withheld: Mapping[str, Iterable[str]]
) -> NotSafe:
    """Return what about a person may not be safe for them to know, by the same rule as their statement.

    Args:
        keys: what ``unsafe_keys`` found.
        rows: by label, all decisions about sharing, each with its ``override``; what was shared, each with
            its decision; what was asked; worries; emergencies; those of ``READ`` and of the tables that are
            told; and all organisations.
        withheld: by table and row, the words that somebody withheld; empty where the whole row is withheld.
    """
    told: list[Disclosure] = rows.get(Disclosure._meta.label, [])
    decided: list[ShareDecision] = rows.get(ShareDecision._meta.label, [])
    asked = (each for model in ASKED for each in rows.get(model._meta.label, ()))
    because = not_safe_because(decided)
    not_told = (each for each in decided if each.outcome == Outcome.DO_NOT_SHARE)
    worries = (each for each in rows.get(Concern._meta.label, ()) if each.why_not_safe)
    emergencies: list[EmergencyAccess] = rows.get(EmergencyAccess._meta.label, [])
    opened = (each for each in emergencies if each.person_told == EmergencyAccess.Told.NOT_SAFE)
    cases, reaches = unsafe_cases_among(rows), rows.get(Reach._meta.label, [])
    made = (
        *(told_line(each, because) for each in told), *(not_told_line(each, because) for each in not_told),
        *map(asked_line, asked), *map(worry_line, worries), *map(emergency_line, opened),
        *case_lines(cases, reaches, rows.get(Invitation._meta.label, ())),
    )  # fmt: skip
    lines = with_grounds(made, withheld)
    first = first_held_back(lines)
    held = [each for each in lines if each.ground]
    names = {each.id: each.name for each in rows.get(Organisation._meta.label, ())}
    return NotSafe(
        keys=keys | {key_of(each) for each in (*cases.values(), *came_by_case(cases, reaches))},
        words=controlled(rows),
        first=first,
        known=frozenset(key for each in lines if each.known and not each.ground for key in each.keys),
        done=frozenset((names[each.by], each.on) for each in held if each.by),
        names={each: names[each] for each in first},
    )


def _names(line: HeldLine, name: str) -> bool:
    return stands_in(name, (line.organisation, *line.by, *(part.words for part in line.parts)))


def told_line(
    told: Disclosure, because: Mapping[UUID, ShareDecision], items: Iterable[SharedItem] = ()
) -> Line:
    """Return a disclosure as a line for the rules; it must have its decision, and that its override.

    Args:
        told: the disclosure.
        because: what ``not_safe_because`` found.
        items: what was shared.
    """
    decision, items = told.decision, list(items)
    override = getattr(decision, "override", None)
    return Line(
        Part.TOLD, told, timezone.localdate(told.at),
        keys=tuple(key_of(one) for one in (told, decision, *items, override) if one),
        texts=tuple(one.words for one in items),
        names=frozenset({told.organisation_id, told.from_organisation_id}),
        towards=frozenset({told.organisation_id}),
        by=told.from_organisation_id,
        known=decision.told == Told.TOLD,
        ground=_ground(decision, because),
    )  # fmt: skip


def not_told_line(
    no: ShareDecision, because: Mapping[UUID, ShareDecision], meant_for: Iterable[Recipient] = ()
) -> Line:
    """Return a decision not to share as a line for the rules; it must have its override.

    Args:
        no: the decision.
        because: what ``not_safe_because`` found.
        meant_for: who would have been told.
    """
    return Line(
        Part.NOT_TOLD, no, timezone.localdate(no.decided_at), keys=(key_of(no),),
        names=frozenset({no.organisation_id, *(each.organisation_id for each in meant_for)}),
        by=no.organisation_id, known=no.told == Told.TOLD, ground=_ground(no, because),
    )  # fmt: skip


def asked_line(row: InformationRequest | KnownTo | Referral) -> Line:
    """Return what one organisation asked another, to tell or to do, as a line for the rules."""
    match row:
        case InformationRequest():
            asker, asked, at = row.asked_by_id, row.asked_of_id, row.asked_at
            known, safe = row.person_knows, row.person_knows
        case KnownTo():
            asker, asked, at = row.asked_by_id, row.asked_of_id, row.asked_at
            known, safe = False, not row.why_not_safe
        case Referral():
            asker, asked, at = row.from_organisation_id, row.to_organisation_id, row.made_at
            known, safe = row.person_agrees == "yes", not row.why_not_safe
    return Line(
        Part.ASKED, row, timezone.localdate(at), keys=(key_of(row),), names=frozenset({asker, asked}),
        towards=frozenset({asked}), by=asker, known=known, ground=None if safe else Held.NOT_SAFE,
    )  # fmt: skip


def worry_line(worry: Concern) -> Line:
    """Return a worry that it is not safe to know as a line for the rules.

    Whoever told it came to know the person by it: all that they did since could give it away.
    """
    return _of_one(Part.HOLDS, worry, worry.raised_at)


def emergency_line(access: EmergencyAccess) -> Line:
    """Return an emergency in which a record was opened, of which it is not safe to know, as such a line."""
    return _of_one(Part.SEES, access, access.opened_at)


def _of_one(part: Part, row: Concern | EmergencyAccess, at: datetime) -> Line:
    theirs = frozenset({row.organisation_id})
    return Line(
        part, row, timezone.localdate(at), keys=(key_of(row),), names=theirs, towards=theirs,
        by=row.organisation_id, ground=Held.NOT_SAFE,
    )  # fmt: skip


def not_safe_because(decisions: Iterable[ShareDecision]) -> dict[UUID, ShareDecision]:
    """Return, by id of each decision of which it is not safe for the person to know, the one that says so.

    That is itself or, as it may turn out later, one that corrects it, or that corrects the correction.
    What they were told of in its day stays: they may have read it, and its absence would say more.

    Args:
        decisions: all about the person, each with its ``override``.
    """
    decided = sorted(decisions, key=lambda each: each.decided_at)
    corrections: dict[UUID | None, list[ShareDecision]] = {}
    for each in decided:
        corrections.setdefault(each.corrects_id, []).append(each)
    found: dict[UUID, ShareDecision] = {}
    for one in decided:
        chain = [one]
        if one.told != Told.TOLD:
            for each in chain:  # it grows as it is read
                chain += corrections.get(each.id, ())
        if says_so := next(filter(_ground_of, chain), None):
            found[one.id] = says_so
    return found


def _ground(decision: ShareDecision, because: Mapping[UUID, ShareDecision]) -> Held | None:
    return _ground_of(because[decision.id]) if decision.id in because else None


def _ground_of(decision: ShareDecision) -> Held | None:
    """Why the person is not told of a decision, as it says itself; None where they may be."""
    override = getattr(decision, "override", None)
    if may_be_told_of(override, decision.told):
        return None
    coerced = override is not None and override.ground == Ground.COERCION
    return Held.COERCION if coerced else Held.NOT_SAFE
