"""Records that were separated, in words that name no person."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import moment_in_words
from alongside.casework.people.queries.separated import Separated


@dataclass(frozen=True)
class SeparatedView:
    """What changed when two records were separated, and where to look."""

    when: str
    changed: list[str]
    moved: list[str]
    where: list[tuple[str, str]]
    ask: str


def separated_view(each: Separated) -> SeparatedView:
    """Return it in words."""
    changed, sees_both = [], len(each.sees) > 1
    if each.lost and sees_both:  # what it lost is kept from when they were separated: it was let in since
        changed.append(
            _("Your organisation could not see one of the two records for a time. It sees both now.")
        )
    elif each.lost and each.sees:
        changed.append(_("Your organisation sees one of the two records, and no longer the other."))
    elif each.lost:
        changed.append(_("Your organisation no longer sees the record."))
    if each.moved and each.moved_to:
        changed.append(
            _(
                "What your organisation had added, or been asked to do, about the other person is on their "
                "record now."
            )
        )
    elif each.moved:
        changed.append(
            _(
                "What your organisation had added, or been asked to do, about the other person is on their "
                "record now, which it does not see."
            )
        )
    moved_to = each.moved_to if each.moved else None
    if sees_both:
        titles = [_("The record that was kept"), _("The record that was separated from it")]
    else:
        titles = [_("The record you see")]
    where = [
        (_("Where it is now") if record == moved_to else title, record)
        for title, record in zip(titles, each.sees, strict=False)
    ]
    if sees_both:
        ask = _("If you miss something, ask %(who)s.")
    else:
        ask = _("If you miss something, or need to see the other record, ask %(who)s.")
    return SeparatedView(
        when=_("Separated by %(who)s on %(when)s") % {"who": each.by, "when": moment_in_words(each.at)},
        changed=changed,
        moved=[
            _("%(what)s: %(count)s") % {"what": what, "count": count} for what, count in each.moved.items()
        ],
        where=[(words, address_of("people:person", args=[record])) for words, record in where],
        ask=ask % {"who": each.by},
    )
