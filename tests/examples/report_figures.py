"""Figures of a made-up run, as a partnership of some size would have them."""

from datetime import date

from alongside.insight.report.figures import (
    ELEMENTS,
    Changes,
    Count,
    Element,
    Figures,
    Grade,
    LeftOut,
    LinkageFigures,
    PolicyFigures,
    SourceFigures,
    Tier,
)


def source(title: str, organisation: str, grades: str = "ggggfg", **more: object) -> SourceFigures:
    words: dict[str, Grade] = {"g": "good", "f": "fair", "p": "poor", "n": "not_known"}
    told = (
        "2 of 900 NHS numbers fail",
        "0.4% of cells",
        "3 doubles",
        "4 days old",
        "2 columns unused",
        "96% filled",
    )
    elements = {
        name: Element(words[letter], figure, f"It was found: {figure}.")
        for name, letter, figure in zip(ELEMENTS, grades, told, strict=True)
    }
    plain = {
        "status": "read",
        "rows": 41_208,
        "rejected": 61,
        "newest": date(2026, 10, 30),
        "late": False,
        "remark": "",
        "elements": elements,
        "unused_columns": [],
    }
    return SourceFigures(title=title, organisation=organisation, **(plain | more))  # type: ignore[arg-type]


def a_policy(**more: object) -> PolicyFigures:
    plain = {
        "code": "early_help/3",
        "title": "Families and adults who may welcome a conversation",
        "purpose": "Early help",
        "power": "Children Act 1989, section 17",
        "in_scope": 151_200,
        "tiers": [
            Tier("Today: a worker raised it", 7, None),
            Tier("This week", 212, 40),
            Tier("Soon", 580, 60),
        ],
        "routes": [
            Count("Open to social care: strengthen the priority of the visit", 301),
            Count("Open to another critical service: share with who holds the case", 188),
            Count("Open to none: the contact team", 310),
        ],
        "reasons": [
            Count("Eight or more weeks behind with rent", 402),
            Count("Behind with council tax", 377),
            Count("A child entitled to free school meals", 298),
            Count("More people than the bedroom standard allows for the home they live in", 121),
            Count("Help was refused or missed twice in twelve months", 96),
            Count("Stopped attending school after having attended", 3),
        ],
        "unknowns": [
            Count("School attendance", 118_610),
            Count("Frailty", 98_544),
            Count("A plan in place", 140_799),
        ],
        "excluded": [
            LeftOut("Has died", 14),
            LeftOut("Objected", 61),
            LeftOut("Lives at a protected address", 3),
        ],
        "sampled": 20,
    }
    return PolicyFigures(**(plain | more))  # type: ignore[arg-type]


def a_run(**more: object) -> Figures:
    plain = {
        "area": "Riverside Partnership",
        "as_at": date(2026, 11, 1),
        "people_on_a_list": 811,
        "sources": [
            source("Rent accounts", "Riverside Homes"),
            source(
                "Ambulance attendances",
                "Riverside Ambulance",
                "gfgpgf",
                late=True,
                newest=date(2026, 8, 2),
                remark="its newest row is 91 days old, and it is due weekly.",
                contact="Data desk, 01632 960 000",
                questions=[
                    ("Is a blank in age nought?", "It is not known."),
                    ("What is complaint group 9?", None),
                ],
            ),
            source(
                "Police reports",
                "Riverside Police",
                "nnnnnn",
                status="refused",
                newest=None,
                remark="refused: 31% of its rows had a fault, and the limit is 10%.",
                elements={},
            ),
            source(
                "Free school meals <live>",
                "Riverside Council",
                "ggfggp",
                unused_columns=["ethnicity", "religion"],
            ),
        ],
        "linkage": LinkageFigures(
            records=1_002_345,
            people=200_113,
            nameless=4_211,
            doubtful=912,
            largest=61,
            sizes=[
                Count("1 record", 41_000),
                Count("2 or 3", 82_113),
                Count("4 to 9", 75_000),
                Count("10 to 19", 1_990),
                Count("20 or more", 10),
            ],
        ),
        "policies": [
            a_policy(),
            a_policy(
                code="cold_homes/1",
                title="People who may be living in a cold home",
                tiers=[Tier("This week", 3, 25), Tier("Soon", 14, 30)],
                routes=[Count("Open to none: the contact team", 17)],
            ),
        ],
        "changes": Changes(
            date(2026, 10, 1),
            new_people=1_204,
            merged=31,
            split=3,
            joined_list=97,
            left_list=84,
            stayed_on_list=702,
        ),
        "made_with": {"Alongside": "0.1.0", "DuckDB": "1.4.4", "Splink": "5.0.0", "Seed": "1"},
    }
    return Figures(**(plain | more))  # type: ignore[arg-type]
