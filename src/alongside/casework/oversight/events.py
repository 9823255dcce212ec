"""What is recorded about those who oversee others."""

from alongside.casework.audit.registry import event_type, keep_all

TRAIL_READ = event_type(
    "oversight.trail_read", "{actor} read the audit trail, filtered by: {narrowed_by}", shredder=keep_all
)
PERSON_TRAIL_READ = event_type(
    "oversight.person_trail_read", "{actor} read who has looked at the person's record", shredder=keep_all
)
