"""Which bases in law are open to an organisation for one piece of sharing, and why the others are not.

It suggests and never asserts: whoever shares chooses, and is responsible for the choice. Law: UK GDPR
Articles 6, 9 and 10, as amended by the Data (Use and Access) Act 2025, section 70 and schedule 4; Data
Protection Act 2018, Schedule 1. It is not legal advice, and a partnership should have it checked by somebody
qualified to give it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DataClass(StrEnum):
    """How closely the law guards what is shared."""

    ORDINARY = "ordinary"
    SPECIAL = "special"
    """Health, beliefs, origin, sex life and the like: Article 9."""
    CRIMINAL = "criminal"
    """Offences, including alleged ones, and proceedings: Article 10."""


class Layer(StrEnum):
    """What a basis answers: one is needed for each layer that applies."""

    ARTICLE_6 = "article_6"
    CONDITION = "condition"
    CONFIDENCE = "confidence"


PUBLIC_AUTHORITIES = frozenset({"council", "nhs", "police", "fire", "probation", "school"})
"""Kinds of organisation that perform tasks of their own in the public interest."""


class Known(StrEnum):
    """What is said about the person and the purpose, on which the bases depend."""

    DIRECT_CARE = "direct_care"
    """It is for their own care, among those who give it."""
    CARE_AND_SUPPORT_NEEDS = "care_and_support_needs"
    AT_RISK = "at_risk"
    UNABLE_TO_PROTECT = "unable_to_protect"
    CONSENT_CANNOT_BE_HAD = "consent_cannot_be_had"
    """It cannot be given, cannot reasonably be obtained, or asking would undo the protection."""
    LIFE_IN_DANGER = "life_in_danger"
    CANNOT_CONSENT = "cannot_consent"
    """They cannot give consent, physically or in law."""
    LACKS_CAPACITY = "lacks_capacity"
    AGREES = "agrees"
    """Consent to this particular sharing is on record, and holds."""
    REFUSES = "refuses"
    RISK_TO_OTHERS = "risk_to_others"
    CRIME = "crime"
    """To prevent or detect one."""
    CONTROLLED = "controlled"
    """They may be controlled or coerced."""
    REQUESTED_FOR_PUBLIC_TASK = "requested_for_public_task"
    """A public authority asked for it, and stated its task and its power."""
    EMERGENCY = "emergency"
    ADULT = "adult"


@dataclass(frozen=True)
class Circumstances:
    """One piece of sharing: who shares, what kind of data, what is known about the person and the purpose."""

    organisation_kind: str
    data: DataClass
    known: frozenset[Known] = frozenset()

    @property
    def public(self) -> bool:
        """Whether whoever shares is a public authority performing its tasks."""
        return self.organisation_kind in PUBLIC_AUTHORITIES


Sentence = Promise | str
Closed = Callable[[Circumstances], Sentence]
"""Returns why a basis is not open; empty if it is."""


@dataclass(frozen=True)
class Basis:
    """One basis in law.

    Attributes:
        code: stored in decisions, and never renamed.
        layer: what it answers.
        title: what it is called, with its place in the law.
        says: what whoever chooses it must put into words.
        closed: says why it is not open in given circumstances.
    """

    code: str
    layer: Layer
    title: Promise
    says: Promise
    closed: Closed = lambda _: ""


@dataclass(frozen=True)
class Option:
    """A basis as it stands for one piece of sharing; ``why_not`` is empty if it is open."""

    basis: Basis
    why_not: str = ""

    @property
    def open(self) -> bool:
        """Whether it may be chosen."""
        return not self.why_not


def _needs(known: Known, why: Promise) -> Closed:
    return lambda it: "" if known in it.known else why


def _not_public(then: Closed) -> Closed:
    """For what section 70 of the 2025 Act closes to public authorities performing their tasks."""
    why = _(
        "Not open to a public authority for its own tasks (Data (Use and Access) Act 2025, section "
        "70): use your public task or a duty in law."
    )
    return lambda it: why if it.public else then(it)


_AGREES = _needs(
    Known.AGREES, _("No consent to exactly this is on record and in force today. Ask, if it is safe to.")
)


def _own_task(it: Circumstances) -> Sentence:
    return (
        ""
        if it.public
        else _(
            "A public task must be your own (section 70): you cannot borrow the council's. If they asked "
            "for it, that is a recognised legitimate interest."
        )
    )


def _consent(it: Circumstances) -> Sentence:
    if it.public:
        return _(
            "People who depend on a public service are hardly free to say no, so consent is not the basis "
            "of its tasks. Ask anyway: it is courteous, and a ground for passing on what was said in "
            "confidence."
        )
    return _AGREES(it)


def _safeguarding(it: Circumstances) -> Sentence:
    """Paragraph 18: an adult at risk has care and support needs, and so cannot protect themselves."""
    if Known.ADULT in it.known and Known.CARE_AND_SUPPORT_NEEDS not in it.known:
        return _(
            "Paragraph 18 is about adults who need care and support. Without such needs, look at "
            "paragraphs 6, 2 and 10."
        )
    if Known.AT_RISK not in it.known:
        return _("Open only where somebody is suffering neglect or harm, or is at risk of it.")
    if Known.ADULT in it.known and Known.UNABLE_TO_PROTECT not in it.known:
        return _("Open only where their needs prevent them from protecting themselves.")
    if Known.CONSENT_CANNOT_BE_HAD not in it.known:
        return _(
            "A refusal alone is not enough: say whether consent cannot be given, cannot reasonably be "
            "obtained, or whether asking would undo the protection."
        )
    return ""


def _health_or_care(it: Circumstances) -> Sentence:
    about_offences = _("This is about health and social care, not about offences.")
    return about_offences if it.data is DataClass.CRIMINAL else ""


def _explicit_consent(it: Circumstances) -> Sentence:
    if it.data is DataClass.CRIMINAL:
        return _("This is a condition for special category data, not for criminal offence data.")
    return _AGREES(it)


def _life(it: Circumstances) -> Sentence:
    both = it.known >= {Known.LIFE_IN_DANGER, Known.CANNOT_CONSENT}
    return "" if both else _("Open only where a life is in danger and the person cannot consent.")


def _direct_care(it: Circumstances) -> Sentence:
    if Known.REFUSES in it.known:
        return _("They said no, so nobody can claim that they would expect it.")
    why = _("Open only among those who give the person care, for that care.")
    return "" if Known.DIRECT_CARE in it.known else why


_HARM = frozenset({Known.RISK_TO_OTHERS, Known.CRIME, Known.CONTROLLED, Known.LIFE_IN_DANGER, Known.AT_RISK})


def _public_interest(it: Circumstances) -> Sentence:
    why = _("First say who would come to harm, which crime it is about, or that somebody controls them.")
    return "" if it.known & _HARM else why


_SIX, _CONDITION, _CONFIDENCE = Layer.ARTICLE_6, Layer.CONDITION, Layer.CONFIDENCE
BASES: Mapping[str, Basis] = {
    each.code: each
    for each in (
        Basis(
            "6_e", _SIX, _("A public task of our own: Article 6(1)(e)"),
            _("Which Act and section gives us the task?"), _own_task,
        ),
        Basis(
            "6_c", _SIX, _("A duty in law: Article 6(1)(c)"), _("Which Act and section obliges us?"),
        ),
        Basis(
            "6_ea_request", _SIX,
            _(
                "A public authority asked for it for its task: recognised legitimate interest, "
                "Article 6(1)(ea)"
            ),
            _("Who asked, for which task, under which power, and when?"),
            _not_public(_needs(
                Known.REQUESTED_FOR_PUBLIC_TASK,
                _(
                    "Open only where a public authority has asked and stated its task and power. Ask them "
                    "to put that in writing."
                ),
            )),
        ),
        Basis(
            "6_ea_safeguarding", _SIX,
            _("Safeguarding somebody vulnerable: recognised legitimate interest, Article 6(1)(ea)"),
            _("Why are they at risk, and why is this needed to protect them?"),
            _not_public(_needs(Known.AT_RISK, _("Open only where somebody is at risk of neglect or harm."))),
        ),
        Basis(
            "6_ea_crime", _SIX,
            _("Preventing or detecting crime: recognised legitimate interest, Article 6(1)(ea)"),
            _("Which crime, and how does this help?"),
            _not_public(_needs(Known.CRIME, _("Open only where it is to prevent or detect crime."))),
        ),
        Basis(
            "6_ea_emergency", _SIX, _("An emergency: recognised legitimate interest, Article 6(1)(ea)"),
            _("What has happened?"),
            _not_public(_needs(Known.EMERGENCY, _("Open only in an emergency."))),
        ),
        Basis(
            "6_f", _SIX, _("Legitimate interests: Article 6(1)(f)"),
            _("Whose interest is it, and why does the person's own not outweigh it?"),
            _not_public(lambda _: ""),
        ),
        Basis(
            "6_d", _SIX, _("Somebody's life: Article 6(1)(d)"), _("Whose life, and what threatens it?"),
            _needs(Known.LIFE_IN_DANGER, _("Open only where somebody's life is in danger.")),
        ),
        Basis(
            "6_a", _SIX, _("Consent: Article 6(1)(a)"),
            _("Why could they say no without losing anything?"), _consent,
        ),
        Basis(
            "s1_2", _CONDITION, _("Health or social care: Article 9(2)(h), Schedule 1 paragraph 2"),
            _("Who is responsible for it, and bound by professional secrecy?"), _health_or_care,
        ),
        Basis(
            "s1_18", _CONDITION,
            _("Safeguarding an adult at risk or a child: Article 9(2)(g) or 10, Schedule 1 paragraph 18"),
            _("Why could consent not be obtained, and why is it in the substantial public interest?"),
            _safeguarding,
        ),
        Basis(
            "s1_6", _CONDITION,
            _("A function given by law: Article 9(2)(g) or 10, Schedule 1 paragraph 6"),
            _("Which Act and section, and why is it in the substantial public interest?"),
        ),
        Basis(
            "s1_10", _CONDITION,
            _("Preventing or detecting unlawful acts: Article 9(2)(g) or 10, Schedule 1 paragraph 10"),
            _("Which acts, and how would asking for consent stand in the way?"),
            _needs(Known.CRIME, _("Open only where it is to prevent or detect an unlawful act.")),
        ),
        Basis(
            "9_c", _CONDITION, _("Somebody's life, where they cannot consent: Article 9(2)(c)"),
            _("Why can they not consent?"), _life,
        ),
        Basis(
            "9_a", _CONDITION, _("Explicit consent: Article 9(2)(a)"),
            _("What exactly does it say, and why could they say no without losing anything?"),
            _explicit_consent,
        ),
        Basis("consent", _CONFIDENCE, _("The person agrees"), _("What did they say?"), _AGREES),
        Basis(
            "direct_care", _CONFIDENCE, _("For their own care, as they would expect"),
            _("Why would it not surprise them?"), _direct_care,
        ),
        Basis(
            "best_interests", _CONFIDENCE,
            _("They lack capacity to decide this, and it is in their best interests"),
            _("Who was asked about their best interests, and what did they say?"),
            _needs(
                Known.LACKS_CAPACITY,
                _(
                    "Open only with a capacity record about this particular decision: nobody lacks capacity "
                    "in general."
                ),
            ),
        ),
        Basis(
            "public_interest", _CONFIDENCE, _("The public interest outweighs the confidence"),
            _("What would happen, and to whom, if it were not shared?"), _public_interest,
        ),
        Basis(
            "statute", _CONFIDENCE, _("The law says that it must or may be shared"),
            _("Which Act and section?"),
        ),
        Basis("court_order", _CONFIDENCE, _("A court ordered it"), _("Which court, and when?")),
    )
}  # fmt: skip
"""Code to basis, in the order in which they are offered."""


def bases_for(it: Circumstances) -> list[Option]:
    """Return every basis of the layers that apply, with the reason in plain words for each that is not open.

    Article 6 and a ground for confidence always apply; a condition only for special and criminal data.
    """
    layers = {Layer.ARTICLE_6, Layer.CONFIDENCE}
    if it.data is not DataClass.ORDINARY:
        layers.add(Layer.CONDITION)
    return [Option(each, str(each.closed(it))) for each in BASES.values() if each.layer in layers]
