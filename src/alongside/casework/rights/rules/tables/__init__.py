"""Every table with something about a person, in words for that person: what it is, and what its columns are.

A test checks these against the tables that exist, and each table's columns against what is listed here: a
column is either told or named among those left out. A table that nobody has put into words yet is told all
the same (``queries.ways.told_of``), under its programmers' names.
"""

from alongside.casework.rights.rules.tables.deciding import CAPACITY, OFFERS
from alongside.casework.rights.rules.tables.doing import DOING
from alongside.casework.rights.rules.tables.engagement import ENGAGEMENT
from alongside.casework.rights.rules.tables.family import FAMILY
from alongside.casework.rights.rules.tables.holding import HOLDING
from alongside.casework.rights.rules.tables.learning import LEARNING
from alongside.casework.rights.rules.tables.marm import MARM
from alongside.casework.rights.rules.tables.outreach import OUTREACH
from alongside.casework.rights.rules.tables.people import PEOPLE
from alongside.casework.rights.rules.tables.rest import REST
from alongside.casework.rights.rules.tables.sharing import SHARING
from alongside.casework.rights.rules.tables.table import Table
from alongside.casework.rights.rules.tables.waiting import WAITING

TABLES: dict[str, Table] = {
    **PEOPLE, **CAPACITY, **OFFERS, **SHARING, **MARM, **ENGAGEMENT, **FAMILY, **WAITING, **DOING, **HOLDING,
    **LEARNING, **OUTREACH, **REST,
}  # fmt: skip
"""By model label, in the order of the bundle."""

__all__ = ["TABLES", "Table"]
