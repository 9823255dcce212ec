"""The bedroom standard: how many bedrooms a household needs. Pure."""

from typing import NamedTuple


class Household(NamedTuple):
    """Who lives together, as far as the bedroom standard needs: ages in years, sex as recorded."""

    adults: int
    """21 or over."""
    young_men: int
    """Male, 10 to 20."""
    young_women: int
    """Female, 10 to 20."""
    boys: int
    """Male, under 10."""
    girls: int
    """Female, under 10."""


def bedrooms_needed(household: Household) -> int:
    """Return the bedrooms that ``household`` needs by the bedroom standard.

    The standard (Housing Overcrowding Bill 2003, used by the English Housing Survey): one bedroom for each
    couple; each other person of 21 or over; each two of the same sex aged 10 to 20; each two under 10; one
    aged 10 to 20 without such a partner shares with one of the same sex under 10 where there is one;
    everybody left has one of their own. It is not the stricter statutory overcrowding of the Housing Act
    1985, Part X.

    Who is a couple is in no extract. Where two or more are 21 or over, two are taken to be a couple,
    whatever their sex; nobody under 21 is. That asks for fewer bedrooms rather than more, so a home is called
    overcrowded only where it is so in any case but one: adult housemates or parent and grown child may need
    one more than this says.
    """
    rooms = household.adults - (1 if household.adults >= 2 else 0)
    children = household.boys + household.girls
    for young, same_sex in ((household.young_men, household.boys), (household.young_women, household.girls)):
        rooms += (young + 1) // 2
        if young % 2 and same_sex:
            children -= 1
    return rooms + (children + 1) // 2
