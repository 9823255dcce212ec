"""Every table with something about a person, as the person is told of it: what it is, and each column's name.

A test holds these against the tables there are, and each table's columns against what stands here: a column
is told, or it is named among those that are not. A table that nobody has put into words yet is told all the
same (``queries.held``), by the names that programmers gave it.
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
"""By label of the model, in the order of the bundle."""

__all__ = ["TABLES", "Table"]
