"""Row-level security in PostgreSQL's terms: who sees a row of a table about people (ADR 0015).

What the actor's command or query told the database is read by the ``told_…`` functions of migration 0002.
Each is in a subquery of its own, so that it runs once per statement and not once per row.
"""

SYSTEM = "(select told_system())"
ORGANISATION = "(select told_organisation())"
IN_EMERGENCY = "any ((select told_emergency())::uuid[])"


def reaches(table: str, person: str) -> str:
    """Return the one rule for who sees a person, given the column of a table that says which person.

    The actor's organisation has a reach to them that has not ended. ``offset 0`` makes the lookup happen row
    by row: without it, a planner that expects many rows first lists everybody's reach, which costs a quarter
    of a second for fifty thousand people. It is not a function, because each call would cost ten times more.
    """
    return (
        f"exists (select from people_reach r where r.person_id = {table}.{person} "
        f"and r.organisation_id = {ORGANISATION} and r.until is null offset 0)"
    )


def of_person(table: str, person: str = "person_id") -> str:
    """Return the rule for a row that every organisation with reach to its person sees."""
    return f"{SYSTEM} or {reaches(table, person)} or {person} = {IN_EMERGENCY}"


def of_organisation_and_person(table: str) -> str:
    """Return the rule for one organisation's row about a person: both must be the actor's."""
    return (
        f"{SYSTEM} or (organisation_id = {ORGANISATION} and {reaches(table, 'person_id')}) "
        f"or person_id = {IN_EMERGENCY}"
    )


def seen_with(table: str, column: str, parent: str) -> str:
    """Return the rule that a row is seen with its parent, which is itself behind a wall.

    Looked up row by row, as in ``reaches``, and not by a function.
    """
    return f"exists (select from {parent} p where p.id = {table}.{column} offset 0)"


def wall(table: str, seen: str) -> str:
    """Return the statements that put a table behind a wall; ``seen`` says who sees a row."""
    return f"""
    alter table {table} enable row level security;
    alter table {table} force row level security;
    create policy within_reach on {table} using ({seen}) with check (true);
    """


def another_wall(table: str, seen: str) -> str:
    """Return the statement that changes who sees the rows of a table already behind a wall."""
    return f"alter policy within_reach on {table} using ({seen});\n"


def looked_up(*hangs_on: tuple[str, str, str, str]) -> tuple[str, str]:
    """Return the statements that let rows look up what they hang on, and those that go back to calling.

    Args:
        hangs_on: table, column, the parent that is behind its own wall, and the function that was called.
    """
    parents = {told: parent for _table, _column, parent, told in hangs_on}
    look = [
        another_wall(table, f"{SYSTEM} or {seen_with(table, column, parent)}")
        for table, column, parent, _told in hangs_on
    ]
    call = [another_wall(table, f"{SYSTEM} or {told}({column})") for table, column, _parent, told in hangs_on]
    made = [
        f"create function {told}(asked uuid) returns boolean language plpgsql stable as $$\n"
        f"begin return exists (select from public.{parent} p where p.id = asked); end $$;\n"
        for told, parent in parents.items()
    ]
    return "".join([*look, *(f"drop function {told}(uuid);\n" for told in parents)]), "".join([*made, *call])
