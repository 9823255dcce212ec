"""What was made in advance, and rights to an advocate, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.casework.capacity.models import AdvanceStatement, Advocate, AdvocateStep
from alongside.casework.capacity.presenters import words
from alongside.casework.capacity.queries.pages import AdvocacyPage
from alongside.casework.capacity.rules.advance import BINDS, NEEDS_CAPACITY, Kind
from alongside.casework.capacity.rules.advocacy import MAY_BECOME, Advocacy, Objection, Occasion, Right
from alongside.casework.capacity.rules.assessing import Function
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words


@dataclass(frozen=True)
class AdvanceShown:
    """What was made in advance, in words."""

    id: str
    kind: str
    words: str
    made: str
    held: str
    source: str
    binds: bool
    needs_capacity: bool
    """Whether the person must be able to decide to take it back."""
    court_ends: str
    """How it ends, if it is not theirs to take back."""
    withdrawn: str
    """When it was taken back; empty while it stands."""
    withdrawn_words: str


@dataclass(frozen=True)
class AdvocateLine:
    """One line in a list of rights to an advocate, and where it stands."""

    id: str
    occasion: str
    state: Tag
    asked: str


@dataclass(frozen=True)
class AdvocacyShown:
    """What was asked about a right to an advocate, and what came of it."""

    id: str
    person_id: str
    known_as: str
    state: Tag
    sentence: str
    answers: list[tuple[str, str]]
    steps: list[tuple[str, str, str]]
    """What happened when; what was said; who wrote it down."""
    may_go_on: bool


def advance_shown(made: AdvanceStatement) -> AdvanceShown:
    """Return what was made in advance, in words."""
    kind = Kind(made.kind)
    taken_back = getattr(made, "withdrawal", None)
    seen = made.seen_by or _("none of us yet")
    return AdvanceShown(
        id=str(made.id),
        kind=str(words.KIND[kind]),
        words=made.words,
        made=_("Made on %(day)s") % {"day": day_in_words(made.made_on)}
        if made.made_on
        else _("Nobody knows when it was made"),
        held=_("Who has it: %(held)s. Seen by: %(seen)s") % {"held": made.held_by, "seen": seen},
        source=_("Written down by %(who)s, %(organisation)s, on %(day)s")
        % {
            "who": made.written_down_by,
            "organisation": made.organisation.name,
            "day": day_in_words(made.recorded_at),
        },
        binds=kind in BINDS,
        needs_capacity=kind in NEEDS_CAPACITY,
        court_ends=_(
            "Only the Court of Protection ends a deputyship. Once it has ended, record that as a new entry."
        )
        if kind is Kind.DEPUTY
        else "",
        withdrawn=_("Taken back on %(day)s") % {"day": day_in_words(taken_back.said_on)}
        if taken_back
        else "",
        withdrawn_words=taken_back.words if taken_back else "",
    )


def advocate_line(advocacy: Advocate) -> AdvocateLine:
    """Return a right to an advocate as a line in a list."""
    return AdvocateLine(
        id=str(advocacy.id),
        occasion=str(words.OCCASION[Occasion(advocacy.occasion)]),
        state=_tag(advocacy.state),
        asked=_asked(advocacy),
    )


def advocacy_shown(page: AdvocacyPage) -> AdvocacyShown:
    """Return what was asked of a right to an advocate, and what became of it."""
    asked = page.advocacy
    difficult = [str(words.DIFFICULTY[Function(each)]) for each in asked.difficulties]
    against = [str(words.OBJECTION[Objection(each)]) for each in asked.objections]
    agrees = _("Yes") if asked.person_agrees else _("No, or not asked")
    occasion = Occasion(asked.occasion)
    # what is kept from before a record had to be named says so
    decision = asked.record.decision if asked.record else _("Nobody has said which")
    answers = [
        (_("What is about to happen"), str(words.OCCASION[occasion])),
        (_("The decision they cannot make"), decision if occasion is Occasion.SERIOUS else ""),
        (_("Substantially difficult"), "\n".join(difficult) or _("Nothing")),
        (_("What was seen"), asked.difficulty_words),
        (_("Who could support them, or be asked"), asked.helper or _("Nobody")),
        (_("Why they are not suitable"), "\n".join(against)),
        (_("Does the person agree to them?"), agrees if asked.helper else ""),
        (_("Asked by"), _asked(asked)),
    ]
    return AdvocacyShown(
        id=str(asked.id),
        person_id=str(page.person.id),
        known_as=page.person.known_as,
        state=_tag(asked.state),
        sentence=_sentence(asked),
        answers=[each for each in answers if each[1]],
        steps=[_step(each) for each in page.steps],
        may_go_on=bool(MAY_BECOME[Advocacy(asked.state)]),
    )


def _sentence(asked: Advocate) -> str:
    if not asked.right:
        return ""
    sentence = _("The person has a right to an independent advocate: %(section)s.") % {
        "section": words.RIGHT[Right(asked.right)]
    }
    if asked.right == Right.IMCA:
        sentence += " " + _("It rests on the decision named below, and is for no other.")
    return sentence


def _step(step: AdvocateStep) -> tuple[str, str, str]:
    who = ", ".join(filter(None, [step.advocate, step.advocate_of]))
    what = f"{day_in_words(step.on)}: {words.ADVOCACY[Advocacy(step.state)][0]}"
    return (
        what,
        "\n".join(filter(None, [who, step.words])),
        f"{step.written_down_by}, {step.organisation.name}",
    )


def _asked(advocacy: Advocate) -> str:
    return f"{advocacy.asked_by}, {advocacy.organisation.name}, {day_in_words(advocacy.asked_at)}"


def _tag(state: str) -> Tag:
    told, colour = words.ADVOCACY[Advocacy(state)]
    return Tag(str(told), colour)
