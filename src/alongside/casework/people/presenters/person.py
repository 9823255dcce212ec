"""A person's page, in words."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.accounts.purposes import title_of
from alongside.casework.design.addresses import address_of
from alongside.casework.people.models import (
    AboutMe,
    ChronologyEntry,
    Contact,
    Involvement,
    KnownTo,
    Person,
    Whole,
)
from alongside.casework.people.permissions import (
    may_change_people,
    may_correct,
    may_merge,
    may_read_note_on_answer,
)
from alongside.casework.people.presenters.lanes import Lanes, lanes
from alongside.casework.people.presenters.network import Network, network
from alongside.casework.people.presenters.whole import (
    addresses_in_words,
    in_words,
    title_of_record,
    warnings_before_contact,
)
from alongside.casework.people.presenters.words import NOT_SAFE, day, may_speak, noted_late
from alongside.casework.people.queries import Found, PersonPage
from alongside.casework.people.rules import HOW_MUCH, SECTION_TITLES, Section

FIRST = (Section.MATTERS, Section.WORKING, Section.WORRIES)
"""Always shown, even while still empty: the three that a page about a person begins with."""
WHY_SEEN = {
    "released": gettext_lazy("a list that was released to you"),
    "raised_concern": gettext_lazy("a concern your organisation raised"),
    "involved": gettext_lazy("your organisation's involvement"),
    "asked_and_known": gettext_lazy("your answer that they are open to you"),
    "referred": gettext_lazy("a referral to your organisation"),
    "case": gettext_lazy("a case that your organisation takes part in"),
    "merged": gettext_lazy("two records that were joined"),
}


@dataclass(frozen=True)
class Said:
    """The person's own words, and who wrote them down and when."""

    words: str
    source: str


@dataclass(frozen=True)
class AboutSection:
    """One part of *About me*: what was said last, all that was said at once, and what is older."""

    title: str
    newest: list[Said]
    older: list[Said]


@dataclass(frozen=True)
class PersonView:
    """The page of a person."""

    id: UUID
    known_as: str
    subtitle: str
    self_description: list[str]
    asked: list[str]
    safe_contact: list[str]
    died: list[str]
    about: list[AboutSection]
    details: list[dict[str, Any]]
    network: Network | None
    contacts: list[list[dict[str, str]]]
    involvements: list[list[dict[str, str]]]
    known_to: list[list[dict[str, str]]]
    lanes: Lanes | None
    chronology: list[dict[str, Any]]
    more_chronology: bool
    merges: list[dict[str, str]]
    other_records: list[dict[str, str]]
    may_change: bool
    may_merge: bool
    why_seen: str
    given_for: str


def person_view(page: PersonPage, *, today: date) -> PersonView:
    """Return a person's page in words."""
    person, may_change = page.person, may_change_people(page.seen_by).allowed
    return PersonView(
        id=person.id,
        known_as=person.known_as,
        subtitle=_subtitle(page.whole, today),
        self_description=in_words(page.whole, "self_description"),
        asked=[words for (table, _row), words in page.disputed.items() if table == person._meta.label],
        safe_contact=warnings_before_contact(page.whole),
        died=in_words(page.whole, "died_on"),
        about=_about(page),
        details=[
            {"key": {"text": key}, "value": _one_or_several(values)}
            for key, values in _details(page.whole).items()
        ],
        network=network(person, page.contacts, page.involvements),
        contacts=[_contact(each, page) for each in page.contacts],
        involvements=[_involvement(each, page) for each in page.involvements],
        known_to=[_known_to(each, page) for each in page.known_to],
        lanes=lanes(page.chronology, page.corrections),
        chronology=[_entry(each, page) for each in page.chronology],
        more_chronology=page.more_chronology,
        merges=[{"id": str(each.id), "at": day(each.at), "reason": each.reason} for each in page.merges],
        other_records=[_other_record(each, person) for each in page.whole.records[1:]] if may_change else [],
        may_change=may_change,
        may_merge=may_merge(page.seen_by).allowed,
        why_seen=_why_seen(page),
        given_for=_given_for(page),
    )


def _subtitle(person: Whole, today: date) -> str:
    """Who somebody is in one line; if their records differ, by their main record."""
    name, born = person.first("full_name"), ""
    if person.date_of_birth:
        age = person.age_on(today)
        if age is None:
            words = _("born %(day)s")
        elif person.has_died:
            words = _("born %(day)s, %(age)s years old when they died")
        else:
            words = _("born %(day)s, %(age)s years old")
        born = words % {"day": day(person.date_of_birth), "age": age}
    full = name if name != person.head.known_as else ""
    return ", ".join(filter(None, [full, person.first("pronouns"), born]))


def _about(page: PersonPage) -> list[AboutSection]:
    made = []
    for section, all_said in page.about_me.items():
        told = [
            Said(
                each.words,
                _("Said on %(when)s. %(pen)s")
                % {
                    "when": ", ".join(filter(None, [day(each.said_on), each.how])),
                    "pen": _pen(each),
                },
            )
            for each in all_said
        ]
        if told or section in FIRST:
            last = {(each.said_on, each.recorded_at) for each in all_said[:1]}
            newest = sum((each.said_on, each.recorded_at) in last for each in all_said)
            made.append(AboutSection(str(SECTION_TITLES[section]), told[:newest], told[newest:]))
    return made


def _pen(said: AboutMe) -> str:
    if said.pen == AboutMe.Pen.PERSON:
        return _("They wrote this themself, on {member}'s device.").format(member=said.written_down_by)
    return _("Written down by %(name)s.") % {"name": said.written_down_by}


def _details(person: Whole) -> dict[str, list[str]]:
    told = partial(in_words, person)
    called = told("known_as")
    return {
        **({_("What they like to be called"): called} if len(called) > 1 else {}),
        _("Full name"): told("full_name"),
        _("Other names"): told("other_names"),
        _("Pronouns"): told("pronouns"),
        _("Date of birth"): told("date_of_birth"),
        _("NHS number"): [f"{each[:3]} {each[3:6]} {each[6:]}" for each in told("nhs_number")],
        _("Language"): told("language"),
        _("Interpreter"): told("interpreter"),
        _("How to communicate"): told("how_to_communicate"),
        _("Adjustments"): told("adjustments"),
        _("Telephone"): told("telephone"),
        _("E-mail"): told("email"),
        _("Address"): addresses_in_words(person),
    }


def _other_record(record: Person, person: Person) -> dict[str, str]:
    href = f"{address_of('people:change', args=[person.id])}?record={record.id}"
    return {"text": _("Change what %(record)s says") % {"record": title_of_record(record)}, "href": href}


def which_is_changed(record: Person) -> str:
    """Return a sentence that says which of a person's records a form changes."""
    return _("You are changing %(record)s. Their other records stay as they are.") % {
        "record": title_of_record(record)
    }


def _one_or_several(values: list[str]) -> dict[str, str]:
    if len(values) < 2:
        return {"text": values[0] if values else _("Not known")}
    lines = format_html_join("", "<li>{}</li>", ((each,) for each in values))
    return {"html": format_html('<ul class="govuk-list">{}</ul>', lines)}


def _marked(words: str, row: Contact | Involvement, page: PersonPage) -> dict[str, str]:
    """Return a cell with these words and, below them, that the row is disputed or what the person says."""
    mark = page.disputed.get((row._meta.label, str(row.pk)))
    if not mark:
        return {"text": words}
    return {
        "html": format_html(
            '{}<br><span class="govuk-!-font-weight-regular app-words">{}</span>', words, mark
        )
    }


def _contact(contact: Contact, page: PersonPage) -> list[dict[str, str]]:
    who = f"{contact.name} ({contact.relationship})"
    if contact.poses_risk:
        who = _("%(who)s. A risk from them was noted: be careful what you tell them.") % {"who": who}
    return [
        _marked(who, contact, page),
        {"text": contact.how_to_reach or _("Not known")},
        {"text": may_speak(contact.permission, contact.permission_words)},
        _link("people:off_network", page.person.id, contact.id, text=_("Remove"), of=contact.name),
    ]


def _link(name: str, *ids: UUID, text: str, of: str) -> dict[str, str]:
    """Return a cell that links to a page; a screen reader is told which row it belongs to."""
    link = '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>'
    return {"html": format_html(link, address_of(name, args=ids), text, of)}


def _involvement(involvement: Involvement, page: PersonPage) -> list[dict[str, str]]:
    end = _link(
        "people:end_involvement", page.person.id, involvement.id, text=_("End"), of=_("our involvement")
    )
    ours = involvement.id in {reach.about for reach in page.why_seen}
    who = ", ".join(filter(None, [involvement.organisation.name, involvement.service]))
    return [
        _marked(who, involvement, page),
        {"text": involvement.worker_name or _("Not known")},
        {"text": ". ".join(filter(None, [day(involvement.since, _("Not known")), noted_late(involvement)]))},
        {"text": involvement.how_often or _("Not known")},
        {"text": str(HOW_MUCH.get(involvement.intensity, ""))},
        end if ours else {"text": ""},
    ]


def _known_to(question: KnownTo, page: PersonPage) -> list[dict[str, str]]:
    if not question.answer and question.asked_of_id == page.seen_by.organisation_id:
        name = {"organisation": question.asked_by.name}
        ours = _link(
            "people:answer", question.id, text=_("Answer"), of=_("what %(organisation)s asks") % name
        )
        return [*_asked(question), ours]
    answer = question.get_answer_display() if question.answer else _("No answer yet: phone them")
    unsafe = _("It is not safe for them to know about the question") if question.why_not_safe else ""
    for_them = may_read_note_on_answer(page.seen_by, question).allowed
    note = [question.worker_name, question.answer_note] if for_them else []
    told = ". ".join(filter(None, [answer, *note, unsafe]))
    return [*_asked(question), {"text": told}]


def _asked(question: KnownTo) -> list[dict[str, str]]:
    return [
        {"text": question.asked_of.name},
        {"text": f"{question.asked_by.name}, {day(question.asked_at)}"},
    ]


ENTRY = ChronologyEntry._meta.label


def _entry(entry: ChronologyEntry, page: PersonPage) -> dict[str, Any]:
    corrections = page.corrections.get(entry.id, [])
    return {
        "id": str(entry.id),
        "on": day(entry.happened_on),
        "kind": str(ChronologyEntry.Kind(entry.kind).label),
        "kept": _("Only %(organisation)s can read this.") % {"organisation": entry.organisation.name}
        if entry.readers == ChronologyEntry.Readers.OWN
        else "",
        **written(entry),
        "corrected": _("Corrected on %(day)s. The original entry was:")
        % {"day": day(corrections[-1].recorded_at)}
        if corrections
        else "",
        "corrections": [_correction(each, entry) for each in corrections],
        "disputed": page.disputed.get((ENTRY, str(entry.id)), ""),
        "correct": address_of("people:correct", args=[page.person.id, entry.id])
        if may_correct(page.seen_by, entry).allowed
        else "",
    }


def written(entry: ChronologyEntry) -> dict[str, str]:
    """Return what an entry says, which organisation it is from, and who wrote it down and when."""
    return {
        "words": entry.words,
        "source": _("%(organisation)s, %(name)s, written on %(day)s")
        % {
            "organisation": entry.organisation.name,
            "name": entry.recorded_by,
            "day": day(entry.recorded_at),
        },
    }


def _correction(correction: ChronologyEntry, entry: ChronologyEntry) -> dict[str, str]:
    moved = correction.happened_on != entry.happened_on
    return {
        **written(correction),
        "on": _("It happened on %(day)s.") % {"day": day(correction.happened_on)} if moved else "",
        "why": correction.corrected_why,
    }


def _why_seen(page: PersonPage) -> str:
    reasons = dict.fromkeys(str(WHY_SEEN.get(each.why, each.why)) for each in page.why_seen)
    if not reasons:
        return ""
    return _("You see this record because of %(reasons)s.") % {"reasons": _(" and ").join(reasons)}


def _given_for(page: PersonPage) -> str:
    """What is said if somebody works for another purpose than the one the record was given for."""
    if not page.given_for:
        return ""
    return _(
        "Your organisation was given this record for %(given)s. You are working for “%(now)s”: use no more "
        "of it than that needs. It is recorded that you opened it for another purpose."
    ) % {
        "given": _(" and for ").join(f"“{title_of(each)}”" for each in page.given_for),
        "now": title_of(page.seen_by.purpose),
    }


def found_rows(found: list[Found]) -> list[list[dict[str, str]]]:
    """Return people found as rows of a table, each with a link to their page."""
    return [
        [
            {
                "html": format_html(
                    '<a class="govuk-link" href="{}">{}</a>',
                    address_of("people:person", args=[each.id]),
                    each.known_as,
                )
            },
            {"text": each.full_name or _("Not known")},
            {"text": day(each.date_of_birth)},
            {"text": _("Not shown") if each.postcode is None else each.postcode or _("Not known")},
        ]
        for each in found
    ]


def question_view(question: KnownTo) -> dict[str, str]:
    """Return what another agency asks, in words."""
    return {
        "id": str(question.id),
        "who": question.who,
        "asked_by": _("%(name)s, %(organisation)s, on %(day)s")
        % {
            "name": question.asked_by_name,
            "organisation": question.asked_by.name,
            "day": day(question.asked_at),
        },
        "why": question.why,
        "warning": str(NOT_SAFE) if question.why_not_safe else "",
    }
