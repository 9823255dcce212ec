"""People in finished words."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from alongside.casework.accounts.purposes import title_of
from alongside.casework.people.models import (
    AboutMe,
    ChronologyEntry,
    Contact,
    Involvement,
    KnownTo,
    Person,
)
from alongside.casework.people.permissions import may_correct
from alongside.casework.people.presenters.network import Network, network
from alongside.casework.people.presenters.words import day
from alongside.casework.people.queries import Found, PersonPage
from alongside.casework.people.rules import SECTION_TITLES, Section, age_on

FIRST = (Section.MATTERS, Section.WORKING, Section.WORRIES)
"""Always shown, also while nothing stands there yet: the three a page about a person begins with."""
WHY_SEEN = {
    "released": "a list that was released to you",
    "raised_concern": "a concern your organisation raised",
    "involved": "your organisation's involvement",
    "asked_and_known": "your answer that they are open to you",
    "referred": "a referral to your organisation",
    "merged": "two records that were joined",
}


@dataclass(frozen=True)
class Said:
    """Words of the person's: what, and who wrote them down when."""

    words: str
    source: str


@dataclass(frozen=True)
class AboutSection:
    """One part of *About me*: the newest words, and the older ones."""

    title: str
    newest: Said | None
    older: list[Said]


@dataclass(frozen=True)
class PersonView:
    """The page of a person."""

    id: UUID
    known_as: str
    subtitle: str
    self_description: str
    safe_contact: str
    died: str
    about: list[AboutSection]
    details: list[dict[str, Any]]
    network: Network | None
    contacts: list[list[dict[str, str]]]
    involvements: list[list[dict[str, str]]]
    known_to: list[list[dict[str, str]]]
    chronology: list[dict[str, Any]]
    more_chronology: bool
    merges: list[dict[str, str]]
    why_seen: str
    given_for: str


def person_view(page: PersonPage, *, today: date) -> PersonView:
    """Return the page of a person in finished words."""
    person = page.person
    return PersonView(
        id=person.id,
        known_as=person.known_as,
        subtitle=_subtitle(person, today),
        self_description=person.self_description,
        safe_contact=person.safe_contact,
        died=day(person.died_on, ""),
        about=_about(page),
        details=[
            {"key": {"text": key}, "value": {"text": value or "Not known"}}
            for key, value in _details(person).items()
        ],
        network=network(person, page.contacts, page.involvements),
        contacts=[_contact(each, person) for each in page.contacts],
        involvements=[_involvement(each, page) for each in page.involvements],
        known_to=[_known_to(each) for each in page.known_to],
        chronology=[_entry(each, page) for each in page.chronology],
        more_chronology=page.more_chronology,
        merges=[{"id": str(each.id), "at": day(each.at), "reason": each.reason} for each in page.merges],
        why_seen=_why_seen(page),
        given_for=_given_for(page),
    )


def _subtitle(person: Person, today: date) -> str:
    name = " ".join(filter(None, [person.forename, person.surname]))
    born = ""
    if person.date_of_birth:
        born = f"born {day(person.date_of_birth)}, {age_on(person.date_of_birth, today)} years old"
    full = name if name and name != person.known_as else ""
    return ", ".join(filter(None, [full, person.pronouns, born]))


def _about(page: PersonPage) -> list[AboutSection]:
    made = []
    for section, all_said in page.about_me.items():
        told = [
            Said(
                each.words,
                f"Said on {day(each.said_on)}{', ' + each.how if each.how else ''}. {_pen(each)}",
            )
            for each in all_said
        ]
        if told or section in FIRST:
            made.append(AboutSection(SECTION_TITLES[section], told[0] if told else None, told[1:]))
    return made


def _pen(said: AboutMe) -> str:
    if said.pen == AboutMe.Pen.PERSON:
        return _("They wrote this themself, on the device of {member}.").format(member=said.written_down_by)
    return f"Written down by {said.written_down_by}."


def _details(person: Person) -> dict[str, str]:
    address = ", ".join(filter(None, [person.address, person.postcode]))
    if person.address_protected:
        address = "Protected: not shown. Ask your manager if you must know it."
    number = person.nhs_number
    return {
        "Full name": " ".join(filter(None, [person.forename, person.surname])),
        "Other names": person.other_names,
        "Pronouns": person.pronouns,
        "Date of birth": day(person.date_of_birth, ""),
        "NHS number": f"{number[:3]} {number[3:6]} {number[6:]}" if number else "",
        "Language and interpreter": ". ".join(filter(None, [person.language, person.interpreter])),
        "How to communicate": person.how_to_communicate,
        "Adjustments": person.adjustments,
        "Telephone": person.telephone,
        "E-mail": person.email,
        "Address": address,
    }


def _contact(contact: Contact, person: Person) -> list[dict[str, str]]:
    permission = contact.get_permission_display()
    if contact.permission_words:
        permission = f"{permission}: “{contact.permission_words}”"
    who = f"{contact.name} ({contact.relationship})"
    if contact.poses_risk:
        who += ". A risk from them was noted: be careful what you tell them."
    return [
        {"text": who},
        {"text": contact.how_to_reach or "Not known"},
        {"text": permission},
        _link("people:off_network", person.id, contact.id, text="Take off", of=contact.name),
    ]


def _link(name: str, *ids: UUID, text: str, of: str) -> dict[str, str]:
    """Return a cell that links to a page; who hears the page rather than sees it is told of which row."""
    link = '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>'
    return {"html": format_html(link, reverse(name, args=ids), text, of)}


def _involvement(involvement: Involvement, page: PersonPage) -> list[dict[str, str]]:
    end = _link("people:end_involvement", page.person.id, involvement.id, text="End", of="our involvement")
    ours = involvement.id in {reach.about for reach in page.why_seen}
    who = ", ".join(filter(None, [involvement.organisation.name, involvement.service]))
    return [
        {"text": who},
        {"text": involvement.worker_name or "Not known"},
        {"text": day(involvement.since, "Not known")},
        {"text": involvement.how_often or "Not known"},
        {"text": involvement.get_intensity_display().split(":")[0]},
        end if ours else {"text": ""},
    ]


def _known_to(question: KnownTo) -> list[dict[str, str]]:
    answer = question.get_answer_display() if question.answer else "No answer yet: telephone them"
    told = ". ".join(filter(None, [answer, question.worker_name, question.answer_note]))
    return [
        {"text": question.asked_of.name},
        {"text": f"{question.asked_by.name}, {day(question.asked_at)}"},
        {"text": told},
    ]


def _entry(entry: ChronologyEntry, page: PersonPage) -> dict[str, Any]:
    corrections = page.corrections.get(entry.id, [])
    return {
        "id": str(entry.id),
        "on": day(entry.happened_on),
        "kind": entry.get_kind_display(),
        **written(entry),
        "corrected": gettext("Corrected on %(day)s. It was written first:")
        % {"day": day(corrections[-1].recorded_at)}
        if corrections
        else "",
        "corrections": [_correction(each, entry) for each in corrections],
        "correct": reverse("people:correct", args=[page.person.id, entry.id])
        if may_correct(page.seen_by, entry).allowed
        else "",
    }


def written(entry: ChronologyEntry) -> dict[str, str]:
    """Return what an entry says, and who told it and wrote it down when."""
    return {
        "words": entry.words,
        "source": f"{entry.organisation.name}, {entry.recorded_by}, written on {day(entry.recorded_at)}",
    }


def _correction(correction: ChronologyEntry, entry: ChronologyEntry) -> dict[str, str]:
    moved = correction.happened_on != entry.happened_on
    return {
        **written(correction),
        "on": gettext("It happened on %(day)s.") % {"day": day(correction.happened_on)} if moved else "",
        "why": correction.corrected_why,
    }


def _why_seen(page: PersonPage) -> str:
    reasons = dict.fromkeys(WHY_SEEN.get(each.why, each.why) for each in page.why_seen)
    return "You see this record because of " + " and ".join(reasons) + "." if reasons else ""


def _given_for(page: PersonPage) -> str:
    """What is said where somebody works for another purpose than the record came to them for."""
    if not page.given_for:
        return ""
    return gettext(
        "Your organisation came to this record for %(given)s. You are working for “%(now)s”: use it no "
        "further than that needs. That you opened it for another purpose is recorded."
    ) % {
        "given": gettext(" and for ").join(f"“{title_of(each)}”" for each in page.given_for),
        "now": title_of(page.seen_by.purpose),
    }


def found_rows(found: list[Found], link: str) -> list[list[dict[str, str]]]:
    """Return people found as rows of a table; ``link`` is an address with ``{}`` for the id."""
    return [
        [
            {
                "html": format_html(
                    '<a class="govuk-link" href="{}">{}</a>', link.format(each.id), each.known_as
                )
            },
            {"text": each.full_name or "Not known"},
            {"text": day(each.date_of_birth)},
            {"text": each.postcode or "Not shown"},
        ]
        for each in found
    ]


def question_view(question: KnownTo) -> dict[str, str]:
    """Return what another agency asks, in words."""
    return {
        "id": str(question.id),
        "who": question.who,
        "asked_by": f"{question.asked_by_name}, {question.asked_by.name}, on {day(question.asked_at)}",
        "why": question.why,
    }


def choice_of(found: Found) -> dict[str, str]:
    """Return a person found as something to choose."""
    text = ", ".join(
        filter(None, [found.known_as, found.full_name, day(found.date_of_birth, ""), found.postcode])
    )
    return {"value": str(found.id), "text": text}
