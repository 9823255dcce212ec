"""What was typed in the steps of a draft, as one proposal."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from alongside.casework.sharing.forms import decisions as asked
from alongside.casework.sharing.rules.basis import DataClass, Known, Layer
from alongside.casework.sharing.rules.choices import Topic
from alongside.casework.sharing.rules.decisions import Basis, Outcome, Proposal, Told
from alongside.casework.sharing.rules.items import Element, FactKind, Item, Stated
from alongside.casework.sharing.rules.overrides import Ground, Override
from alongside.casework.sharing.rules.steps import KEY, Step, outcome_of

Answers = Mapping[str, Any]


def as_kept(sent: QueryDict, form: forms.Form) -> dict[str, list[str]]:
    """Return what was sent for the fields of a form, without characters that cannot be stored."""
    return {
        name: [without_nul(str(value)) for value in sent.getlist(name)]
        for name in sent
        if name.split("-")[0] in form.fields
    }


def without_nul(words: str) -> str:
    """Return words without NUL, the one character that the database cannot store; no keyboard sends it."""
    return words.replace("\x00", "")


def as_sent(kept: Mapping[str, list[str]]) -> MultiValueDict[str, str]:
    """Return what a draft kept, as a form takes it."""
    return MultiValueDict({name: list(values) for name, values in kept.items()})


def begin_with(form: forms.Form, kept: Mapping[str, list[str]]) -> None:
    """Put what was typed before, though still incomplete, into a form, without showing any errors yet."""
    sent = as_sent(kept)
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(sent, MultiValueDict(), name)


def items_of(answers: Answers) -> list[Item]:
    """Return what is to be shared; anything incomplete is left out, as it never got into a draft."""
    return [item for _key, item in items_by_key(answers)]


def items_by_key(answers: Answers) -> list[tuple[str, Item]]:
    """Return what is to be shared, each item with its own key."""
    forms_ = ((_one(kept, KEY), asked.ItemForm(as_sent(kept))) for kept in answers.get(Step.ITEMS, []))
    return [(key, item_of(form.cleaned_data)) for key, form in forms_ if form.is_valid()]


def item_of(given: Mapping[str, Any]) -> Item:
    """Return one thing to be shared, from a valid form."""
    return Item(
        topic=Topic(given["topic"]),
        data=DataClass(given["data_class"]),
        words=given["words"],
        kind=FactKind(given["kind"]),
        as_at=given["as_at"],
        source=given["source"],
        verified_by=given["verified_by"],
        limits=given["limits"],
        quality={element: Stated(given[element.value]) for element in Element},
    )


def proposal_of(answers: Answers, *, organisations: list[tuple[str, str]]) -> Proposal:
    """Return the proposal a draft amounts to so far; what has not been answered yet is empty."""
    to = _cleaned(asked.ToForm, answers, Step.TO, organisations=organisations)
    telling = _cleaned(asked.TellingForm, answers, Step.TELLING)
    no = _cleaned(asked.NotForm, answers, Step.NOT)
    known = _cleaned(asked.KnownForm, answers, Step.KNOWN).get("known", [])
    basis = answers.get(Step.BASIS, {})
    shared = outcome_of(answers) != Outcome.DO_NOT_SHARE  # until something is chosen, as if shared
    why_not_safe = no.get("why_not_safe", "")
    told = Told(telling.get("told") or Told.WILL_BE) if shared else Told.WILL_BE
    if not shared and why_not_safe:
        told = Told.NOT_SAFE
    return Proposal(
        outcome=Outcome.SHARE if shared else Outcome.DO_NOT_SHARE,
        purpose=to.get("purpose", ""),
        recipients=asked.uuids(to.get("recipients", [])),
        items=tuple(items_of(answers)),
        named=to.get("named", ""),
        who=to.get("who", ""),
        known=frozenset(map(Known, known)),
        bases={
            layer: Basis(code, _one(basis, f"{layer.value}_words"))
            for layer in Layer
            if (code := _one(basis, layer.value))
        },
        necessity=_one(basis, "necessity"),
        proportionality=_one(basis, "proportionality"),
        without_agreement=_one(basis, "without_agreement"),
        told=told,
        told_on=telling.get("told_on"),
        keep_until=telling.get("keep_until"),
        **{name: telling.get(name, "") for name in ("told_how", "onward", "channel")},
        told_why_not=telling.get("told_why_not", "") if shared else why_not_safe,
        **{name: no.get(name, "") for name in ("reason", "risk")},
        review_on=no.get("review_on"),
        override=_override(answers) if shared else None,
    )


def _override(answers: Answers) -> Override | None:
    ground = _one(answers.get(Step.GROUND, {}), "ground")
    kept = answers.get(Step.OVERRIDE)
    if ground not in list(Ground) or kept is None:
        return None
    given = _cleaned(asked.OverrideForm, answers, Step.OVERRIDE, ground=ground, capacity=[])
    record, _, best = _one(kept, "capacity_record").partition("/")
    if "review_on" not in given:
        return None
    return Override(
        ground=Ground(ground),
        review_on=given["review_on"],
        capacity_record=_id(record),
        best_interests=_id(best),
        emergency=given.get("emergency", False),
        **{
            name: given.get(name, "")
            for name in (
                "refusal", "first", "second", "alternatives", "harm", "advice", "emergency_why",
            )
        },
    )  # fmt: skip


def _id(kept: str) -> UUID | None:
    """The id that was chosen; None if it is not one, and the rules then ask for it."""
    try:
        return UUID(kept)
    except ValueError:
        return None


def _cleaned(form: type[forms.Form], answers: Answers, step: Step, **more: Any) -> dict[str, Any]:
    """The valid answers of a step; empty if it has not been answered."""
    if step not in answers:
        return {}
    bound = form(as_sent(answers[step]), **more)
    bound.is_valid()
    return bound.cleaned_data


def _one(kept: Mapping[str, list[str]], name: str) -> str:
    values = kept.get(name) or [""]
    return str(values[0]).strip()
