"""Who is asking: somebody signed in, for an organisation and a purpose; or a named part of the system."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.decisions import ALLOWED, Decision, NotAllowedError, refused
from alongside.casework.access.permissions import Permission

EVERYBODY = "*"
"""The reach of a part of the system that must see every row, such as a release or the nightly check."""


def _only_members() -> Decision:
    return refused("not_a_member", _("Only a member of an organisation can do this."))


def _no_purpose() -> Decision:
    return refused(
        "no_purpose",
        _(
            "Everything you read or write about a person must be for a purpose. First choose what you are "
            "working for."
        ),
    )


@dataclass(frozen=True)
class Actor:
    """Whoever is reading or writing.

    Attributes:
        name: as audit events will show it, even after the account has gone.
        user_id: of the account; None for a part of the system.
        organisation_id: the organisation they act for.
        organisation_name: what it was called at the time.
        team_ids: the teams they belong to there.
        permissions: what their roles there allow.
        purpose: what they are working for, a code of the area pack such as ``early_help``; empty if they
            have not said, or do not work with people.
        purposes: codes of all the purposes open to them now (ADR 0016).
        emergency_people: people whose records they opened in an emergency, for as long as that lasts.
        request_id: the id that the logs use for the request, or for the run of a job.
        roles: codes of their roles there.
        withheld: what their roles allow but they may not do for now.
        withheld_because: a sentence saying why not, and what would put it right.
        covers: memberships there of absent colleagues whose work they cover: until those are back they may
            do it as if it were theirs, and it is recorded as done by them.
        skills: what they can do as a member there, such as speaking a language.
    """

    name: str
    user_id: UUID | None
    organisation_id: UUID | None
    organisation_name: str
    team_ids: frozenset[UUID] = frozenset()
    permissions: frozenset[Permission] = frozenset()
    purpose: str = ""
    emergency_people: frozenset[UUID] = frozenset()
    request_id: str = ""
    roles: frozenset[str] = field(default=frozenset())
    withheld: frozenset[Permission] = frozenset()
    withheld_because: str = ""
    purposes: frozenset[str] = frozenset()
    covers: frozenset[UUID] = frozenset()
    skills: frozenset[str] = frozenset()

    def may(self, permission: Permission) -> Decision:
        """Say whether the actor's roles allow this."""
        if permission in self.permissions:
            return ALLOWED
        if permission in self.withheld:
            return refused(f"withheld:{permission}", self.withheld_because)
        if Permission.ORGANISATION_MANAGE in self.permissions:  # whom everybody else is told to ask
            told = _(
                "Your role does not allow this. If somebody in your organisation needs it for their work, "
                "give them a role that allows it, under “Team and members”."
            )
        else:
            told = _(
                "Your role does not allow this. If you need it for your work, ask your organisation lead."
            )
        return refused(f"no_permission:{permission}", told)

    @property
    def member_of(self) -> UUID:
        """The organisation they act for.

        Raises:
            NotAllowedError: it is a part of the system, which acts for none.
        """
        if self.organisation_id is None:
            raise NotAllowedError(_only_members())
        return self.organisation_id

    @property
    def account(self) -> UUID:
        """Their account.

        Raises:
            NotAllowedError: it is a part of the system, which has none.
        """
        if self.user_id is None:
            raise NotAllowedError(_only_members())
        return self.user_id

    def must_have_purpose(self) -> None:
        """Go on only if they have said what they are working for.

        UK GDPR Article 5(1)(b): information about people is used for a purpose stated beforehand.

        Raises:
            NotAllowedError: they have not.
        """
        if not self.purpose:
            raise NotAllowedError(_no_purpose())

    def working_for(self, purpose: str) -> "Actor":
        """Return the same actor working for a purpose, such as the one a release was given for."""
        return replace(self, purpose=purpose)

    @property
    def reach(self) -> str:
        """What row-level security is told: the organisation whose people this actor may see."""
        return str(self.organisation_id) if self.organisation_id else ""


def system_actor(name: str, *, request_id: str = "") -> Actor:
    """Return a named part of the system, such as ``release``: there is no anonymous work."""
    return _System(
        name=name,
        user_id=None,
        organisation_id=None,
        organisation_name="Alongside",
        permissions=frozenset(Permission),
        purpose="system",
        request_id=request_id,
    )


class _System(Actor):
    @property
    def reach(self) -> str:
        return EVERYBODY
