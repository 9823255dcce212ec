"""Whom was asked whether a record is about somebody else, and whom to telephone instead."""

from django.utils.translation import gettext as _

from alongside.casework.outreach.presenters.titles import organisation_name
from alongside.casework.outreach.queries.whose_record import WhoseRecord


def asked_of(record: WhoseRecord) -> str:
    """Say who was asked about a source in the reader's name, or whom to telephone where nobody was."""
    if record.owner is not None:
        return _(
            "In your name, %(organisation)s was asked whether its record is about somebody else: %(source)s. "
            "The answer comes under Data questions."
        ) % {"organisation": record.owner.name, "source": record.title}
    whom = ", ".join(filter(None, [record.post, record.telephone])) or organisation_name(record.organisation)
    return _(
        "Nobody at %(organisation)s can answer questions here, so nobody was asked about this record: "
        "%(source)s. Phone them: %(whom)s."
    ) % {"organisation": organisation_name(record.organisation), "source": record.title, "whom": whom}
