"""What the second half, casework, reads besides ``marm.yaml``: ``conversations/*.yaml`` and so on.

Shapes, and the few rules that no partnership may set aside: what is not known never blocks, nobody is turned
away by a form, strengths come before worries, and not engaging is no reason to close a case.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from alongside.area.marm_models import Version
from alongside.area.models import Code, Strict, Title

Keep = Annotated[str, StringConstraints(pattern=r"^[1-9]\d* (day|days|month|months|year|years)$")]
"""How long something is kept, such as "8 years"."""
PriceYear = Annotated[str, StringConstraints(pattern=r"^\d{4}/\d{2}$")]


# --- retention.yaml ----------------------------------------------------------------------------------


class Period(Strict):
    """How long one kind of record is kept, and on what authority."""

    code: Code = Field(description="What records call it")
    title: Title = Field(description="What it is for, in words")
    record: Literal["person", "share_draft"] = Field(
        description="What is kept: all that is held about a person, or an unfinished decision about sharing"
    )
    after: Literal["last_contact", "death", "last_change"] = Field(
        description="The event from which the time is counted"
    )
    keep: Keep = Field(description="How long; even then, nothing is deleted until somebody confirms it")
    basis: Title = Field(description="The schedule, code of practice or decision that it comes from")


class Retention(Strict):
    """``retention.yaml``: how long records are kept before somebody is asked whether they can be deleted."""

    periods: list[Period] = Field(
        min_length=1, description="Each kind of record; if several periods apply, the longest counts"
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
        default=None, description="Why it is asked, for the worker and for a person who asks why"
    )
    answer: Literal["own_words", "yes_no_not_known", "choice", "noticed", "none"] = Field(
        default="own_words",
        description="What is written down; own words are kept as they were said, and the worker ticks what "
        "they noticed, which is never shown to anybody at home",
    )
    choices: list[Title] = Field(
        default=[], description="The answers of a choice, or the signs that may be noticed"
    )

    @model_validator(mode="after")
    def _choices_where_chosen(self) -> Self:
        if (self.answer in ("choice", "noticed")) != bool(self.choices):
            raise ValueError(
                "`choice` and `noticed` need `choices`, and no other answer has them: write both, or neither"
            )
        return self


class Section(Strict):
    """A part of the conversation."""

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
        default=False, description="True if the worker first asks whether the person wants to talk about it"
    )
    prompts: list[Prompt] = Field(default=[], description="What to ask or say")
    checklist: list[Title] = Field(default=[], description="What the worker makes sure of")


class Conversation(Strict):
    """``conversations/*.yaml``: a strengths-based guide; a help with talking, not a form to fill in."""

    conversation: Version = Field(description="Code, a slash and the version, such as first_call/1")
    title: Title = Field(description="The guide in words")
    audience: Title = Field(description="Who it is for")
    before: list[Title] = Field(
        default=[], description="What the worker makes sure of before the first contact"
    )
    sections: list[Section] = Field(min_length=1, description="The conversation, in order")
    offers: list[Code] = Field(
        default=[], description="Codes of responses that can be offered there and then"
    )
    after: list[Title] = Field(default=[], description="What the worker does afterwards")
    tries_before_not_reached: int = Field(
        default=2,
        ge=1,
        description="Tries, in different ways, before recording not reached. Kept, not used yet",
    )

    @model_validator(mode="after")
    def _strengths_before_worries(self) -> Self:
        order = [section.about for section in self.sections]
        if "worries" in order and "strengths" not in order[: order.index("worries")]:
            raise ValueError("worries come before strengths: put a section with `about: strengths` first")
        return self


# --- costs.yaml --------------------------------------------------------------------------------------


class Cost(Strict):
    """What one unit of something costs, and where the figure comes from. Not known is a valid answer."""

    code: Code = Field(description="What ledgers call it")
    title: Title = Field(description="What it is")
    value: float | None = Field(description="Pounds for one unit; null if nobody knows")
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
            raise ValueError("`value` is not an amount of money: write pounds, or null if nobody knows")
        if self.price_year is None or not self.source:
            raise ValueError(
                "a figure has no `price_year` or no `source`: write both, or `value: null` if nobody knows"
            )
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise ValueError("`value` is not between `low` and `high`: write a range that contains it")
        return self


class Costs(Strict):
    """``costs.yaml``: unit costs, to see who carries what. Kept and checked, not used yet."""

    costs: list[Cost] = Field(min_length=1, description="The unit costs")
    deflators: dict[PriceYear, Annotated[float, Field(gt=0)]] = Field(
        default={}, description="Price year to index, to bring older figures to today's prices"
    )
