"""Set up the partnership, add organisations, and let them say who they are and form their teams."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts import events, permissions
from alongside.casework.accounts.commands.members import add_member
from alongside.casework.accounts.models import Organisation, Partnership, Team
from alongside.casework.accounts.queries.of_pack import organisation_of_pack
from alongside.casework.accounts.rules import fingerprint
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.operations import command


class UnknownKindError(CaseworkError):
    """An organisation is of a kind that we do not know."""


@command
def begin_partnership(
    *, actor: Actor, at: datetime, name: str, organisation_code: str, organisation_name: str, kind: str
) -> Organisation:
    """Set up the partnership with its first organisation, and return that. Done once, where it is installed.

    Raises:
        NotAllowedError: the actor is not the system.
        AlreadyDoneError: there is already a partnership.
        UnknownKindError: the organisation's kind is not known.
    """
    require(permissions.may_set_up(actor))
    if Partnership.objects.exists():
        raise AlreadyDoneError(_("There is already a partnership here. Its organisations can add others."))
    Partnership.begin(name=name)
    organisation = _join(organisation_code, organisation_name, kind)
    record(
        events.PARTNERSHIP_BEGUN,
        actor=actor,
        about=("organisation", organisation.id),
        organisation=organisation.name,
        partnership=name,
    )
    return organisation


@command
def take_in_organisation(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    name: str,
    kind: str,
    lead_name: str = "",
    lead_email: str = "",
    password: str | None = None,
) -> Organisation:
    """Add an organisation to the partnership, as an equal of the others whatever its kind.

    Args:
        actor: the lead of an organisation that is already in.
        at: when.
        code: short, never changed, and the one in the area pack if that names it (``rules.pack_code``).
        name: as others will read it.
        kind: one of ``Organisation.Kind``.
        lead_name: who will lead it here; left out, with the address, if that is said later.
        lead_email: their work address.
        password: a one-time password for the lead, if they have no account yet.

    Raises:
        NotAllowedError: the actor leads no organisation.
        AlreadyDoneError: one with this code is already in, or with one that the pack would write the same.
        UnknownKindError: its kind is not known.
        NoAddressError: nobody could sign in with the lead's address.
    """
    require(permissions.may_take_in_organisation(actor))
    organisation = _join(code, name, kind)
    record(
        events.ORGANISATION_JOINED,
        actor=actor,
        about=("organisation", organisation.id),
        organisation=organisation.name,
    )
    if lead_email:
        add_member(
            actor=actor,
            at=at,
            organisation_id=organisation.id,
            email=lead_email,
            name=lead_name,
            roles=["organisation_lead"],
            password=password,
        )
    return organisation


@command
def describe_organisation(
    *,
    actor: Actor,
    at: datetime,
    organisation_id: UUID,
    remit: str,
    thresholds: str,
    how_we_work: str,
    what_we_can_offer: str,
    telephone: str,
    opened: str = "",
) -> Organisation:
    """Say what an organisation does, for whom, how it works, what it can offer and how to reach it.

    Args:
        actor: who.
        at: when.
        organisation_id: which organisation.
        remit: what it does, and for whom.
        thresholds: when it can act.
        how_we_work: hours, how quickly it answers.
        what_we_can_offer: in words for another agency.
        telephone: how to reach it.
        opened: the fingerprint of the profile when it was opened (``rules.fingerprint``), if it was.

    Raises:
        StaleError: somebody changed it since it was opened; show both, lose neither.
        NotAllowedError: it is not the actor's, or the actor does not lead it.
        NotFoundError: there is no such organisation.
        AlreadyDoneError: it already says all of that.
    """
    require(permissions.may_describe(actor, organisation_id))
    organisation = Organisation.objects.select_for_update(no_key=True).filter(id=organisation_id).first()
    if organisation is None:
        raise NotFoundError(_("There is no such organisation in the partnership."))
    said = {
        "remit": remit, "thresholds": thresholds, "how_we_work": how_we_work,
        "what_we_can_offer": what_we_can_offer, "telephone": telephone,
    }  # fmt: skip
    if opened and opened != fingerprint({field: getattr(organisation, field) for field in said}):
        raise StaleError(
            _(
                "Somebody else changed this profile while you had it open. What you wrote is below, beside "
                "theirs: choose what to keep."
            )
        )
    if all(getattr(organisation, field) == text for field, text in said.items()):
        raise AlreadyDoneError(_("Nothing was changed: the profile already says this."))
    organisation.describe(**said)
    record(
        events.ORGANISATION_DESCRIBED,
        actor=actor,
        about=("organisation", organisation.id),
        organisation=organisation.name,
    )
    return organisation


@command
def form_team(
    *,
    actor: Actor,
    at: datetime,
    organisation_id: UUID,
    name: str,
    telephone: str = "",
    capacity_per_week: int | None = None,
    services: list[str] | None = None,
) -> Team:
    """Form a team of an organisation.

    Args:
        actor: who.
        at: when.
        organisation_id: whose team.
        name: different from the organisation's other teams.
        telephone: to reach it.
        capacity_per_week: how many people it can take on in a week; None if nobody said.
        services: codes of the pack's services that it runs.

    Raises:
        NotAllowedError: it is not the actor's organisation, or the actor does not lead it.
        NotFoundError: there is no such organisation.
        AlreadyDoneError: it has a team of that name.
    """
    require(permissions.may_form_team(actor, organisation_id))
    organisation = Organisation.objects.select_for_update(no_key=True).filter(id=organisation_id).first()
    if organisation is None:
        raise NotFoundError(_("There is no such organisation in the partnership."))
    _name_is_free(organisation, name)
    team = Team.form(
        organisation=organisation,
        name=name,
        telephone=telephone,
        capacity_per_week=capacity_per_week,
        services=services,
    )
    record(events.TEAM_FORMED, actor=actor, about=("team", team.id), team=team.name)
    return team


@command
def change_team(
    *,
    actor: Actor,
    at: datetime,
    team_id: UUID,
    name: str,
    telephone: str,
    capacity_per_week: int | None,
    services: list[str],
) -> Team:
    """Change a team of the actor's organisation. The items on its list stay there.

    Args:
        actor: who.
        at: when.
        team_id: the team.
        name: different from the organisation's other teams.
        telephone: to reach it.
        capacity_per_week: how many people it can take on in a week; None if nobody said.
        services: codes of the pack's services that it runs.

    Raises:
        NotFoundError: the actor's organisation has no such team.
        NotAllowedError: the actor does not lead it.
        AlreadyDoneError: another of its teams has that name.
    """
    require(permissions.may_form_team(actor, actor.member_of))
    organisation = Organisation.objects.select_for_update(no_key=True).get(id=actor.member_of)
    team = organisation.teams.filter(id=team_id).first()
    if team is None:
        raise NotFoundError(_("There is no such team in your organisation."))
    _name_is_free(organisation, name, but=team)
    team.change(
        name=name, telephone=telephone, capacity_per_week=capacity_per_week, services=sorted(set(services))
    )
    record(events.TEAM_CHANGED, actor=actor, about=("team", team.id), team=team.name)
    return team


def _name_is_free(organisation: Organisation, name: str, *, but: Team | None = None) -> None:
    others = organisation.teams.exclude(id=but.id) if but else organisation.teams.all()
    if others.filter(name__iexact=name).exists():
        raise AlreadyDoneError(
            _("%(organisation)s already has a team called %(name)s. Choose another name.")
            % {"organisation": organisation.name, "name": name}
        )


def _join(code: str, name: str, kind: str) -> Organisation:
    if kind not in Organisation.Kind.values:
        raise UnknownKindError(
            _("%(kind)s is not a kind of organisation. Choose one of %(kinds)s.")
            % {"kind": kind, "kinds": ", ".join(Organisation.Kind.values)}
        )
    if there := organisation_of_pack(code):
        raise AlreadyDoneError(
            _("An organisation with the code %(code)s is already in the partnership.") % {"code": there.code}
        )
    return Organisation.join(code=code, name=name, kind=kind)
