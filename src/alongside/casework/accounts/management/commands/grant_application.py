"""``alongside manage grant-application``."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction
from psycopg import sql

from alongside.casework.kernel.database import APPLICATION

EVENTS = "audit_auditevent"
ONLY_READ = ("audit_audithead", "django_migrations")
"""The head of the chain is moved by a trigger with its owner's rights, and by nobody else."""
ONLY_THE_OWNERS = ("people_nameword", "people_personname")
"""Filled and queried only by the owner's functions, which look behind the wall on behalf of callers."""
GRANTS = (
    "revoke all on all tables in schema public from {role}",
    "revoke create on schema public from {role}, public",
    "revoke temporary on database {database} from {role}, public",
    "grant usage on schema public to {role}",
    "grant select, insert, update, delete on all tables in schema public to {role}",
    "grant usage, select on all sequences in schema public to {role}",
    "revoke update, delete on {events} from {role}",
    "revoke insert, update, delete on {only_read} from {role}",
    "revoke all on {only_the_owners} from {role}",
)


class Command(BaseCommand):
    """What the application's role may do: change rows, but not tables, triggers or old audit events."""

    help = (
        "Let the database role that serves pages read and write rows; it can add audit events but not change "
        "them, and cannot change tables. Run as the owner, after each migrate."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--role", help="the application's role; by default the one in DATABASE_URL")

    def handle(self, *_: Any, **given: Any) -> None:
        """Grant."""
        in_address = unquote(urlsplit(os.environ.get("DATABASE_URL", "")).username or "")
        role = given["role"] or in_address or APPLICATION
        names = {
            "role": sql.Identifier(role),
            "database": sql.Identifier(connection.settings_dict["NAME"]),
            "events": sql.Identifier(EVENTS),
            "only_read": sql.SQL(", ").join(map(sql.Identifier, ONLY_READ)),
            "only_the_owners": sql.SQL(", ").join(map(sql.Identifier, ONLY_THE_OWNERS)),
        }
        with transaction.atomic(), connection.cursor() as cursor:
            for grant in GRANTS:
                cursor.execute(sql.SQL(grant).format(**names).as_string(cursor.connection))
        self.stdout.write(f"{role} may read and write rows, but only add audit events.")
