"""Two joined records that may be two people, in words."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from alongside.casework.people.models import (
    AboutMe,
    ChronologyEntry,
    Contact,
    Involvement,
    KnownTo,
    Person,
)
from alongside.casework.people.models.parting import Row
from alongside.casework.people.presenters.whole import title_of_record
from alongside.casework.people.presenters.words import day
from alongside.casework.people.queries.parting import Added, Parting

MOST_WORDS = 300
"""How many characters of an entry are enough to know which one it is."""


@dataclass(frozen=True)
class ToDecide:
    """One thing written meanwhile, as a form asks about it."""

    id: UUID
    what: str
    source: str
    belongs: UUID


@dataclass(frozen=True)
class PartingView:
    """What the page says before two records are separated."""

    reason: str
    records: list[tuple[UUID, str]]
    who: list[str]
    added: list[ToDecide]
    no_longer_see: list[str]
    stays: list[str]
    named: list[tuple[str, str]]


def parting_view(parting: Parting) -> PartingView:
    """Return the page in words."""
    kept, absorbed = parting.merge.kept, parting.merge.absorbed
    first, second = _title(kept, _("kept")), _title(absorbed, _("joined to it"))
    going = parting.absorbed_records
    return PartingView(
        reason=parting.merge.reason,
        records=[(kept.id, _begun(first)), (absorbed.id, _begun(second))],
        who=[_who(kept, first), _who(absorbed, second)],
        added=[
            ToDecide(each.row.id, _what(each.row), _source(each), absorbed.id if each.goes else kept.id)
            for each in parting.added
        ],
        no_longer_see=[
            _("%(names)s will no longer see %(record)s.") % {"names": ", ".join(names), "record": title}
            for names, title in (
                (parting.no_longer_see_kept, first),
                (parting.no_longer_see_absorbed, second),
            )
            if names
        ],
        stays=[
            _("%(name)s: %(what)s") % {"name": name, "what": ", ".join(what)}
            for name, what in parting.stays.items()
        ],
        named=[
            (
                _("%(what)s stays with %(record)s.")
                % {"what": each.what, "record": second if each.record in going else first},
                each.if_other,
            )
            for each in parting.named
        ],
    )


def _title(record: Person, role: str) -> str:
    """Tell the two apart even where both have the same name and day."""
    return f"{title_of_record(record)} ({role})"


def _who(record: Person, title: str) -> str:
    told = ", ".join(filter(None, [record.full_name, _("born %(day)s") % {"day": day(record.date_of_birth)}]))
    return f"{_begun(title)}: {told}"


def _begun(title: str) -> str:
    """Return a title as a sentence begins."""
    return f"{title[0].upper()}{title[1:]}"


def _what(row: Row) -> str:
    match row:
        case AboutMe():
            return _("Their own words: “%(words)s”") % {"words": _short(row.words)}
        case Contact():
            who = f"{row.name} ({row.relationship})"
            risk = _("%(who)s, from whom a risk was noted") % {"who": who} if row.poses_risk else who
            return _("Somebody in their life: %(who)s") % {"who": risk}
        case Involvement():
            who = ", ".join(filter(None, [row.organisation.name, row.service, row.worker_name]))
            return _("An involvement: %(who)s") % {"who": who}
        case KnownTo():
            return _("A question whether %(organisation)s knows them") % {"organisation": row.asked_of.name}
        case ChronologyEntry():
            return _("What happened on %(day)s: “%(words)s”") % {
                "day": day(row.happened_on),
                "words": _short(row.words),
            }


def _short(words: str) -> str:
    return str(Truncator(words).chars(MOST_WORDS))


def _source(added: Added) -> str:
    whose = ", ".join(filter(None, [added.by, added.organisation or _("organisation not known")]))
    return _("Written by %(who)s on %(day)s") % {"who": whose, "day": day(added.at)}
