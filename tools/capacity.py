"""What Riverside's practitioners recorded about people's decisions, and their advocates, by commands."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID


def make_capacity(*, actors: Mapping[str, Any], people: Mapping[str, UUID], at: datetime) -> dict[str, UUID]:
    """Make them; return the ids of some of Bee's records by what they are, as ``tools.universe`` says.

    Args:
        actors: members as actors, by name.
        people: ids of people, by what they are called.
        at: when.
    """
    asha, dee, tom = (actors[name] for name in ("Asha Patel", "Dee Marsh", "Tom Reilly"))
    made = _of_bee(asha, dee, people["Bee"], at)
    _of_stan(tom, people["Stan"], at)
    return made


def _of_bee(asha: Any, dee: Any, bee: UUID, at: datetime) -> dict[str, UUID]:
    from alongside.casework.capacity.commands import advance, advocating, assessing, best_interests
    from alongside.casework.capacity.rules.advance import Kind
    from alongside.casework.capacity.rules.advocacy import Asked, Objection, Occasion
    from alongside.casework.capacity.rules.assessing import (
        Able,
        Assessment,
        Confidence,
        Function,
        Help,
        Pressure,
        Recognises,
        State,
    )
    from alongside.casework.capacity.rules.best_interests import Imca, Reasoning, Regain, Serious

    def ago(days: int) -> date:
        return (at - timedelta(days=days)).date()

    def found(follows: UUID | None = None, **said: Any) -> UUID:
        given = Assessment(role="Social worker", chosen_by="Bee and Asha Patel", **said)
        kept = assessing.record_capacity(actor=asha, at=at, person_id=bee, given=given, follows_id=follows)
        return kept.id

    stairs = "Whether to have the bags on the stairs taken away before winter"
    first = found(
        decision=stairs,
        why_now="Somebody from downstairs nearly fell, and the fire service has been.",
        assessed_on=ago(30),
        outcome=State.IN_DOUBT,
        reasons="She was tired, and we spoke on the landing. It was not a fair talk.",
        confidence=Confidence.UNSURE,
        next_check=ago(-3),
    )
    again = found(
        follows=first,
        decision=stairs,
        why_now="The first frost, and nothing has gone from the stairs.",
        information="What is in the bags stays hers. Two people could carry them in an hour. If they stay "
        "and there is a fire, she and the neighbour may not get out.",
        assessed_on=ago(9),
        outcome=State.EXECUTIVE_DOUBT,
        reasons="She says all the right things, three times now, and each time nothing moves.",
        confidence=Confidence.LIKELY,
        help=(Help.TIME, Help.PLACE, Help.TRUSTED),
        help_words="At her machine, after eleven, with Dee beside her. We drew the stairs.",
        understand=Able.YES,
        understand_seen="“If it burns, I go out of the window like a cat, and I am not a cat.”",
        retain=Able.YES,
        retain_seen="She still knew it when Dee came on Thursday.",
        weigh=Able.YES,
        weigh_seen="“The patterns upstairs, yes. The newspapers can go.”",
        communicate=Able.YES,
        says="“Monday, I start on Monday.”",
        does="Three Mondays passed. The bags are where they were, and two more have come.",
        gap="She means it when she says it, and cannot begin alone.",
        others_saw="Tom: the same promise in August. Dee: with somebody beside her she sorted a shelf.",
        recognises=Recognises.PARTLY,
        pressure=Pressure.NONE_SEEN,
        next_check=ago(-21),
    )
    leg = found(
        decision="Whether to have the wound on her leg dressed while the infection lasts",
        why_now="It smells and is spreading; the nurse says days, not weeks.",
        information="Left undressed, it may get into the blood. Dressing hurts for ten minutes.",
        assessed_on=ago(1),
        outcome=State.LACKS,
        reasons="Today she does not know where she is. Two weeks ago she decided about it herself.",
        confidence=Confidence.SURE,
        help=(Help.TIME, Help.TRUSTED, Help.WAYS),
        help_words="Twice, at noon and at four, with Dee, by the hearing aid and with a picture.",
        understand=Able.NO,
        understand_seen="“Which leg? That one is the cat's.”",
        retain=Able.NO,
        retain_seen="A minute later she asked who we were.",
        weigh=Able.NO,
        weigh_seen="She could not say what would happen either way.",
        communicate=Able.YES,
        communicate_seen="She spoke to us throughout.",
        impairment="Delirium, by the nurse's test, with the infection.",
        because="The delirium is why she cannot follow or keep what we tell her. It came with the fever.",
        pattern="Worse in the evening; clearer around noon.",
        best_time="Noon",
        best_place="Her chair by the window",
        best_with="Dee",
        when_not="Let her sleep, and ask again at noon.",
        pressure=Pressure.NONE_SEEN,
        next_check=ago(-4),
    )
    assessing.give_view(
        actor=dee, at=at, person_id=bee, record_id=leg, stance="agrees", name="Dee Marsh",
        agency="Been There (peer support)", why="She did not know my name, and she always does.",
    )  # fmt: skip
    best_interests.record_best_interests(
        actor=asha,
        at=at,
        person_id=bee,
        record_id=leg,
        given=Reasoning(
            past_wishes="“I want my leg. Just not a stranger at it.” (two weeks ago)",
            present_wishes="She pulls away from the nurse, and lets Dee hold her foot.",
            beliefs="Her own door, her own bed. Work to be done by hand and well.",
            consulted="Dee: she would want it over quickly, at home. Her family, who may be asked only "
            "when Bee is in hospital, were not.",
            nobody_to_consult=False,
            regain=Regain.LIKELY,
            can_wait=False,
            regain_words="The fever should go within the week; the wound cannot wait so long.",
            options="Hospital; the nurse at home each noon; waiting.",
            less_restrictive="At home and not in hospital: she is calmer there. Waiting was too dangerous.",
            serious=Serious.NEITHER,
            imca=Imca.NOT_NEEDED,
            imca_words="",
            decision="The nurse dresses it at home at noon, Dee beside her, until the fever is gone.",
            why="It saves the leg, and it is how she wanted it: no stranger alone, and at home.",
            decided_by="Asha Patel, social worker, with the community nurse",
            decided_on=ago(1),
        ),
    )
    older = advance.keep_advance_statement(
        actor=asha, at=at, person_id=bee, kind=Kind.STATEMENT, words="Ring my cousin about it all.",
        held_by="Asha Patel", made_on=ago(200),
    )  # fmt: skip
    advance.withdraw_advance_statement(
        actor=asha, at=at, person_id=bee, statement_id=older.id,
        words="“No, she worries herself ill. Only the hospital.”", said_on=ago(20),
    )  # fmt: skip
    stands = advance.keep_advance_statement(
        actor=asha,
        at=at,
        person_id=bee,
        kind=Kind.STATEMENT,
        words="“If my head is not right, ask Dee what I would say. Leave the light on, and the cat in. "
        "Nobody throws my patterns out while I cannot look.”",
        held_by="Bee, in the drawer of the machine; Dee Marsh",
        made_on=ago(20),
        seen_by="Asha Patel",
    )
    advocacy = advocating.ask_for_advocacy(
        actor=asha,
        at=at,
        person_id=bee,
        record_id=again,
        asked=Asked(
            occasion=Occasion.ASSESSMENT,
            difficulties=(Function.WEIGH,),
            difficulty_words="Alone with us she agrees to whatever will end the conversation.",
            helper="Sheila, her cousin",
            objections=(Objection.REFUSED,),
        ),
    )
    return {"again": again, "lacks": leg, "advance": stands.id, "advocacy": advocacy.id}


def _of_stan(tom: Any, stan: UUID, at: datetime) -> None:
    from alongside.casework.capacity.commands import advocating, assessing
    from alongside.casework.capacity.rules.advocacy import Advocacy, Asked, Objection, Occasion, Step
    from alongside.casework.capacity.rules.assessing import (
        Assessment,
        Confidence,
        Function,
        Help,
        Pressure,
        State,
    )

    day = at.date()
    card = assessing.record_capacity(
        actor=tom,
        at=at,
        person_id=stan,
        given=Assessment(
            decision="Whether his nephew keeps his bank card",
            why_now="The rent is late again, and the nephew came with the letter about it.",
            chosen_by="Tom Reilly",
            assessed_on=day - timedelta(days=6),
            outcome=State.IN_DOUBT,
            reasons="Alone, in Polish, he may well be able to decide it. He was not alone.",
            confidence=Confidence.UNSURE,
            role="Housing officer",
            help=(Help.INTERPRETER,),
            help_words="An interpreter by telephone; the nephew answered before him.",
            pressure=Pressure.CAUSE,
            pressure_words="The nephew stood behind his chair. Stan looked at him before each answer.",
            advice_from="Riverside Homes' legal team",
            next_check=day + timedelta(days=2),
        ),
    )
    assessing.note_advice(
        actor=tom,
        at=at,
        person_id=stan,
        record_id=card.id,
        what="asked",
        of_whom="Riverside Homes' legal team",
        on=day - timedelta(days=5),
        words="How he can be seen alone, and whether the court could help with that.",
    )
    right = advocating.ask_for_advocacy(
        actor=tom,
        at=at,
        person_id=stan,
        record_id=card.id,
        asked=Asked(
            occasion=Occasion.ENQUIRY,
            difficulties=(Function.COMMUNICATE,),
            difficulty_words="With his nephew there he says nothing for himself.",
            helper="His nephew",
            objections=(Objection.IMPLICATED,),
        ),
    )
    advocating.note_advocacy(
        actor=tom,
        at=at,
        person_id=stan,
        advocacy_id=right.id,
        opened_version=1,
        step=Step(
            state=Advocacy.INSTRUCTED,
            on=day - timedelta(days=3),
            advocate="Maja Zielińska, who speaks Polish",
            organisation="Riverside Voices",
        ),
    )
