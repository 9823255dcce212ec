"""What a pack's ``marm.yaml`` says: how a partnership does multi-agency risk management.

Shapes, and the few rules that no partnership may set aside: what is not known never blocks, nobody is turned
away by a form, and not engaging is no reason to close a case.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from alongside.area.models import Code, Strict, Title

Clock = Annotated[
    str, StringConstraints(pattern=r"^\d+ (hour|hours|working day|working days|day|days|week|weeks)$")
]
"""A time limit such as "2 working days"."""
Version = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*/\d+$")]


class Criterion(Strict):
    """One thing a referrer is asked, answered with met, not met or not known, and the evidence for it."""

    code: Code = Field(description="What records call it")
    ask: Title = Field(description="The question to the referrer")
    guidance: str | None = Field(default=None, description="Help with answering it")
    allow: list[Literal["met", "not_met", "not_known", "capacity_unclear"]] = Field(
        default=["met", "not_met", "not_known"],
        description="The answers that may be given; not_known is always one of them",
    )
    items: list[Code] = Field(default=[], description="A checklist under the question")
    min_items: int = Field(default=0, ge=0, description="How many checklist items must be ticked for met")
    family: bool = Field(
        default=False, description="True if answering met asks who in the person's network it is about"
    )

    @model_validator(mode="after")
    def _may_be_not_known(self) -> Self:
        if "not_known" not in self.allow:
            raise ValueError("`allow` leaves out `not_known`: what is not known must never block a referral")
        if self.min_items > len(self.items):
            raise ValueError(
                "`min_items` is more than there are in the checklist: write a smaller number, or add items"
            )
        return self


class AllOf(Strict):
    """Criteria that must all hold."""

    all_of: list[Criterion] = Field(min_length=1, description="All of these")


class Gate(Strict):
    """When the approach fits: any of several ways in, each a list of criteria that must all hold."""

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
        description="A form never turns anybody away: somebody decides, with a reason and a way to go",
    )
    if_lacks_capacity: Code | None = Field(
        default=None, description="Code of the forum that then takes the lead, beside this one"
    )
    population: list[Code] = Field(default=[], description="Who the approach is for")


class Triage(Strict):
    """How soon a referral is looked at."""

    high: Clock = Field(default="4 hours", description="If harm may come soon")
    other: Clock = Field(default="2 working days", description="Otherwise")


class FirstMeeting(Strict):
    """How soon agencies meet."""

    high: Clock = Field(default="5 working days", description="If harm may come soon")
    other: Clock = Field(default="10 working days", description="Otherwise")


class MeetingAnswered(Strict):
    """How soon a request for a meeting is answered."""

    high: Clock = Field(default="1 working day", description="If harm may come soon")
    other: Clock = Field(default="3 working days", description="Otherwise")


class Review(Strict):
    """How long between reviews."""

    first: Clock = Field(default="30 days", description="From the meeting to the first review")
    then: Clock = Field(default="60 days", description="From one review to the next")
    max_gap: Clock = Field(default="84 days", description="Never longer than this")


class MarkerReview(Strict):
    """How long a risk marker stays before somebody reviews it."""

    default: Clock = Field(default="180 days", description="Unless the marker says otherwise")
    max: Clock = Field(default="365 days", description="Never longer than this")


class Overdue(Strict):
    """Who is told about an action that is late."""

    after: Clock = Field(description="How long after its due date")
    to: Literal["owner", "lead", "owner_manager", "dispute_route"] = Field(description="Who is told")


class Clocks(Strict):
    """Time limits. Every value is an example: no statute sets them, so set your own."""

    triage: Triage = Field(default=Triage(), description="Referral to first look")
    first_meeting: FirstMeeting = Field(default=FirstMeeting(), description="Referral to first meeting")
    meeting_answered: MeetingAnswered = Field(
        default=MeetingAnswered(), description="An agency's request for a meeting to the answer"
    )
    declines_reviewed: Clock = Field(
        default="3 working days", description="Declined again to somebody else's review of it"
    )
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
        description="Who is told about a late action",
    )
    override_emergency_review: Clock = Field(
        default="1 working day", description="Emergency access to the review of it. Kept, not used yet"
    )
    marker_review: MarkerReview = Field(
        default=MarkerReview(), description="Between reviews of a risk marker. Kept, not used yet"
    )
    closure_checkback: Clock = Field(default="90 days", description="Closing to asking how it went")


class Role(Strict):
    """A part somebody plays."""

    code: Code = Field(description="What records call it")
    title: Title = Field(description="What people call it")
    duties: list[Title] = Field(min_length=1, description="What is expected")
    exactly_one: bool = Field(default=False, description="True if there is always one holder, never two")
    not_also: list[Code] = Field(
        default=[], description="Roles the same person may not hold in the same meeting"
    )


class ClosureReason(Strict):
    """A good reason to end the approach."""

    code: Code = Field(description="What records call it")
    title: Title = Field(description="The reason in words")
    needs: list[Title] = Field(default=[], description="What must be recorded with it")
    remains: bool = Field(
        default=False,
        description="True if each agency is asked to sign for the risk that remains: not if it is gone",
    )
    died: bool = Field(
        default=False, description="True if the person has died: nobody asks afterwards how they are"
    )

    @model_validator(mode="after")
    def _is_a_reason(self) -> Self:
        if {"engage", "engaged", "engagement", "disengaged", "disengagement"} & set(self.code.split("_")):
            raise ValueError(
                f"`{self.code}` is no reason to close: if somebody does not engage, reach out in another "
                "way, or record the risk that remains and what would open the case again"
            )
        return self


class Forum(Strict):
    """Another process the person may need, beside this one or instead of it."""

    code: Code = Field(description="What records call it")
    title: Title = Field(description="What people call it")
    when: Title = Field(description="When to consider it")
    instead: bool = Field(
        default=False, description="True if it takes the lead; otherwise both run side by side"
    )
    urgent: bool = Field(default=False, description="True if it must be contacted the same day")
    reviews: bool = Field(
        default=False, description="True if, when asked, it looks back after a death or serious harm"
    )
    asks: Literal["three_limbs", "domestic_abuse", "tool"] | None = Field(
        default=None, description="How to find out: the section 42 test, ways to a MARAC, or a tool below"
    )
    tool: Code | None = Field(default=None, description="Code of the tool to use, with `asks: tool`")
    words: list[Title] = Field(
        default=[], description="Beginnings of words that, in a concern, prompt these questions at once"
    )

    @model_validator(mode="after")
    def _names_its_tool(self) -> Self:
        if (self.asks == "tool") != (self.tool is not None):
            raise ValueError("`asks: tool` and `tool: <code of a screening tool>` belong together")
        return self


class Question(Strict):
    """One question in a tool, answered with yes, no or not known."""

    code: Code = Field(description="What records call it")
    ask: Title = Field(description="The question")


class ScreeningTool(Strict):
    """The partnership's own questions to decide whether to consider a forum. No third party's text."""

    code: Code = Field(description="What records call it")
    title: Title = Field(description="What people call it")
    questions: list[Question] = Field(min_length=1, description="What is asked, in order")
    at_least: int = Field(default=1, ge=1, description="How many yes answers point to the forum")

    @model_validator(mode="after")
    def _can_lead_on(self) -> Self:
        if self.at_least > len(self.questions):
            raise ValueError("`at_least` is more than the number of questions: write a smaller number")
        return self


class Marac(Strict):
    """When domestic abuse is a matter for a MARAC; professional judgement may always make it one."""

    count: int = Field(default=14, ge=1, description="Yes answers needed in the agency's own risk checklist")
    events: int = Field(default=3, ge=2, description="Events needed within `within_months`")
    within_months: int = Field(
        default=12, ge=1, description="Months for events, and for anything after the last MARAC"
    )


class Concerns(Strict):
    """When concerns that are small on their own add up to a reason to talk to each other."""

    count: int = Field(default=3, ge=2, description="How many, whoever raised them")
    agencies: int = Field(default=2, ge=2, description="Or from this many agencies, however few concerns")
    within_months: int = Field(default=12, ge=1, le=120, description="Raised within how many months")


class LegalLever(Strict):
    """Law or guidance that decisions refer to."""

    code: Code = Field(description="What records call it")
    title: Title = Field(description="Its name, with the section")
    when: Title = Field(description="When to consider it")


class LadderStep(Strict):
    """One step in settling a disagreement between agencies."""

    title: Title = Field(description="Who speaks with whom")
    within: Clock = Field(description="Time limit of the step")


class MeetingKind(Strict):
    """A kind of meeting under its local name."""

    title: Title = Field(max_length=100, description="What people call it")
    what_for: Title = Field(description="What it is for")
    minutes: Literal[30, 60, 90, 120] = Field(default=60, description="How long it usually is")


class Refusals(Strict):
    """When declined offers of essential help add up to a reason to talk to each other.

    One refusal of urgent help, or while somebody else controls the person, is always enough.
    """

    declines: int = Field(default=2, ge=1, description="How many declined offers of essential help")
    agencies: int = Field(default=2, ge=1, description="And from at least this many agencies")
    within_months: int = Field(default=12, ge=1, le=120, description="Declined within how many months")


class Declines(Strict):
    """When somebody else takes another look at declined requests about one person."""

    count: int = Field(default=2, ge=2, description="How many declined requests, whoever asked")
    within_months: int = Field(default=12, ge=1, le=120, description="Declined within how many months")


class WhoToAsk(Strict):
    """Who to phone about the approach: a post, not a named person."""

    about: Title = Field(description="What they can be asked about")
    post: Title = Field(description="The post that answers")
    phone: str = Field(description="Its telephone number, in quotes")


class Drift(Strict):
    """When it counts as drift that nobody brings agencies together, or that nobody steers a case."""

    agencies: int = Field(default=3, ge=2, description="This many agencies in touch, and no case")
    without_lead: Clock = Field(default="5 working days", description="A case that nobody leads")
    without_meeting: Clock = Field(
        default="15 working days", description="A case with that many agencies, and no meeting held or set"
    )
    not_reviewed: Clock = Field(
        default="10 working days", description="A decision or action not reviewed this long after its date"
    )


Counted = Literal["took_part", "led", "in_time", "reports", "own_view", "positions", "checked_back"]


class AuditQuestion(Strict):
    """A question asked about each case that agencies review to learn from."""

    code: Code = Field(description="What records call it")
    ask: Title = Field(description="The question")
    fact: (
        Literal["took_part", "led", "in_time", "reports", "own_view", "positions", "checked_back"] | None
    ) = Field(
        default=None, description="What is counted from the record to answer it; if left out, people answer"
    )


class CaseAudits(Strict):
    """How agencies review some of their cases, drawn at random, to learn from them."""

    at_least: int = Field(default=5, ge=5, description="Never fewer cases: they could identify people")
    questions: list[AuditQuestion] = Field(default=[], description="What is asked about each case")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        codes = [each.code for each in self.questions]
        if twice := sorted({each for each in codes if codes.count(each) > 1}):
            raise ValueError(f"the question `{twice[0]}` is there twice: give each its own code")
        return self


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
        default=None, description="Which of them new cases are judged by; the last if none is named"
    )
    clocks: Clocks = Field(default=Clocks(), description="Time limits")
    roles: list[Role] = Field(default=[], description="Who plays which part")
    closure_reasons: list[ClosureReason] = Field(default=[], description="Good reasons to end")
    forums: list[Forum] = Field(default=[], description="Other processes to consider")
    dispute_ladder: list[LadderStep] = Field(
        default=[], description="How disagreements are settled, lowest level first"
    )
    refusals: Refusals = Field(default=Refusals(), description="When declined offers add up")
    concerns: Concerns = Field(default=Concerns(), description="When concerns add up")
    declines: Declines = Field(
        default=Declines(), description="When somebody else takes another look at declined requests"
    )
    meeting_kinds: list[MeetingKind] = Field(
        default=[], description="What meetings are called here; if none is named, any name may be written"
    )
    drift: Drift = Field(default=Drift(), description="When somebody is told that a case is drifting")
    case_audits: CaseAudits = Field(
        default=CaseAudits(), description="How agencies review their cases to learn from them"
    )
    marac: Marac = Field(default=Marac(), description="When domestic abuse is a matter for a MARAC")
    legal_levers: list[LegalLever] = Field(
        default=[], description="Law and guidance to choose from in decisions"
    )
    screening_tools: list[ScreeningTool] = Field(default=[], description="The partnership's own questions")
    contacts: list[WhoToAsk] = Field(default=[], description="Who to phone; printed on the papers")

    @property
    def criteria(self) -> CriteriaSet:
        """The criteria by which new cases are judged."""
        named = [each for each in self.criteria_sets if each.set == self.criteria_in_use]
        return named[0] if named else self.criteria_sets[-1]
