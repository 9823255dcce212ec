"""What an area pack may say: one pydantic model per file of it, in the words of the UK Vulnerabilities Data Standard.

Shapes only. Reading files, and saying where in which file something is wrong, is ``loading``; what an
expression may hold is ``expressions``.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""A name used in files, tables and expressions: small letters, digits and underscores."""
Expression = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""SQL that is one expression: checked by ``alongside.area.expressions`` before anything runs it."""
Duration = Annotated[str, StringConstraints(pattern=r"^\d+ (day|days|week|weeks|month|months|year|years)$")]
PolicyName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*/\d+$")]


class Strict(BaseModel):
    """Every part of the pack: an unknown key is an error, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


# --- area.yaml ---------------------------------------------------------------------------------------


class Organisation(Strict):
    """A member of the partnership. Voluntary and peer-support groups stand beside the council."""

    code: Code
    name: str
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
    ]


class Purpose(Strict):
    """Why data may be used at all. Without a power and a data protection impact assessment there is no run.

    Law: UK GDPR Articles 6, 9 and 35; the standard's "needs a power or duty; if none, stop".
    """

    code: Code
    title: str
    power: str = Field(min_length=3, description="The Act and section that lets the partnership do this")
    article_6: str = Field(min_length=1, description="UK GDPR Article 6 basis, such as 6(1)(e)")
    article_9: str | None = Field(
        default=None, description="UK GDPR Article 9 condition, where health or other special data are used"
    )
    dpia: str = Field(min_length=1, description="Reference of the data protection impact assessment")
    agreement: str = Field(min_length=1, description="Reference of the information sharing agreement")
    owner: str = Field(min_length=1, description="The post that answers for it")
    review_date: date


class Service(Strict):
    """A service a person can be open to; the case index of a source says who is."""

    code: Code
    title: str
    organisation: Code
    group: Code | None = Field(default=None, description="What routes may call it, such as social_care")
    critical: bool = False
    running: bool = Field(default=True, description="False while the service cannot take people on")


class Response(Strict):
    """Something that can be offered to a person, in words."""

    code: Code
    title: str
    offered_by: Code | None = None


class Area(Strict):
    """``area.yaml``: the partnership."""

    area: Code
    title: str
    organisations: list[Organisation] = Field(min_length=1)
    purposes: list[Purpose] = Field(min_length=1)
    services: list[Service] = []
    responses: list[Response] = []


# --- sources/*.yaml ----------------------------------------------------------------------------------


class Constraints(Strict):
    """Frictionless Table Schema constraints of one field."""

    required: bool = False
    unique: bool = False
    minimum: float | date | None = None
    maximum: float | date | None = None
    min_length: int | None = Field(default=None, alias="minLength")
    max_length: int | None = Field(default=None, alias="maxLength")
    pattern: str | None = None
    enum: list[Any] | None = None


class TableField(Strict):
    """One column of an extract, as a Frictionless Table Schema field."""

    name: str
    type: Literal[
        "string", "integer", "number", "boolean", "date", "datetime", "time", "year", "yearmonth", "any"
    ] = "string"
    format: str | None = None
    title: str | None = None
    description: str | None = None
    constraints: Constraints = Constraints()
    true_values: list[str] = Field(
        default=["true", "True", "TRUE", "1", "yes", "Yes", "Y"], alias="trueValues"
    )
    false_values: list[str] = Field(
        default=["false", "False", "FALSE", "0", "no", "No", "N"], alias="falseValues"
    )
    decimal_char: str = Field(default=".", alias="decimalChar")
    group_char: str = Field(default="", alias="groupChar")
    bare_number: bool = Field(default=True, alias="bareNumber")


class TableSchema(Strict):
    """The Frictionless Table Schema of an extract."""

    fields: list[TableField] = Field(min_length=1)
    missing_values: list[str] = Field(default=[""], alias="missingValues")
    primary_key: str | list[str] | None = Field(default=None, alias="primaryKey")


class AgeAt(Strict):
    """An age, and the column holding the date it was true."""

    column: str
    at: str


class Identity(Strict):
    """Which column says who the person is. A source maps what it has; only ``record`` is required.

    A mapped column need not stand in the schema: it is then read as text.
    """

    record: str
    forename: str | None = None
    middle_names: str | None = None
    surname: str | None = None
    full_name: str | None = None
    former_names: str | None = None
    date_of_birth: str | None = None
    age: str | AgeAt | None = None
    sex: str | None = None
    identifiers: dict[Code, str] = Field(
        default={}, description="System (nhs_number, ni_number, upn, a local one) to column"
    )
    uprn: str | None = None
    address_lines: str | list[str] = []
    postcode: str | None = None
    phone: str | None = None
    email: str | None = None
    other: list[str] | dict[Code, str] = Field(
        default=[], description="Further columns to compare, such as place_of_birth"
    )


class Retired(Strict):
    """A factor that no longer means what it did: kept, said, and not used (FIND-24)."""

    on: date
    reason: str = Field(min_length=3)


class Factor(Strict):
    """A single fact about a person or household: yes or no, or one value (the standard's risk factor)."""

    code: Code
    title: str
    value: Expression
    domain: Code = "general"
    kind: Literal["risk", "protective", "context"] = "risk"
    per: Literal["person", "household"] = "person"
    fades_after: Duration | None = Field(
        default=None, description="After this long without a newer row, not known"
    )
    caution: str | None = Field(default=None, description="What a reader must not conclude from it")
    retired: Retired | None = None


class CaseIndex(Strict):
    """Which rows say that the person is open to a service now."""

    service: Code
    open_when: Expression = Field(description="True while open; scalar, over this source's columns")
    worker: str | None = Field(default=None, description="Column naming the post or team that holds the case")


class Contact(Strict):
    """Whom to telephone about this extract: a post, not a private person."""

    post: str
    phone: str


class Source(Strict):
    """``sources/*.yaml``: one agency's extract."""

    source: Code
    title: str
    organisation: Code
    purposes: list[Code] = Field(min_length=1)
    files: str = Field(description="File name pattern in the extracts folder; all that match are read as one")
    refresh: Literal["live", "daily", "weekly", "monthly", "termly", "quarterly", "yearly", "once"] = "once"
    schema_: TableSchema = Field(alias="schema")
    identity: Identity
    as_at: str | None = Field(
        default=None, description="Column that dates the row; without it, the date of the run"
    )
    one_record_per_person: bool = False
    reject_limit: float = Field(
        default=0.1, ge=0, le=1, description="Share of rows with a fault above which the source is refused"
    )
    encoding: str | None = Field(default=None, description="Only where detection gets it wrong")
    delimiter: str | None = Field(default=None, description="Only where detection gets it wrong")
    sheet: str | None = Field(default=None, description="Of a workbook; otherwise the first")
    contact: Contact | None = None
    factors: list[Factor] = []
    case_index: list[CaseIndex] = []


# --- factors.yaml ------------------------------------------------------------------------------------


class DerivedFactors(Strict):
    """``factors.yaml``: facts worked out from other facts, across agencies."""

    factors: list[Factor] = []


# --- policies/*.yaml ---------------------------------------------------------------------------------


class Tier(Strict):
    """A reason to look, never a decision."""

    code: Code
    when: Expression
    title: str | None = None


class Route(Strict):
    """Who gets the person: the first line that fits."""

    open_to: Code | None = None
    then: Code | None = None
    otherwise: Code | None = None


class Policy(Strict):
    """``policies/*.yaml``: a stratification policy; the number after the slash is its version."""

    policy: PolicyName
    purpose: Code
    title: str
    tiers: list[Tier] = Field(min_length=1)
    applies_when: Expression | None = Field(
        default=None, description="Whom the policy is about at all, such as age >= 18"
    )
    excludes: list[Code] = ["deceased", "objected", "protected_address"]
    capacity_per_week: dict[Code, int | None] = {}
    responses: dict[Code, list[Code]] = {}
    routes: list[Route] = Field(min_length=1)
    learning_sample: int = Field(
        default=20, ge=0, description="People drawn at random from below the line, to learn what it misses"
    )
    owner: str | None = None
    review_date: date | None = None
    evidence: str | None = Field(default=None, description="Why these facts, and what they miss")


# --- linkage.yaml ------------------------------------------------------------------------------------


class Bands(Strict):
    """Probabilities that part linked from doubtful, and doubtful from not linked."""

    linked: float = Field(default=0.95, gt=0, lt=1)
    doubtful: float = Field(default=0.5, gt=0, lt=1)


class Linkage(Strict):
    """``linkage.yaml``: most areas never open it."""

    bands: Bands = Bands()
    seed: int = 1
    largest_block: int = Field(
        default=200, ge=2, description="A block with more records than this is narrowed, not compared whole"
    )
    identifiers_with_check_digit: list[Code] = ["nhs_number"]
