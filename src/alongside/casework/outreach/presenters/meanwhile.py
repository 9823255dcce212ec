"""What somebody is shown who saves what was also changed on another page: both, side by side."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _

from alongside.casework.design.clashes import Beside, Clash, said_in
from alongside.casework.outreach.presenters.talks import Prompt, Theme
from alongside.casework.outreach.queries.pages import ConversationPage
from alongside.casework.outreach.rules.meanwhile import Box, became, boxes


def answers_beside(
    theme: Theme, sent: Mapping[str, str], opened: Mapping[str, Sequence[str]]
) -> Beside | None:
    """Return what to show where answers of a theme were changed on two pages; None where none was.

    Args:
        theme: as it stands now.
        sent: the answers this page sent, by prompt.
        opened: what it had as the answer to each.
    """
    clashes, taken = [], []
    for prompt in theme.prompts:
        if prompt.code not in sent:
            continue
        words = sent[prompt.code]
        match became(words, stands=prompt.words, opened=opened[prompt.code]):
            case Box.BOTH:
                both = _answered(prompt, prompt.words), _answered(prompt, words)
                clashes.append(Clash(prompt.code, prompt.say, *both))
            case Box.LEFT:
                taken.append(prompt.say)
    return Beside(_sentence(), clashes, taken, {}) if clashes else None


def ending_beside(
    form: forms.Form,
    page: ConversationPage,
    told: Mapping[str, str],
    opened: Mapping[str, Sequence[str]],
    *,
    ends: bool,
) -> Beside | None:
    """Return what to show where the ending was changed on two pages; None where it was not.

    Args:
        form: of the ending.
        page: the conversation as it stands now.
        told: what this page sent, by field.
        opened: what it had in each.
        ends: whether the conversation ends with it. Then also what only the other page changed is shown
            before it does.
    """
    stands = {name: page.talk.ending.get(name, "") for name in told}
    became_of = boxes(told, stands=stands, opened=opened)
    both = [name for name, box in became_of.items() if box is Box.BOTH]
    left = [name for name, box in became_of.items() if box is Box.LEFT]
    if not both and not (ends and left):
        return None
    clashes = [
        Clash(name, _label(form, name), _said(form, name, stands[name]), _said(form, name, told[name]))
        for name in both
    ]
    taken = [_label(form, name) for name in left]
    return Beside(_sentence(), clashes, taken, {**told, **{name: stands[name] for name in left}})


def _sentence() -> str:
    return _(
        "Some of this was changed after you opened it, by a colleague or by you on another device. Look at "
        "it again before you go on."
    )


def _answered(prompt: Prompt, words: str) -> str:
    said = dict(prompt.choices)
    return "\n".join(said.get(line, line) for line in words.split("\n")) or _("Nothing")


def _label(form: forms.Form, name: str) -> str:
    return str(form.fields[name].label)


def _said(form: forms.Form, name: str, words: str) -> str:
    box = form.fields[name]
    return said_in(box, bool(words) if isinstance(box, forms.BooleanField) else words)
