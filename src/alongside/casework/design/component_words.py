"""The built-in words of GOV.UK's components and their scripts, in the reader's language.

They have the English ones; for another language we pass them in, so an English page is no larger for it.
"""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

AN_EXAMPLE_OF = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 6, "other": 100}
"""A number for each plural form that browsers know; Welsh has them all."""


def _in_english() -> bool:
    return (get_language() or "en").startswith("en")


def of_character_count() -> dict[str, object]:
    """Return what a box with a limit says below it, and while somebody types."""
    if _in_english():
        return {}
    return {
        "textareaDescriptionText": _("You can enter up to %{count} characters"),
        "charactersAtLimitText": _("You have 0 characters remaining"),
        "charactersUnderLimitText": {
            form: ngettext(
                "You have %{count} character remaining", "You have %{count} characters remaining", number
            )
            for form, number in AN_EXAMPLE_OF.items()
        },
        "charactersOverLimitText": {
            form: ngettext(
                "You have %{count} character too many", "You have %{count} characters too many", number
            )
            for form, number in AN_EXAMPLE_OF.items()
        },
    }


def of_password_input() -> dict[str, object]:
    """Return what the button beside a password box says."""
    if _in_english():
        return {}
    return {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }


def of_exit_this_page() -> dict[str, object]:
    """Return what the button to leave quickly says, and what is announced while Shift is pressed for it."""
    if _in_english():
        return {}
    return {
        "text": _("Exit this page"),
        "activatedText": _("Loading."),
        "timedOutText": _("Exit this page expired."),
        "pressTwoMoreTimesText": _("Shift, press 2 more times to exit."),
        "pressOneMoreTimeText": _("Shift, press 1 more time to exit."),
    }


def of_banner(*, good: bool) -> dict[str, object]:
    """Return the title of the banner that says what was done."""
    return {} if _in_english() else {"titleText": _("Success") if good else _("Important")}
