"""Roles: bundles of permissions, each with a paragraph that somebody who answers for them can read."""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.permissions import Permission as May


@dataclass(frozen=True)
class Role:
    """A role a member of an organisation may hold: stable code, title, what it is for, what it may."""

    code: str
    title: Promise
    purpose: Promise
    permissions: frozenset[May]

    @property
    def name(self) -> str:
        """Its title in the reader's language."""
        return str(self.title)

    @property
    def description(self) -> str:
        """What it is for, in the reader's language."""
        return str(self.purpose)


_MEMBER = {May.DIRECTORY_READ, May.AGREEMENT_READ}
_WORKER = _MEMBER | {
    May.PERSON_READ, May.PERSON_EDIT, May.CHRONOLOGY_ADD, May.KNOWN_TO_ASK, May.KNOWN_TO_ANSWER,
    May.WORKLIST_READ, May.WORKLIST_WORK, May.CONVERSATION_HOLD, May.REFERRAL_MAKE, May.REFERRAL_ANSWER,
    May.DATA_QUESTION, May.BREAK_GLASS, May.CHOICE_RECORD, May.SHARE_DECIDE, May.CAPACITY_RECORD,
    May.OFFER_RECORD, May.REQUEST_MAKE, May.REQUEST_ANSWER, May.CONCERN_RAISE, May.CASE_READ, May.CASE_WORK,
}  # fmt: skip
_NOT_A_CONTACT_WORKERS = {
    May.BREAK_GLASS, May.PERSON_EDIT, May.SHARE_DECIDE, May.CAPACITY_RECORD, May.REQUEST_MAKE,
    May.REQUEST_ANSWER, May.CASE_WORK,
}  # fmt: skip

ROLES = {
    role.code: role
    for role in (
        Role(
            "practitioner",
            _("Practitioner"),
            _(
                "Works with people: a social worker, a housing officer, a nurse, a police officer, a "
                "charity's support worker. Sees the people their own organisation is involved with or was "
                "given, and nobody else; holds conversations, records what happened and whether a person can "
                "make a decision, decides about sharing, asks other agencies whether a person is known to "
                "them and what they hold, and answers when they ask; asks agencies to come together around a "
                "person, and leads where they accepted to. In an emergency may open one further "
                "record, with a reason, for a day, and it is looked at afterwards."
            ),
            frozenset(_WORKER),
        ),
        Role(
            "contact_worker",
            _("Contact worker"),
            _(
                "Telephones and visits the people on today's list who are open to nobody. Sees the list of "
                "their own team and the people on it."
            ),
            frozenset(_WORKER - _NOT_A_CONTACT_WORKERS),
        ),
        Role(
            "manager",
            _("Team manager"),
            _(
                "Answers for a team: moves work when somebody is away, sees how often flags are agreed "
                "with (agreeing with all of them is no judgement at all) and how each agency answers when it "
                "is asked for information, looks again at help that somebody was not offered, sees in "
                "numbers who is offered what, and may merge two records that are one person, or part them "
                "again. Where somebody means to share against what a person asked, looks at it second, and "
                "gives advice where they are unsure."
            ),
            frozenset(
                _WORKER
                | {May.WORKLIST_MANAGE, May.TEAM_MANAGE, May.AGREEMENT_RATE_READ, May.PERSON_MERGE}
                | {May.SCHEDULE_READ, May.SHARE_AUTHORISE, May.OFFER_REVIEW, May.OFFER_REPORT}
                | {May.REQUEST_COUNT}
            ),
        ),
        Role(
            "co_ordinator",
            _("Co-ordinator of multi-agency cases"),
            _(
                "Answers whoever asks agencies to come together around a person: opens the case, or declines "
                "it with a reason, advice and a way to go. Looks again at what another declined more than "
                "once. Invites, sends what was agreed, asks after what is late. Begins case audits, in which "
                "agencies look into cases by numbers and without names, and closes them. "
                "Sees the cases that their organisation takes part in, no person's record, and "
                "writes nothing about anybody."
            ),
            frozenset(_MEMBER | {May.CASE_READ, May.CASE_COORDINATE, May.CASE_AUDIT_READ}),
        ),
        Role(
            "data_analyst",
            _("Data analyst"),
            _(
                "Makes the runs and looks at their figures and quality, settles doubtful links, and answers "
                "questions about data. Sees no person's record: a run is pseudonymous to them, and what a "
                "doubtful pair says of two people is shown for that question alone."
            ),
            frozenset(
                _MEMBER
                | {
                    May.RELEASE_READ,
                    May.LINK_REVIEW,
                    May.DATA_QUESTION,
                    May.DIRECTORY_IMPORT,
                    May.SCHEDULE_READ,
                }
            ),
        ),
        Role(
            "approver",
            _("Release approver"),
            _(
                "Decides whether a run may be acted on: sees its counts, its quality and its basis in law, "
                "and releases tiers to named agencies for a purpose. Does not see who the people are."
            ),
            frozenset(_MEMBER | {May.RELEASE_READ, May.RELEASE_APPROVE}),
        ),
        Role(
            "governance_lead",
            _("Information governance lead"),
            _(
                "Watches over how information is used: reads the audit trail, reviews every "
                "emergency access, keeps the agreements about sharing, sees what was released on which "
                "basis, how each agency answers when it is asked for information, what runs by itself, and "
                "in numbers alone who is offered help and who is not, and what came of case audits. Answers "
                "people who ask for what is held about them: sees for that, and as long as the request is "
                "open, what is held about that one person. Does not work with people's records otherwise."
            ),
            frozenset(
                _MEMBER
                | {May.AUDIT_READ, May.BREAK_GLASS_REVIEW, May.RELEASE_READ, May.SCHEDULE_READ}
                | {May.AGREEMENT_KEEP, May.OFFER_REPORT_ALL, May.REQUEST_COUNT}
                | {May.RIGHTS_HANDLE, May.CASE_AUDIT_READ}
            ),
        ),
        Role(
            "directory_editor",
            _("Directory editor"),
            _("Keeps an organisation's own entries in the directory of services up to date. Sees no person."),
            frozenset(_MEMBER | {May.DIRECTORY_EDIT}),
        ),
        Role(
            "organisation_lead",
            _("Organisation lead"),
            _(
                "Looks after an organisation's place in the partnership: its profile, its teams, who "
                "belongs to them and in which role. Sees no person by that."
            ),
            frozenset(_MEMBER | {May.ORGANISATION_MANAGE, May.TEAM_MANAGE, May.DIRECTORY_EDIT}),
        ),
    )
}
"""Code to role."""


@cache
def permissions_of(roles: frozenset[str]) -> frozenset[May]:
    """Return all that roles with these codes permit; a code that is no role permits nothing."""
    return frozenset(may for code in roles if code in ROLES for may in ROLES[code].permissions)
