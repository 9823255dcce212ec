"""What the second half, casework, reads of a pack: ``marm.yaml``, ``conversations/*.yaml``, and so on.

Shapes, and the few rules that no partnership may set aside: what is not known never blocks, nobody is turned
away by a form, strengths come before worries, and a person who does not engage is not a case to close.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from alongside.area.models import Code, Strict, Title

Clock = Annotated[
    str, StringConstraints(pattern=r"^\d+ (hour|hours|working day|working days|day|days|week|weeks)$")
]
"""A time limit such as "2 working days"."""
Keep = Annotated[str, StringConstraints(pattern=r"^[1-9]\d* (day|days|month|months|year|years)$")]
"""How long something is kept, such as "8 years"."""
Version = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*/\d+$")]
PriceYear = Annotated[str, StringConstraints(pattern=r"^\d{4}/\d{2}$")]


# --- marm.yaml ---------------------------------------------------------------------------------------


class Criterion(Strict):
    """One thing a referrer is asked, answered with met, not met or not known, and the evidence for it."""

    code: Code = Field(description="What records call it")
    ask: Title = Field(description="The question to the referrer")
    guidance: str | None = Field(default=None, description="What helps to answer it")
    allow: list[Literal["met", "not_met", "not_known", "capacity_unclear"]] = Field(
        default=["met", "not_met", "not_known"],
        description="The answers that may be given; not_known is always one",
    )
    items: list[Code] = Field(default=[], description="A checklist under the question")
    min_items: int = Field(default=0, ge=0, description="How many of the checklist must be ticked for met")

    @model_validator(mode="after")
    def _may_be_not_known(self) -> Self:
        if "not_known" not in self.allow:
            raise ValueError("`allow` leaves out `not_known`: what is not known must never block a referral")
        if self.min_items > len(self.items):
            raise ValueError(
                "`min_items` is more than the checklist holds: write a smaller number, or add items"
            )
        return self


class AllOf(Strict):
    """Criteria that hold together."""

    all_of: list[Criterion] = Field(min_length=1, description="All of these")


class Gate(Strict):
    """When the approach fits: any of several ways in, each a list of criteria that hold together."""

    any_of: list[AllOf] = Field(min_length=1, description="Any one of these ways in")


class CriteriaSet(Strict):
    """Entry criteria. A referral keeps the version it was made under."""

    set: Version = Field(description="Code, a slash and the version, such as riverside/1")
    title: Title = Field(description="The criteria in words")
    gate: Gate = Field(description="The ways in")
    on_not_known: Literal["continue"] = Field(
        default="continue", description="What is not known never blocks"
    )
    on_not_met: Literal["coordinator_decides"] = Field(
        default="coordinator_decides",
        description="A form never turns anybody away: a person decides, with reason and route",
    )
    if_lacks_capacity: Code | None = Field(
        default=None, description="Code of the forum that then takes the lead, beside this one"
    )
    population: list[Code] = Field(default=[], description="Whom the approach is for")


class Triage(Strict):
    """How soon a referral is looked at."""

    high: Clock = Field(default="4 hours", description="Where harm may come soon")
    other: Clock = Field(default="2 working days", description="Otherwise")


class FirstMeeting(Strict):
    """How soon agencies meet."""

    high: Clock = Field(default="5 working days", description="Where harm may come soon")
    other: Clock = Field(default="10 working days", description="Otherwise")


class Review(Strict):
    """How long between reviews."""

    first: Clock = Field(default="30 days", description="From the meeting to the first review")
    then: Clock = Field(default="60 days", description="From one review to the next")
    max_gap: Clock = Field(default="84 days", description="Never longer than this")


class MarkerReview(Strict):
    """How long a risk marker stands before somebody looks at it again."""

    default: Clock = Field(default="180 days", description="Where the marker says nothing else")
    max: Clock = Field(default="365 days", description="Never longer than this")


class Overdue(Strict):
    """Who is told of an action that is late."""

    after: Clock = Field(description="How long after the date it was due")
    to: Literal["owner", "lead", "owner_manager", "dispute_route"] = Field(description="Who is told")


class Clocks(Strict):
    """Time limits. Every value is an example: no statute sets them, so set your own."""

    triage: Triage = Field(default=Triage(), description="Referral to first look")
    first_meeting: FirstMeeting = Field(default=FirstMeeting(), description="Referral to first meeting")
    agency_reports_due: Clock = Field(default="3 working days", description="Before a meeting")
    actions_out: Clock = Field(default="1 working day", description="Meeting to list of actions")
    minutes_out: Clock = Field(default="5 working days", description="Meeting to minutes")
    review: Review = Field(default=Review(), description="Between reviews")
    action_overdue: list[Overdue] = Field(
        default=[
            Overdue(after="0 working days", to="owner"),
            Overdue(after="3 working days", to="lead"),
            Overdue(after="7 working days", to="owner_manager"),
            Overdue(after="14 working days", to="dispute_route"),
        ],
        description="Who is told of a late action",
    )
    override_emergency_review: Clock = Field(
        default="1 working day", description="Emergency access to its review"
    )
    marker_review: MarkerReview = Field(default=MarkerReview(), description="Between looks at a risk marker")
    closure_checkback: Clock = Field(default="90 days", description="Closing to asking how it went")


class Role(Strict):
    """A part somebody plays."""

    code: Code = Field(description="What records call it")
    title: Title = Field(description="What people call it")
    duties: list[Title] = Field(min_length=1, description="What is expected")
    exactly_one: bool = Field(default=False, description="True where there is always one holder, never two")
    not_also: list[Code] = Field(
        default=[], description="Roles the same person may not hold in the same meeting"
    )


class ClosureReason(Strict):
    """A good reason to end the approach."""

    code: Code = Field(description="What records call it")
    title: Title = Field(description="The reason in words")
    needs: list[Title] = Field(default=[], description="What must be recorded with it")

    @model_validator(mode="after")
    def _is_a_reason(self) -> Self:
        if {"engage", "engaged", "engagement", "disengaged", "disengagement"} & set(self.code.split("_")):
            raise ValueError(
                f"`{self.code}` is no reason to close: not engaging means reaching out in another way, "
                "or recording the risk that remains with a trigger to open again"
            )
        return self


class Forum(Strict):
    """Another process the person may need, beside this one or instead of it."""

    code: Code = Field(description="What records call it")
    title: Title = Field(description="What people call it")
    when: Title = Field(description="When to think of it")
    instead: bool = Field(
        default=False, description="True where it takes the lead; otherwise both run side by side"
    )
    urgent: bool = Field(default=False, description="True where it is asked the same day")
    asks: Literal["three_limbs", "domestic_abuse", "tool"] | None = Field(
        default=None, description="What is asked to find out: section 42, ways to a MARAC, or a tool below"
    )
    tool: Code | None = Field(default=None, description="Code of the tool that is asked, with `asks: tool`")
    words: list[Title] = Field(
        default=[], description="Beginnings of words in a concern that make this be asked at once"
    )

    @model_validator(mode="after")
    def _names_its_tool(self) -> Self:
        if (self.asks == "tool") != (self.tool is not None):
            raise ValueError("`asks: tool` and `tool: <code of a screening tool>` belong together")
        return self


class Question(Strict):
    """One question of a tool, answered with yes, no or not known."""

    code: Code = Field(description="What records call it")
    ask: Title = Field(description="The question")


class ScreeningTool(Strict):
    """Questions of the partnership's own that say whether to think of a forum. No third party's text."""

    code: Code = Field(description="What records call it")
    title: Title = Field(description="What people call it")
    questions: list[Question] = Field(min_length=1, description="What is asked, in order")
    at_least: int = Field(default=1, ge=1, description="So many answered with yes lead on")

    @model_validator(mode="after")
    def _can_lead_on(self) -> Self:
        if self.at_least > len(self.questions):
            raise ValueError("`at_least` is more than there are questions: write a smaller number")
        return self


class Marac(Strict):
    """From when on domestic abuse is a matter for a MARAC; a judgement may always make it one."""

    count: int = Field(default=14, ge=1, description="So many times yes in the agency's own risk checklist")
    events: int = Field(default=3, ge=2, description="So many events within `within_months`")
    within_months: int = Field(
        default=12, ge=1, description="Months for events, and for anything after the last MARAC"
    )


class Concerns(Strict):
    """From when on concerns that are small alone add up to a reason to talk to each other."""

    count: int = Field(default=3, ge=2, description="How many, whoever raised them")
    agencies: int = Field(default=2, ge=2, description="From how many agencies, however few")
    within_months: int = Field(default=12, ge=1, le=120, description="Raised within how many months")


class LadderStep(Strict):
    """One step of settling a disagreement between agencies."""

    title: Title = Field(description="Who speaks with whom")
    within: Clock = Field(description="Time limit of the step")


class Refusals(Strict):
    """From when on declined offers of essential help add up to a reason to talk to each other.

    One that was declined of urgent help, or while somebody else controls the person, is always enough.
    """

    declines: int = Field(default=2, ge=1, description="How many declined offers of essential help")
    agencies: int = Field(default=2, ge=1, description="From how many agencies")
    within_months: int = Field(default=12, ge=1, le=120, description="Declined within how many months")


class Marm(Strict):
    """``marm.yaml``: how this partnership does multi-agency risk management."""

    model: Literal["practitioner_led", "standing_panel", "escalation_panel"] = Field(
        default="practitioner_led",
        description="Who convenes: any worried agency, a regular panel, or a last-step panel",
    )
    criteria_sets: list[CriteriaSet] = Field(
        min_length=1, description="Entry criteria; old ones stay readable"
    )
    criteria_in_use: Version | None = Field(
        default=None, description="Which of them new cases are judged by; the last where none is named"
    )
    clocks: Clocks = Field(default=Clocks(), description="Time limits")
    roles: list[Role] = Field(default=[], description="Who plays which part")
    closure_reasons: list[ClosureReason] = Field(default=[], description="Good reasons to end")
    forums: list[Forum] = Field(default=[], description="Other processes to think of")
    dispute_ladder: list[LadderStep] = Field(
        default=[], description="How disagreements are settled, lowest level first"
    )
    refusals: Refusals = Field(default=Refusals(), description="When declined offers add up")
    concerns: Concerns = Field(default=Concerns(), description="When concerns add up")
    marac: Marac = Field(default=Marac(), description="When domestic abuse is a matter for a MARAC")
    screening_tools: list[ScreeningTool] = Field(default=[], description="The partnership's own questions")

    @property
    def criteria(self) -> CriteriaSet:
        """The criteria by which new cases are judged."""
        named = [each for each in self.criteria_sets if each.set == self.criteria_in_use]
        return named[0] if named else self.criteria_sets[-1]

    @model_validator(mode="after")
    def _names_what_is_there(self) -> Self:
        sets = [each.set for each in self.criteria_sets]
        if self.criteria_in_use is not None and self.criteria_in_use not in sets:
            raise ValueError(f"`criteria_in_use` names {self.criteria_in_use}, and there is no such set")
        if twice := sorted({each for each in sets if sets.count(each) > 1}):
            raise ValueError(f"two criteria sets are called {twice[0]}: give a changed one a new version")
        tools = {each.code for each in self.screening_tools}
        if unknown := sorted({each.tool for each in self.forums if each.tool} - tools):
            raise ValueError(f"a forum asks the tool `{unknown[0]}`, and there is no such screening tool")
        return self


# --- retention.yaml ----------------------------------------------------------------------------------


class Period(Strict):
    """How long one kind of record is kept, and where that comes from."""

    code: Code = Field(description="What records call it")
    title: Title = Field(description="What it is for, in words")
    record: Literal["person", "share_draft"] = Field(
        description="Of what: all that is held about a person, or an unfinished decision about sharing"
    )
    after: Literal["last_contact", "death", "last_change"] = Field(
        description="The event from which it is counted"
    )
    keep: Keep = Field(description="How long; nothing is deleted then before somebody confirms it")
    basis: Title = Field(description="The schedule, code of practice or decision that it comes from")


class Retention(Strict):
    """``retention.yaml``: how long what is held is kept before somebody is asked whether it may go."""

    periods: list[Period] = Field(
        min_length=1, description="Each kind of record; where several count, the longest does"
    )

    @model_validator(mode="after")
    def _once(self) -> Self:
        codes = [each.code for each in self.periods]
        if len(set(codes)) < len(codes):
            raise ValueError("two periods have the same `code`: give each its own")
        return self


# --- conversations/*.yaml ----------------------------------------------------------------------------


class Prompt(Strict):
    """Something to ask or say, in words that can be said to a person."""

    code: Code = Field(description="What records call it")
    say: Title = Field(description="The words")
    why: str | None = Field(
        default=None, description="Why it is asked, for the worker and for a person who wonders"
    )
    answer: Literal["own_words", "yes_no_not_known", "choice", "noticed", "none"] = Field(
        default="own_words",
        description="What is written down; own words are kept as they were said, and what was noticed is "
        "ticked by the worker and never shown to anybody at home",
    )
    choices: list[Title] = Field(
        default=[], description="The answers of a choice, or the signs that may be noticed"
    )

    @model_validator(mode="after")
    def _choices_where_chosen(self) -> Self:
        if (self.answer in ("choice", "noticed")) != bool(self.choices):
            raise ValueError(
                "a choice, or what is noticed, needs its `choices`, and nothing else has them: write both, "
                "or neither"
            )
        return self


class Section(Strict):
    """A stretch of the conversation."""

    code: Code = Field(description="What records call it")
    title: Title = Field(description="Its heading")
    about: Literal[
        "hello",
        "communication",
        "strengths",
        "network",
        "life",
        "changes",
        "noticing",
        "worries",
        "wishes",
        "offers",
        "next_step",
    ] = Field(
        description="What it is about; strengths come before worries. `noticing` is what the worker sees and "
        "does not ask"
    )
    only_if_wanted: bool = Field(
        default=False, description="True where the worker asks first whether to go there"
    )
    prompts: list[Prompt] = Field(default=[], description="What to ask or say")
    checklist: list[Title] = Field(default=[], description="What the worker makes sure of")


class Conversation(Strict):
    """``conversations/*.yaml``: a strengths-based guide; a help to talk, not a form to fill."""

    conversation: Version = Field(description="Code, a slash and the version, such as first_call/1")
    title: Title = Field(description="The guide in words")
    audience: Title = Field(description="Whom it is for")
    before: list[Title] = Field(
        default=[], description="What the worker makes sure of before the first contact"
    )
    sections: list[Section] = Field(min_length=1, description="The conversation, in order")
    offers: list[Code] = Field(
        default=[], description="Codes of responses that can be offered there and then"
    )
    after: list[Title] = Field(default=[], description="What the worker does afterwards")
    tries_before_not_reached: int = Field(
        default=2, ge=1, description="Tries, by different ways, before recording not reached"
    )

    @model_validator(mode="after")
    def _strengths_before_worries(self) -> Self:
        order = [section.about for section in self.sections]
        if "worries" in order and "strengths" not in order[: order.index("worries")]:
            raise ValueError("worries come before strengths: put a section with `about: strengths` first")
        return self


# --- costs.yaml --------------------------------------------------------------------------------------


class Cost(Strict):
    """What one unit of something costs, and where the figure comes from. Not known is a legal value."""

    code: Code = Field(description="What ledgers call it")
    title: Title = Field(description="What it is")
    value: float | None = Field(description="Pounds for one unit; null where nobody knows")
    unit: Title = Field(description="What is counted, such as hour, night or incident")
    bearer: Code = Field(description="Who bears it: an organisation or kind of organisation, such as nhs")
    price_year: PriceYear | None = Field(default=None, description="Year of the prices, such as 2024/25")
    source: str | None = Field(default=None, description="Publication, edition and reference")
    grade: Literal["good", "amber", "red", "local", "reported"] | None = Field(
        default=None, description="How far to trust it"
    )
    kind: Literal["fiscal", "economic", "social"] = Field(
        default="fiscal", description="Kinds are never added together"
    )
    low: float | None = Field(default=None, ge=0, description="Lower end of the range, in pounds")
    high: float | None = Field(default=None, ge=0, description="Upper end of the range, in pounds")

    @model_validator(mode="after")
    def _a_figure_has_an_origin(self) -> Self:
        if self.value is None:
            return self
        if not 0 <= self.value < float("inf"):
            raise ValueError("`value` is not an amount of money: write pounds, or null where nobody knows")
        if self.price_year is None or not self.source:
            raise ValueError(
                "a figure has no `price_year` or no `source`: write both, or `value: null` where nobody knows"
            )
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise ValueError("`value` lies outside `low` and `high`: write a range that holds it")
        return self


class Costs(Strict):
    """``costs.yaml``: unit costs, to see who carries what. Never a reason for or against help."""

    costs: list[Cost] = Field(min_length=1, description="The unit costs")
    deflators: dict[PriceYear, Annotated[float, Field(gt=0)]] = Field(
        default={}, description="Price year to index, to bring older figures to today's prices"
    )
