"""Parts that several papers have: what the area pack says, in the same words on each."""

from django.utils.translation import gettext as _

from alongside.area.marm_models import Clocks, Marm, Overdue
from alongside.casework.design.papers import Block, Bullets, Row, Section, Table, Under, Words


def danger() -> str:
    """Return what comes before everything else."""
    return _("Is somebody in danger now? Ring 999 first. No form comes before that.")


def ladder(pack: Marm) -> tuple[Row, ...]:
    """Return the steps by which a disagreement is settled, each with its time."""
    return tuple((each.title, each.within) for each in pack.dispute_ladder)


def disagreement(pack: Marm) -> Section | None:
    """Return how agencies settle what they disagree about; None if the pack does not say."""
    if not pack.dispute_ladder:
        return None
    return Section(
        _("If agencies disagree"),
        (
            Words(
                _(
                    "Say so early and openly, on the lowest step that can settle it. The case goes on "
                    "meanwhile: nobody waits for an argument to end before doing what they agreed to do."
                )
            ),
            Table(_("Who speaks, and by when"), (_("Step"), _("Within")), ladder(pack)),
        ),
    )


def clocks(found: Clocks) -> tuple[Table, Table]:
    """Return how soon each thing is done: what depends on how soon harm may come, and the rest."""
    return (
        Table(
            _("How soon agencies come together"),
            (_("What"), _("Where serious harm may come within days"), _("Otherwise")),
            (
                (_("The co-ordinator answers"), found.triage.high, found.triage.other),
                (_("Agencies meet for the first time"), found.first_meeting.high, found.first_meeting.other),
            ),
        ),
        Table(
            _("Before and after a meeting"),
            (_("What"), _("How soon")),
            (
                (_("Agencies send what they know, before it"), found.agency_reports_due),
                (_("The list of actions is sent out"), found.actions_out),
                (_("The minutes are sent out"), found.minutes_out),
                (_("What was agreed is looked at again"), found.review.first),
                (_("And then every"), found.review.then),
                (_("Never longer apart than"), found.review.max_gap),
                (_("Somebody asks how things are, after the case has ended"), found.closure_checkback),
            ),
        ),
    )


def late_actions(found: list[Overdue]) -> Table:
    """Return who is told that an action is late."""
    told = {
        "owner": _("The owner of the action"),
        "lead": _("The lead"),
        "owner_manager": _("The owner's manager"),
        "dispute_route": _("The lead and the co-ordinator: agencies settle it as a dispute"),
    }
    return Table(
        _("Who is told that an action is late"),
        (_("How long after its due date"), _("Who is told")),
        tuple(
            (_("On that day") if each.after.startswith("0 ") else each.after, told[each.to]) for each in found
        ),
    )


def roles(pack: Marm) -> tuple[Block, ...]:
    """Return the roles, each with its duties."""
    titles = {each.code: each.title for each in pack.roles}
    blocks: list[Block] = []
    for each in pack.roles:
        duties = [
            *each.duties,
            *([_("There is always exactly one, never two.")] if each.exactly_one else []),
            *(
                _("In the same meeting, nobody can have this role and also be: %(other)s.")
                % {"other": titles[other]}
                for other in each.not_also
                if other in titles
            ),
        ]
        blocks += [Under(each.title), Bullets(tuple(duties))]
    return tuple(blocks)


def forums(pack: Marm) -> Table:
    """Return the other processes to consider, and how each works with this one."""

    def beside(*, instead: bool, urgent: bool) -> str:
        if instead:
            return _("It takes the lead")
        return _("At once, and alongside this") if urgent else _("Alongside this")

    return Table(
        _("Other processes to consider"),
        (_("Process"), _("When to consider it"), _("How it works with this one")),
        tuple(
            (each.title, each.when, beside(instead=each.instead, urgent=each.urgent)) for each in pack.forums
        ),
    )


def law(pack: Marm) -> Table:
    """Return the law to consider."""
    return Table(
        _("Law to consider"),
        (_("Law"), _("When")),
        tuple((each.title, each.when) for each in pack.legal_levers),
    )


def reasons_to_end(pack: Marm) -> Table:
    """Return good reasons to end, and what each needs."""
    return Table(
        _("Reasons to end, and what is written down with each"),
        (_("Reason"), _("Written down with it")),
        tuple((each.title, "; ".join(each.needs) or "—") for each in pack.closure_reasons),
    )


def contacts(pack: Marm) -> Section | None:
    """Return who to phone; None if the pack does not say."""
    if not pack.contacts:
        return None
    return Section(
        _("Who to ask"),
        (
            Table(
                _("Who to phone"),
                (_("About"), _("Who"), _("Phone")),
                tuple((each.about, each.post, _in_one_line(each.phone)) for each in pack.contacts),
            ),
        ),
    )


def _in_one_line(phone: str) -> str:
    return phone.replace(" ", "\N{NO-BREAK SPACE}")


def there(*sections: Section | None) -> tuple[Section, ...]:
    """Return the sections that are present."""
    return tuple(each for each in sections if each is not None)
