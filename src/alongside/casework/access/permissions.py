"""What can be permitted. The strings stand in the database and in audit events: they are never renamed."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing an actor may do, said as noun and verb."""

    PERSON_READ = "person.read"
    PERSON_EDIT = "person.edit"
    PERSON_MERGE = "person.merge"
    CHRONOLOGY_ADD = "chronology.add"
    KNOWN_TO_ASK = "known_to.ask"
    KNOWN_TO_ANSWER = "known_to.answer"
    RELEASE_READ = "release.read"
    RELEASE_APPROVE = "release.approve"
    LINK_REVIEW = "link.review"
    DATA_QUESTION = "data.question"
    WORKLIST_READ = "worklist.read"
    WORKLIST_WORK = "worklist.work"
    WORKLIST_MANAGE = "worklist.manage"
    CONVERSATION_HOLD = "conversation.hold"
    REFERRAL_MAKE = "referral.make"
    REFERRAL_ANSWER = "referral.answer"
    DIRECTORY_READ = "directory.read"
    DIRECTORY_EDIT = "directory.edit"
    DIRECTORY_IMPORT = "directory.import"
    TEAM_MANAGE = "team.manage"
    ORGANISATION_MANAGE = "organisation.manage"
    AGREEMENT_RATE_READ = "agreement_rate.read"
    BREAK_GLASS = "break_glass.use"
    BREAK_GLASS_REVIEW = "break_glass.review"
    AUDIT_READ = "audit.read"
    SCHEDULE_READ = "schedule.read"
