"""What an area pack may say: one model per file, in the words of the UK Vulnerabilities Data Standard.

Shapes only. ``loading`` reads files and says where something in them is wrong; ``expressions`` says what an
expression may contain.
"""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""A name used in files, tables and expressions: lower-case letters, digits and underscores."""
Expression = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""A single SQL expression: checked by ``alongside.area.expressions`` before anything runs it."""
Title = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Words for people."""
Duration = Annotated[str, StringConstraints(pattern=r"^\d+ (day|days|week|weeks|month|months|year|years)$")]
PolicyName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*/\d+$")]


def _written_as_date(value: object) -> object:
    if isinstance(value, int | float):
        raise ValueError("a number is not a date: write it as year-month-day, such as 2026-11-01")
    return value


Day = Annotated[date, BeforeValidator(_written_as_date)]
"""A date written out; pydantic on its own would read the number 0 as 1 January 1970."""


class Strict(BaseModel):
    """Every part of the pack: an unknown key is an error, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


# --- area.yaml ---------------------------------------------------------------------------------------


class Organisation(Strict):
    """A member of the partnership. Voluntary and peer-support groups are members like the council."""

    code: Code = Field(description="What the rest of the pack calls it")
    name: Title = Field(description="What people call it")
    type: Literal[
        "council",
        "nhs",
        "police",
        "fire",
        "housing",
        "probation",
        "school",
        "charity",
        "peer_support",
        "other",
    ] = Field(description="What kind of body it is")


class Purpose(Strict):
    """Why data may be used at all. Without a power and a data protection impact assessment there is no run.

    Law: UK GDPR Articles 6, 9 and 35; the standard's "needs a power or duty; if none, stop".
    """

    code: Code = Field(description="What sources and policies call it")
    title: Title = Field(description="What it is for, in words for the public")
    power: str = Field(min_length=3, description="The Act and section that lets the partnership do this")
    article_6: str = Field(min_length=1, description="UK GDPR Article 6 basis, such as 6(1)(e)")
    article_9: str | None = Field(
        default=None, description="UK GDPR Article 9 condition, if health or other special data are used"
    )
    dpia: str = Field(min_length=1, description="Reference of the data protection impact assessment")
    agreement: str = Field(min_length=1, description="Reference of the information sharing agreement")
    owner: str = Field(min_length=1, description="The post that is accountable for it")
    review_date: Day = Field(description="The date by which all of this must be reviewed")
    organisations: list[Code] = Field(
        default=[],
        description="Codes of the organisations whose members may work for it; if left out, all of them may",
    )


class Service(Strict):
    """A service a person can be open to; the case index of a source says who is."""

    code: Code = Field(description="What case indexes and routes call it")
    title: Title = Field(description="What people call it")
    organisation: Code = Field(description="Who provides it: the code of an organisation")
    group: Code | None = Field(
        default=None, description="A name by which routes refer to several services, such as social_care"
    )
    critical: bool = Field(
        default=False, description="True if the people it works with may come to harm without it"
    )
    running: bool = Field(default=True, description="False while the service cannot take people on")


class Response(Strict):
    """Something that can be offered to a person, in words."""

    code: Code = Field(description="What policies call it")
    title: Title = Field(description="What is offered, in words for the person")
    offered_by: Code | None = Field(
        default=None, description="Who offers it: the code of an organisation or service"
    )


class Area(Strict):
    """``area.yaml``: the partnership."""

    area: Code = Field(description="Code of the partnership")
    title: Title = Field(description="Name of the partnership")
    organisations: list[Organisation] = Field(min_length=1, description="The members")
    purposes: list[Purpose] = Field(min_length=1, description="Why data may be used at all")
    services: list[Service] = Field(default=[], description="What a person can be open to")
    responses: list[Response] = Field(default=[], description="What can be offered")


# --- sources/*.yaml ----------------------------------------------------------------------------------


class Constraints(Strict):
    """Frictionless Table Schema constraints of one field."""

    required: bool = Field(default=False, description="An empty cell is a fault")
    unique: bool = Field(default=False, description="A repeated value is a fault")
    minimum: float | date | None = Field(
        default=None, description="The smallest number or earliest date that can be right"
    )
    maximum: float | date | None = Field(
        default=None, description="The largest number or latest date that can be right"
    )
    min_length: int | None = Field(default=None, ge=0, alias="minLength", description="The fewest characters")
    max_length: int | None = Field(default=None, ge=0, alias="maxLength", description="The most characters")
    pattern: str | None = Field(default=None, description="A regular expression that must match all the text")
    enum: list[Any] | None = Field(
        default=None, min_length=1, description="The only values that can be right"
    )


class TableField(Strict):
    """One column of an extract, as a Frictionless Table Schema field."""

    name: str = Field(min_length=1, description="The column's heading, as it is in the file")
    type: Literal[
        "string", "integer", "number", "boolean", "date", "datetime", "time", "year", "yearmonth", "any"
    ] = Field(default="string", description="What a cell holds")
    format: str | None = Field(
        default=None, description='How a date is written, such as "%d/%m/%Y"; without it, 2026-11-01'
    )
    title: str | None = Field(default=None, description="The column in words")
    description: str | None = Field(default=None, description="What the column means")
    constraints: Constraints = Field(default=Constraints(), description="What makes a value right")
    true_values: list[str] = Field(
        default=["true", "True", "TRUE", "1", "yes", "Yes", "Y"],
        alias="trueValues",
        description="Cells that mean yes in a boolean column",
    )
    false_values: list[str] = Field(
        default=["false", "False", "FALSE", "0", "no", "No", "N"],
        alias="falseValues",
        description="Cells that mean no in a boolean column",
    )
    decimal_char: str = Field(
        default=".",
        min_length=1,
        alias="decimalChar",
        description="The decimal point of a number",
    )
    group_char: str = Field(default="", alias="groupChar", description="The thousands separator of a number")
    bare_number: bool = Field(
        default=True,
        alias="bareNumber",
        description="False if a number may contain other characters, such as £ or %",
    )


class TableSchema(Strict):
    """The Frictionless Table Schema of an extract."""

    fields: list[TableField] = Field(min_length=1, description="The columns that are used")
    missing_values: list[str] = Field(
        default=[""], alias="missingValues", description="Cells that mean not known"
    )
    primary_key: str | list[str] | None = Field(
        default=None, alias="primaryKey", description="The columns that identify a row"
    )


class AgeAt(Strict):
    """An age, and the column holding the date on which it was right."""

    column: str = Field(description="Column that holds the age in years")
    at: str = Field(description="Column that holds the date on which it was right")


class Identity(Strict):
    """Which column says who the person is. A source maps what it has; only ``record`` is required.

    A mapped column need not be in the schema: it is then read as text.
    """

    record: str = Field(description="Column that identifies the row; no value may occur twice")
    forename: str | None = Field(default=None, description="Column with the first given name")
    middle_names: str | None = Field(default=None, description="Column with further given names")
    surname: str | None = Field(default=None, description="Column with the family name")
    full_name: str | None = Field(
        default=None, description="Column with the whole name, if it is not in parts"
    )
    former_names: str | None = Field(default=None, description="Column with the person's former names")
    date_of_birth: str | None = Field(default=None, description="Column with the date of birth")
    age: str | AgeAt | None = Field(
        default=None, description="Column with an age; or `column` and `at`, the column with its date"
    )
    sex: str | None = Field(default=None, description="Column with the sex as recorded")
    identifiers: dict[Code, str] = Field(
        default={}, description="System (nhs_number, ni_number, upn, a local one) to column"
    )
    uprn: str | None = Field(default=None, description="Column with the Unique Property Reference Number")
    address_lines: str | list[str] = Field(
        default=[], description="Column or columns of the address, in order"
    )
    postcode: str | None = Field(default=None, description="Column with the postcode")
    address_until: str | None = Field(default=None, description="Column with the date they left this address")
    phone: str | None = Field(default=None, description="Column with a telephone number")
    email: str | None = Field(default=None, description="Column with an e-mail address")
    other: list[str] | dict[Code, str] = Field(
        default=[], description="Further columns to compare, such as place_of_birth"
    )

    @property
    def others(self) -> dict[str, str]:
        """``other`` as code to column; a column that is only listed gets a code made from its heading."""
        if isinstance(self.other, dict):
            return self.other
        columns = dict.fromkeys(self.other)
        taken = {each for each in columns if each == _code_of(each)}
        found: dict[str, str] = {}
        for column in columns:
            code = base = _code_of(column)
            if code != column:
                number = 1
                while code in taken:
                    number += 1
                    code = f"{base}_{number}"
                taken.add(code)
            found[code] = column
        return found


def _code_of(heading: str) -> str:
    """A heading in plain lower-case letters, digits and underscores: fit for a name in SQL."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().casefold()
    return re.sub("[^a-z0-9]+", "_", plain).strip("_") or "column"


class Retired(Strict):
    """A factor that no longer means what it did: kept and shown as retired, but not used (FIND-24)."""

    on: Day = Field(description="The date it stopped meaning what it did")
    reason: str = Field(min_length=3, description="Why, for the reader of an old list")


class Factor(Strict):
    """A single fact about a person or household: yes or no, or one value (the standard's risk factor)."""

    code: Code = Field(description="What policies call it; unique in the whole pack")
    title: Title = Field(description="What a reader of the list is told")
    value: Expression = Field(description="The fact as one expression")
    domain: Code = Field(default="general", description="The part of life it is about, such as housing")
    kind: Literal["risk", "protective", "context"] = Field(
        default="risk", description="Whether it is a worry, protects, or only describes how things are"
    )
    per: Literal["person", "household"] = Field(
        default="person", description="Whose fact it is; a household's applies to everybody in it"
    )
    fades_after: Duration | None = Field(
        default=None, description="After this long without a newer row, it is not known"
    )
    caution: str | None = Field(default=None, description="What readers must not conclude from it")
    retired: Retired | None = Field(
        default=None, description="Set when it no longer means what it did; it is then not worked out"
    )


class CaseIndex(Strict):
    """Which rows say that the person is open to a service now."""

    service: Code = Field(description="Code of a service in area.yaml")
    open_when: Expression = Field(description="True while open; for one row, over this source's columns")
    worker: str | None = Field(default=None, description="Column naming the post or team that holds the case")
    rows: Literal["newest", "any"] = Field(default="newest", description="Any, where each row is an event")


class Contact(Strict):
    """Who to phone about this extract: a post, not a named person."""

    post: str = Field(description="The post that answers")
    phone: str = Field(description="Its telephone number, in quotes")


class DataQuestion(Strict):
    """A question about what the data say, and its answer: kept with the extract so nobody asks it twice."""

    asked: Day = Field(description="The date it was asked")
    by: str = Field(min_length=1, description="The post or team that asked")
    question: Title = Field(description="What was asked; about columns and codes, never about a person")
    answer: Title | None = Field(default=None, description="What the sender said")
    answered: Day | None = Field(default=None, description="The date it was answered")


class Source(Strict):
    """``sources/*.yaml``: one agency's extract."""

    source: Code = Field(description="Code of the extract")
    title: Title = Field(description="What the extract is")
    organisation: Code = Field(description="Who provides it: the code of an organisation in area.yaml")
    purposes: list[Code] = Field(
        min_length=1,
        description="Codes of the purposes it may be used for; no policy of another purpose may use it",
    )
    files: Title = Field(
        description="File name pattern in the extracts folder; all that match are read as one"
    )
    refresh: Literal["live", "daily", "weekly", "monthly", "termly", "quarterly", "yearly", "once"] = Field(
        default="once", description="How often a new one comes; if it is older than that, it is late"
    )
    schema_: TableSchema = Field(alias="schema", description="The columns, as a Frictionless Table Schema")
    identity: Identity = Field(description="Which column says who the person is")
    as_at: str | None = Field(
        default=None, description="Column that dates the row; without it, the date of the run"
    )
    one_record_per_person: bool = Field(
        default=False, description="True if the agency itself keeps each person once: linkage relies on it"
    )
    reject_limit: float = Field(
        default=0.1,
        ge=0,
        le=1,
        description=(
            "Share of rows with a fault above which the source is refused; so it is if at least five, and "
            "more than half (or this share, if more), of the filled cells of a column in use cannot be read"
        ),
    )
    encoding: str | None = Field(default=None, description="Only if detection gets it wrong")
    delimiter: str | None = Field(
        default=None,
        pattern=r"^[\t\x20!#-~]$",
        description='Only if detection gets it wrong: one character, such as "," or "\\t"',
    )
    sheet: str | None = Field(default=None, description="Sheet of a workbook; otherwise the first")
    contact: Contact | None = Field(default=None, description="Who to phone about it")
    questions: list[DataQuestion] = Field(
        default=[], description="Questions put to the sender about the data, and the answers (FIND-22)"
    )
    factors: list[Factor] = Field(default=[], description="The facts it yields")
    case_index: list[CaseIndex] = Field(
        default=[], description="Which of its rows say that a person is open to a service"
    )


# --- factors.yaml ------------------------------------------------------------------------------------


class DerivedFactors(Strict):
    """``factors.yaml``: facts worked out from other facts, across agencies."""

    factors: list[Factor] = Field(default=[], description="Facts worked out from other facts")


# --- policies/*.yaml ---------------------------------------------------------------------------------


class Tier(Strict):
    """A reason to look, never a decision."""

    code: Code = Field(description="What the list calls it")
    when: Expression = Field(
        description="A condition over factor codes; the first tier that holds is the person's"
    )
    title: str | None = Field(default=None, description="The tier in words")


class Route(Strict):
    """Who takes the person on: the first line that fits."""

    open_to: Code | None = Field(
        default=None,
        description="Code of a service or group the person is open to, any_critical_service, or any_service",
    )
    then: Code | None = Field(default=None, description="Who takes the person on when `open_to` fits")
    otherwise: Code | None = Field(default=None, description="Who takes everybody else on; the last line")


class Policy(Strict):
    """``policies/*.yaml``: a stratification policy; the number after the slash is its version."""

    policy: PolicyName = Field(description="Code, a slash and the version, such as early_help/3")
    purpose: Code = Field(description="Code of the purpose it serves")
    title: Title = Field(description="Who the list is for, in words the person may read")
    tiers: list[Tier] = Field(min_length=1, description="The reasons to look, most urgent first")
    applies_when: Expression | None = Field(
        default=None, description="Who the policy applies to at all, such as age >= 18"
    )
    excludes: list[Code] = Field(
        default=["deceased", "objected", "protected_address"],
        description="Factors that keep people off the list; they are counted and left out",
    )
    capacity_per_week: dict[Code, Annotated[int, Field(ge=0)] | None] = Field(
        default={}, description="Tier to the number of people who can be reached; null means everybody"
    )
    responses: dict[Code, list[Code]] = Field(
        default={}, description="Factor to the responses that can be offered for it"
    )
    routes: list[Route] = Field(min_length=1, description="Who takes the person on: the first line that fits")
    learning_sample: int = Field(
        default=20, ge=0, description="People drawn at random from below the line, to learn what it misses"
    )
    owner: str | None = Field(default=None, description="The post that is accountable for it")
    review_date: Day | None = Field(default=None, description="The date by which it must be reviewed")
    evidence: str | None = Field(default=None, description="Why these facts, and what they miss")


# --- linkage.yaml ------------------------------------------------------------------------------------


class Bands(Strict):
    """Probabilities that separate linked from doubtful, and doubtful from not linked."""

    linked: float = Field(
        default=0.6, gt=0, lt=1, description="From this probability up, two records are one person"
    )
    doubtful: float = Field(default=0.3, gt=0, lt=1, description="From this probability up, a clerk is asked")


class Linkage(Strict):
    """``linkage.yaml``: most areas never open it."""

    bands: Bands = Field(default=Bands(), description="What counts as linked and as doubtful")
    seed: int = Field(default=1, description="Seed for everything drawn at random")
    largest_block: int = Field(
        default=200, ge=2, description="A block with more records than this is narrowed, not compared whole"
    )
    identifiers_with_check_digit: list[Code] = Field(
        default=["nhs_number"],
        description="Systems whose numbers have a check digit: two different numbers are two people",
    )
