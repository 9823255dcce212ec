"""What Amina chose about sharing, and what Joan Adeyemi shared, plans to share and is unsure about."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID


def make_sharing(
    *, actors: Mapping[str, Any], organisations: Mapping[str, Any], people: Mapping[str, UUID], at: datetime
) -> dict[str, UUID]:
    """Make it by commands; return the ids of what was made, by what it is.

    Args:
        actors: members as actors, by name.
        organisations: those of the partnership by code.
        people: ids of people by what they are called.
        at: when.
    """
    from alongside.casework.sharing.commands import drafts
    from alongside.casework.sharing.commands.choices import record_choices
    from alongside.casework.sharing.commands.decisions import decide
    from alongside.casework.sharing.queries.decisions import told_us
    from alongside.casework.sharing.rules.choices import Answer, Statement, Topic

    joan, dee, amina = actors["Joan Adeyemi"], actors["Dee Marsh"], people["Amina"]
    peers, police = organisations["been_there"].id, organisations["valley_police"].id
    today = at.date()
    agreed = Statement(
        answer=Answer.AGREES,
        topics=(Topic.KNOWN, Topic.CONTACT, Topic.HOME),
        recipients=frozenset({peers}),
        exactly="That you sleep on friends' sofas, and how Dee can text you. Nothing about your family.",
        words="Dee can know. She doesn't do the face.",
        said_on=today - timedelta(days=9),
        capacity="assumed",
        method="spoken",
        purpose="early_help",
        expires_on=today + timedelta(days=180),
        free="College support and the room stay the same whatever she says, and she knows it.",
        explained=("spoken", "pictures"),
        language="English",
        evidence="Note of the conversation at college",
    )
    refused = Statement(
        answer=Answer.REFUSES,
        topics=(Topic.EVERYTHING,),
        recipients=frozenset({police}),
        exactly="Whether the police may know where she stays and who gives her money.",
        words="Not the police. He has friends there.",
        said_on=today - timedelta(days=4),
        capacity="assumed",
        method="spoken",
    )
    choices = record_choices(actor=joan, at=at, person_id=amina, said=agreed)
    record_choices(actor=joan, at=at, person_id=amina, said=refused)
    shared = decide(actor=joan, at=at, person_id=amina, proposal=_with_the_peers(peers, today))
    waits = decide(actor=joan, at=at, person_id=amina, proposal=_with_the_police(police, today))
    draft = drafts.begin_draft(actor=joan, at=at, person_id=amina)
    advice = drafts.ask_for_advice(
        actor=joan,
        at=at,
        draft_id=draft.id,
        question="Her mother rings and asks where she is. May I say that she is safe, and no more?",
    )
    told = told_us(actor=dee).rows[0]
    return {
        "choice": choices[0].id, "shared": shared.id, "waits": waits.id, "draft": draft.id,
        "advice": advice.id, "told": told.id,
    }  # fmt: skip


def _with_the_peers(peers: UUID, today: date) -> Any:
    from alongside.casework.sharing.rules.basis import Known, Layer
    from alongside.casework.sharing.rules.choices import Topic
    from alongside.casework.sharing.rules.decisions import Basis, Outcome, Proposal, Told
    from alongside.casework.sharing.rules.items import Element, FactKind, Item, Stated

    sofa = Item(
        topic=Topic.HOME,
        words="She sleeps on friends' sofas and has to leave this one by the end of the month.",
        kind=FactKind.SELF_REPORT,
        as_at=today - timedelta(days=9),
        source="Amina, at college",
        quality=dict.fromkeys(Element, Stated.YES) | {Element.COMPLETE: Stated.NOT_KNOWN},
        limits="She did not say which friends, and need not.",
    )
    return Proposal(
        outcome=Outcome.SHARE,
        purpose="early_help",
        recipients=frozenset({peers}),
        items=(sofa,),
        named="Dee Marsh",
        who="Amina Yusuf, born 19 May 2007",
        known=frozenset({Known.DIRECT_CARE}),
        bases={
            Layer.ARTICLE_6: Basis("6_e", "Children Act 1989 section 23C: support of care leavers."),
            Layer.CONFIDENCE: Basis("consent", "“Dee can know.”"),
        },
        necessity="Dee finds rooms with people who were in care themselves.",
        proportionality="Nothing about her family or money.",
        told=Told.TOLD,
        told_on=today - timedelta(days=9),
        told_how="At college, with the drawing of who knows what.",
        onward="For finding a room. Ask Amina before a landlord hears her name.",
        keep_until=today + timedelta(days=180),
        channel="In Alongside",
    )


def _with_the_police(police: UUID, today: date) -> Any:
    from alongside.casework.sharing.rules.basis import Known, Layer
    from alongside.casework.sharing.rules.choices import Topic
    from alongside.casework.sharing.rules.decisions import Basis, Outcome, Proposal, Told
    from alongside.casework.sharing.rules.items import Element, FactKind, Item, Stated
    from alongside.casework.sharing.rules.overrides import Ground, Override

    money = Item(
        topic=Topic.SAFETY,
        words="A man of about thirty waits for her at the college gate and holds her bank card.",
        kind=FactKind.OBSERVATION,
        as_at=today - timedelta(days=4),
        source="Seen by Joan Adeyemi; her tutor saw it twice",
        verified_by="Her tutor, Mrs Lall, by telephone",
        quality=dict.fromkeys(Element, Stated.YES) | {Element.COMPLETE: Stated.NO},
        limits="His name is not known. Whether she gave him the card freely is not known.",
    )
    return Proposal(
        outcome=Outcome.SHARE,
        purpose="multi_agency",
        recipients=frozenset({police}),
        items=(money,),
        named="Neighbourhood inspector, in person",
        who="Amina Yusuf, born 19 May 2007",
        known=frozenset({Known.CONTROLLED, Known.AT_RISK}),
        bases={
            Layer.ARTICLE_6: Basis(
                "6_e", "Care Act 2014 section 2, and section 42 if it turns out to apply."
            ),
            Layer.CONFIDENCE: Basis("public_interest", "She may be made to carry or to pay for others."),
        },
        necessity="Only the police can find out who he is without her having to say it.",
        proportionality="One sentence, to one inspector, by word of mouth first.",
        told=Told.NOT_SAFE,
        told_why_not="He reads her phone.",
        onward="To nobody at his station without asking us. No call, no letter, no visit to where she stays.",
        channel="In person, and then in Alongside",
        override=Override(
            ground=Ground.COERCION,
            refusal="Not the police. He has friends there.",
            first="She looks at him before she answers; her card is with him; she stopped coming alone.",
            second="No message to her phone. Her tutor stays with her until the bus.",
            alternatives="Asked her twice alone; offered to be there; offered the domestic abuse adviser.",
            harm="She may stop talking to us. The tutor and Dee stay with her whatever happens.",
            advice="The domestic abuse adviser: tell one person by name, not a desk.",
            review_on=today + timedelta(days=7),
        ),
    )
