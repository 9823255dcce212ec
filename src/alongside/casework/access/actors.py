"""Who asks: a person who signed in, for an organisation and a purpose; or a named piece of the system."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.decisions import ALLOWED, Decision, NotAllowedError, refused
from alongside.casework.access.permissions import Permission

EVERYBODY = "*"
"""The reach of a part of the system that must see all rows, such as a release or the nightly check."""


def _only_members() -> Decision:
    return refused("not_a_member", _("Only a member of an organisation can do this."))


def _no_purpose() -> Decision:
    return refused(
        "no_purpose",
        _(
            "Whatever is read or written about a person is for a purpose. Choose what you are working for "
            "first."
        ),
    )


@dataclass(frozen=True)
class Actor:
    """Whoever reads or writes.

    Attributes:
        name: as audit events will say it, even when the account is gone.
        user_id: of the account; None for a part of the system.
        organisation_id: for which they act.
        organisation_name: as it was then.
        team_ids: the teams they belong to there.
        permissions: what their roles there permit.
        purpose: what they are working for, a code of the area pack such as ``early_help``; empty where they
            have not said, or work with no person.
        purposes: codes of all that are open to them now (ADR 0016).
        emergency_people: people opened in an emergency, for as long as that lasts.
        request_id: what the logs call the request, or the job's run.
        roles: codes of their roles there.
        withheld: what their roles permit and they do not have for now.
        withheld_because: why not, and what would put it right, in a sentence.
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

    def may(self, permission: Permission) -> Decision:
        """Say whether the actor's roles permit this."""
        if permission in self.permissions:
            return ALLOWED
        if permission in self.withheld:
            return refused(f"withheld:{permission}", self.withheld_because)
        return refused(
            f"no_permission:{permission}",
            _("Your role does not allow this. If your work needs it, ask your organisation lead."),
        )

    @property
    def member_of(self) -> UUID:
        """The organisation they act for.

        Raises:
            NotAllowedError: a part of the system acts for none.
        """
        if self.organisation_id is None:
            raise NotAllowedError(_only_members())
        return self.organisation_id

    @property
    def account(self) -> UUID:
        """Their account.

        Raises:
            NotAllowedError: a part of the system has none.
        """
        if self.user_id is None:
            raise NotAllowedError(_only_members())
        return self.user_id

    def must_have_purpose(self) -> None:
        """Go on only where they have said what they are working for.

        UK GDPR Article 5(1)(b): information about people is used for a purpose that was said before.

        Raises:
            NotAllowedError: they have not.
        """
        if not self.purpose:
            raise NotAllowedError(_no_purpose())

    def working_for(self, purpose: str) -> "Actor":
        """Return the same actor at work on what was given for a purpose, such as a release."""
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
