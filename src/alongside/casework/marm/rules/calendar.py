"""A meeting as a calendar file (RFC 5545). It says nothing about the person: many people see a calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alongside.casework.marm.rules.clocks import HERE

_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""
LONGEST = 75
"""Octets of one line, before the line break (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Entry:
    """An entry in a calendar.

    Attributes:
        uid: by which a calendar recognises it.
        sequence: how often it was changed; the higher one counts.
        title: what it is called, with nothing about the person.
        description: a sentence, and where to read more.
        begins_at: when.
        minutes: how long.
        changed_at: when this version was made.
        cancelled: whether it does not take place.
        urgent: whether it comes before others.
    """

    uid: str
    sequence: int
    title: str
    description: str
    begins_at: datetime
    minutes: int
    changed_at: datetime
    cancelled: bool
    urgent: bool


def calendar_file(entry: Entry) -> str:
    """Return the file, with its lines folded and ended as the standard requires."""
    ends = entry.begins_at + timedelta(minutes=entry.minutes)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Alongside//Meetings//EN",
        f"METHOD:{'CANCEL' if entry.cancelled else 'PUBLISH'}",
        *_ZONE.splitlines(),
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{entry.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Europe/London:{entry.begins_at.astimezone(HERE):%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Europe/London:{ends.astimezone(HERE):%Y%m%dT%H%M%S}",
        f"SUMMARY:{_escaped(entry.title)}",
        f"DESCRIPTION:{_escaped(entry.description)}",
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        f"PRIORITY:{1 if entry.urgent else 5}",
        "CLASS:CONFIDENTIAL",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, each but the first with a space before it."""
    part = ""
    for sign in line:
        if len(f"{part}{sign}".encode()) > LONGEST:
            yield part
            part = " "
        part += sign
    yield part


def _escaped(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\r\n", "\n").replace("\n", "\\n")
