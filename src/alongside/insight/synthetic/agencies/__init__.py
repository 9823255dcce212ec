"""What fourteen agencies write down about the same lives, each with its own system.

Each has its own columns, dates and mistakes too.
"""

from alongside.insight.synthetic.agencies.care import adult_social_care, childrens_social_care
from alongside.insight.synthetic.agencies.community import (
    council_contact,
    school_attendance,
    voluntary_sector,
)
from alongside.insight.synthetic.agencies.emergency import ambulance, fire_visits, police
from alongside.insight.synthetic.agencies.extract import Extract, World
from alongside.insight.synthetic.agencies.health import accident_emergency, gp_register
from alongside.insight.synthetic.agencies.home import benefits, council_tax, homelessness, housing_rent

AGENCIES = (
    adult_social_care,
    childrens_social_care,
    housing_rent,
    homelessness,
    council_tax,
    benefits,
    school_attendance,
    gp_register,
    accident_emergency,
    ambulance,
    police,
    fire_visits,
    council_contact,
    voluntary_sector,
)
"""Each takes the ``World`` and gives its ``Extract``."""

__all__ = ["AGENCIES", "Extract", "World"]
