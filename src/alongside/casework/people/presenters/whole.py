"""What a person's records say, in words: all of it and, where they differ, which says what."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.people.models import Known, Person, Whole


def in_words(whole: Whole, column: str) -> list[str]:
    """Return all that is known of one thing; each with its record, if there are several values.

    Args:
        whole: the person, by all their records.
        column: as ``Whole.known`` takes it.
    """
    found = whole.known(column)
    return [_words(each.value) if len(found) == 1 else _with_its_record(each) for each in found]


def addresses_in_words(whole: Whole) -> list[str]:
    """Return where a person lives, by all their records; of a protected address, only that it is."""
    if whole.protected:
        return [
            _(
                "The address is protected. Only managers are shown it, under “Change what is known”; anybody "
                "else who needs to know it asks their manager."
            )
        ]
    return in_words(whole, "whole_address")


def warnings_before_contact(whole: Whole) -> list[str]:
    """Return what to know before contacting a person, as each of their records says it."""
    told = in_words(whole, "safe_contact")
    return [_("Before you contact them: %(words)s") % {"words": each} for each in told]


def title_of_record(record: Person) -> str:
    """Return what tells one of a person's records from another."""
    told = {"name": record.known_as, "day": day_in_words(record.admitted_at)}
    return _("the record of %(name)s created on %(day)s") % told


def _with_its_record(known: Known) -> str:
    return _("%(words)s (from %(record)s)") % {
        "words": _words(known.value),
        "record": title_of_record(known.record),
    }


def _words(value: Any) -> str:
    return day_in_words(value) if isinstance(value, date) else str(value)
