"""Roles: bundles of permissions, each with a paragraph written for those accountable for them."""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.permissions import Permission as May


@dataclass(frozen=True)
class Role:
    """A role a member of an organisation may hold: stable code, title, what it is for, what it allows."""

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
                "Works with people: for example a social worker, housing officer, nurse, police officer or "
                "charity support worker. Sees the people their own organisation is involved with or has been "
                "given, and nobody else. Holds conversations, and records what happened and whether a person "
                "can make a decision. Decides about sharing. Asks other agencies whether they know a person "
                "and what they hold, and answers when they ask. Asks agencies to come together around a "
                "person, and leads the case if they have agreed to. In an emergency, can open one further "
                "record for a day, by giving a reason; this is reviewed afterwards."
            ),
            frozenset(_WORKER),
        ),
        Role(
            "contact_worker",
            _("Contact worker"),
            _(
                "Phones and visits people on today's list who are not open to any service. Works from the "
                "list of their own team, and can see the people their own organisation is involved with or "
                "has been given."
            ),
            frozenset(_WORKER - _NOT_A_CONTACT_WORKERS),
        ),
        Role(
            "manager",
            _("Team manager"),
            _(
                "Is responsible for a team, and can do everything a practitioner can. Moves work when "
                "somebody is away. Sees how often flags are agreed with (agreeing with all of them is no "
                "judgement at all) and how each agency responds when it is asked for information. Takes a "
                "second look at help that somebody was not offered, and sees figures on who is offered what. "
                "Can merge two records that are about the same person, and separate them again. Takes a "
                "second look when somebody means to share against what a person asked for, and advises "
                "people who are unsure about sharing. Sees a protected address when changing a record; that "
                "they saw it is recorded."
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
                "Responds when somebody asks agencies to come together around a person: opens the case, or "
                "declines it with a reason, advice and what to do instead. Looks again at requests that "
                "somebody else has declined more than once. Sends invitations and what was agreed, and "
                "follows up what is late. Starts and closes case audits, in which agencies look into cases "
                "by number, without names. Sees the cases that their organisation takes part in. Does not "
                "see anybody's record, and does not write anything about anybody."
            ),
            frozenset(_MEMBER | {May.CASE_READ, May.CASE_COORDINATE, May.CASE_AUDIT_READ}),
        ),
        Role(
            "data_analyst",
            _("Data analyst"),
            _(
                "Makes the runs, checks their figures and quality, settles doubtful links, and answers "
                "questions about data. Does not see anybody's record: runs are pseudonymous to them, and "
                "details of the two people in a doubtful pair are shown only to settle that question."
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
                "Decides whether a run may be acted on. Sees its counts, its quality and its basis in law, "
                "and releases tiers to named agencies for a purpose. Does not see who the people are."
            ),
            frozenset(_MEMBER | {May.RELEASE_READ, May.RELEASE_APPROVE}),
        ),
        Role(
            "governance_lead",
            _("Information governance lead"),
            _(
                "Oversees how information is used. Reads the audit trail, reviews every emergency access and "
                "keeps the sharing agreements. Sees what was released and on what basis in law, how each "
                "agency responds when it is asked for information, what runs automatically, what came of "
                "case audits, and, in figures only, who is offered help and who is not. Answers people who "
                "ask for what is held about them: to do this, sees what is held about that one person for as "
                "long as the request is open. Does not otherwise work with people's records."
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
            _(
                "Keeps their organisation's own entries in the directory of services up to date. Does not "
                "see anybody's record."
            ),
            frozenset(_MEMBER | {May.DIRECTORY_EDIT}),
        ),
        Role(
            "organisation_lead",
            _("Organisation lead"),
            _(
                "Looks after their organisation's place in the partnership: its profile, its entries in the "
                "directory, its teams, and who its members are and in which roles. Helps members who cannot "
                "sign in, and can add other organisations to the partnership. Does not see anybody's record."
            ),
            frozenset(_MEMBER | {May.ORGANISATION_MANAGE, May.TEAM_MANAGE, May.DIRECTORY_EDIT}),
        ),
    )
}
"""Code to role."""


@cache
def permissions_of(roles: frozenset[str]) -> frozenset[May]:
    """Return everything that roles with these codes permit; a code that is not a role permits nothing."""
    return frozenset(may for code in roles if code in ROLES for may in ROLES[code].permissions)
