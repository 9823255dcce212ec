"""The page of the day: what is in an hour first, then what is late, and what has no day last."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from alongside.casework.design.today import Line, Section, by_time

NOW = datetime(2026, 11, 29, 22, 10, tzinfo=ZoneInfo("Europe/London"))
TODAY = NOW.date()


def shown(sections: list[Section]) -> list[tuple[str, list[str]]]:
    return [
        (
            section.title,
            [f"{line.text}: {line.tag.words}" if line.tag else line.text for line in section.lines],
        )
        for section in by_time(sections, NOW)
    ]


def test_lines_of_all_sections_stand_by_when_they_are_due_and_notices_last() -> None:
    more = Line("All of it", "/all/")
    cases = [
        Line("Stan: a notice", "/1/"),
        Line("Amina: an action", "/2/", due=TODAY + timedelta(days=3)),
        Line("Stan: an action", "/3/", due=TODAY - timedelta(days=9)),
        Line("Stan: a meeting", "/4/", begins=NOW + timedelta(days=1)),
        Line("Bee: a meeting", "/5/", begins=NOW + timedelta(minutes=40)),
        Line("Bee: to be answered within hours", "/6/", due=NOW - timedelta(hours=1)),
    ]
    yours = [Line("Kit", "/7/", due=TODAY), Line("Amina", "/8/", due=TODAY - timedelta(days=1))]
    sections = [Section("Cases", 11, cases, "None."), Section("Yours", 12, yours, "None.", more)]
    assert shown(sections) == [
        (
            "Due today or late",
            [
                "Bee: a meeting: Today at 22:50",
                "Stan: an action: 9 days late",
                "Amina: 1 day late",
                "Bee: to be answered within hours: Late",
                "Kit: Today",
            ],
        ),
        ("Cases", ["Stan: a meeting", "Amina: an action", "Stan: a notice"]),
        ("Yours", []),
    ]  # fmt: skip


def test_a_section_whose_lines_stand_at_the_head_does_not_say_that_nothing_waits() -> None:
    late = [Line("Kit", "/7/", due=date(2026, 11, 1))]
    (head,) = by_time([Section("Yours", 10, late, "Nothing is on your list.", people=1)], NOW)
    assert (head.title, head.people) == ("Due today or late", 1)
    head, yours = by_time([Section("Yours", 10, late, "Nothing.", Line("All", "/all/"), people=1)], NOW)
    assert (head.people, yours.people, yours.empty, yours.lines) == (0, 1, "", [])
    assert [each.empty for each in by_time([Section("Links", 35, [], "None waits.")], NOW)] == ["None waits."]
