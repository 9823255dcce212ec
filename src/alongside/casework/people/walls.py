"""Row-level security in the words of PostgreSQL: who sees a row of a table about people (ADR 0015).

What the actor's command or query told the database is read by the ``told_…`` functions of migration 0002.
Each stands in a subquery of its own, so that it is asked once for a statement and not once for a row.
"""

SYSTEM = "(select told_system())"
ORGANISATION = "(select told_organisation())"
IN_EMERGENCY = "any ((select told_emergency())::uuid[])"


def reaches(table: str, person: str) -> str:
    """Return the one rule of who sees a person, for the column of a table that says which person.

    The actor's organisation has a reach to them that has not ended. ``offset 0`` has it looked up for each
    row: without it the planner, where it expects many rows, first lists everybody's reach, which costs a
    quarter of a second for fifty thousand people. Not a function, of which each call costs ten times as much.
    """
    return (
        f"exists (select from people_reach r where r.person_id = {table}.{person} "
        f"and r.organisation_id = {ORGANISATION} and r.until is null offset 0)"
    )


def of_person(table: str, person: str = "person_id") -> str:
    """Return who sees a row that every organisation with reach to its person sees."""
    return f"{SYSTEM} or {reaches(table, person)} or {person} = {IN_EMERGENCY}"


def of_organisation_and_person(table: str) -> str:
    """Return who sees a row that is one organisation's and about a person: both must be the actor's."""
    return (
        f"{SYSTEM} or (organisation_id = {ORGANISATION} and {reaches(table, 'person_id')}) "
        f"or person_id = {IN_EMERGENCY}"
    )


def seen_with(table: str, column: str, parent: str) -> str:
    """Return that a row is seen with the one it hangs on, which is itself behind a wall.

    Looked up for each row, as ``reaches`` does, and not by a function.
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
    """Return the statement that says anew who sees the rows of a table that is behind a wall."""
    return f"alter policy within_reach on {table} using ({seen});\n"
