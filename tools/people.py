"""The people of the named universe: their own words first, who is around them, and what happened."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID


def make_people(
    *, actors: Mapping[str, Any], organisations: Mapping[str, Any], at: datetime
) -> dict[str, UUID]:
    """Make them; return the id of each, by what they are called."""
    from alongside.casework.people.commands import involvement, records
    from alongside.casework.people.rules import ReachWhy, Section

    asha, tom, dee, joan = (
        actors[name] for name in ("Asha Patel", "Tom Reilly", "Dee Marsh", "Joan Adeyemi")
    )
    people: dict[str, UUID] = {}

    def admit(actor: Any, **known: Any) -> UUID:
        person = records.admit_person(actor=actor, at=at, why=ReachWhy.RAISED_CONCERN, known=known)
        people[known["known_as"]] = person.id
        return person.id

    def said(actor: Any, person_id: UUID, section: Section, words: str, days_ago: int) -> None:
        records.write_down_words(
            actor=actor,
            at=at,
            person_id=person_id,
            section=section,
            words=words,
            said_on=(at - timedelta(days=days_ago)).date(),
            how="In person",
        )

    def happened(actor: Any, whom: UUID, kind: str, words: str, days_ago: int, **more: str) -> None:
        involvement.add_to_chronology(
            actor=actor,
            at=at,
            person_id=whom,
            happened_on=(at - timedelta(days=days_ago)).date(),
            kind=kind,
            words=words,
            **more,
        )

    bee = admit(
        asha,
        known_as="Bee",
        forename="Beatrice",
        surname="Ó Murchú",
        date_of_birth=date(1951, 3, 4),
        nhs_number="9990000018",
        language="English and Irish",
        how_to_communicate="Speak to my left ear. Give me time. Write down what we agreed.",
        adjustments="Large print. No appointments before eleven.",
        safe_contact="Telephone, let it ring. Do not speak to the man upstairs about me.",
        self_description="A retired seamstress, a cat's landlady, nobody's case.",
        telephone="01632 960155",
        address="4 Alder Court, Riverside",
        postcode="ZX4 1AB",
    )
    said(
        asha,
        bee,
        Section.MATTERS,
        "My cat, my machine by the window, and that nobody throws my patterns out.",
        20,
    )
    said(
        asha,
        bee,
        Section.WORKING,
        "Dee comes on Thursdays and does not look at the mess, she looks at me.",
        20,
    )
    said(
        asha,
        bee,
        Section.WORRIES,
        "The stairs. And that they will say I cannot come home from hospital again.",
        20,
    )
    records.note_contact(
        actor=asha,
        at=at,
        person_id=bee,
        name="Nuala",
        relationship="sister",
        how_to_reach="01632 960177",
        permission="only_if",
        permission_words="Only if I am in hospital. She worries.",
    )
    involvement.note_involvement(
        actor=asha,
        at=at,
        person_id=bee,
        worker_name="Asha Patel",
        service="Adult social care",
        since=date(2026, 9, 1),
        how_often="Every two weeks",
        intensity="regular",
    )
    for code, who, answer in (
        ("been_there", dee, "open"),
        ("riverside_homes", tom, "open"),
        ("valley_police", None, ""),
    ):
        question = involvement.ask_whether_known(
            actor=asha,
            at=at,
            person_id=bee,
            asked_of=organisations[code],
            why="Several of us seem to visit her, and nobody knows what the others do.",
        )
        if who is not None:
            involvement.answer_whether_known(
                actor=who, at=at, question_id=question.id, answer=answer, worker_name=who.name
            )
    involvement.note_involvement(
        actor=dee,
        at=at,
        person_id=bee,
        worker_name="Dee Marsh",
        since=date(2024, 10, 3),
        how_often="Thursdays",
        intensity="regular",
    )
    happened(tom, bee, "tried", "Gas safety visit: no answer, third time. A light was on.", 61)
    happened(
        tom, bee, "concern", "Rubbish bags on the landing; the neighbour below says there is a smell.", 44
    )
    happened(
        asha,
        bee,
        "offer",
        "Offered a home care package. She said no: “A key to my own door, not a rota.”",
        30,
    )
    happened(dee, bee, "strength", "We sorted one shelf. She taught me to thread the machine.", 12)
    happened(dee, bee, "event", "She spoke of her mother, and asked that it stay here.", 9, readers="own")

    stan = admit(
        tom,
        known_as="Stan",
        forename="Stanisław",
        surname="Kowalczyk",
        other_names="Stanislaw Kowalczyk",
        date_of_birth=date(1948, 11, 30),
        language="Polish",
        interpreter="Prefers a Polish speaker for anything about money",
        address="11 Birch Walk, Riverside",
        postcode="ZX2 7HD",
    )
    said(tom, stan, Section.MATTERS, "Maria's garden. I water it at six. Do not come at six.", 35)
    happened(
        tom, stan, "event", "His wife died in April. Rent has been late since; the account was hers.", 35
    )

    amina = admit(
        joan,
        known_as="Amina",
        forename="Amina",
        surname="Yusuf",
        date_of_birth=date(2007, 5, 19),
        pronouns="she/her",
        safe_contact="Text only, after four. Say you are from college.",
        telephone="07700 900142",
    )
    said(joan, amina, Section.MATTERS, "A door I can lock. My little brother on Sundays.", 9)
    return people
