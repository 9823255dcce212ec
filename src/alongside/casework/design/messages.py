"""What was just done, shown once at the top of the next page."""

from collections.abc import Callable

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeData, SafeString
from jinja2 import Environment
from markupsafe import Markup

from alongside.casework.design.component_words import of_banner
from alongside.casework.design.components import component


def with_link(said: str, *, href: str, link: str) -> SafeString:
    """Return what was just done, with a link to what comes next, for a message."""
    return format_html(
        '<p class="govuk-notification-banner__heading">{} '
        '<a class="govuk-notification-banner__link" href="{}">{}</a></p>',
        said,
        href,
        link,
    )


def renderer(environment: Environment) -> Callable[[HttpRequest], Markup]:
    """Return the page's ``told(request)``: a banner for each waiting message."""

    def told(request: HttpRequest) -> Markup:
        waiting = get_messages(request) if hasattr(request, "_messages") else []
        return Markup("").join(
            component(
                environment,
                "notification-banner",
                # already escaped if it was made with a link
                {"html" if isinstance(each.message, SafeData) else "text": str(each)}
                | ({"type": "success"} if each.level_tag == "success" else {})
                | of_banner(good=each.level_tag == "success"),
            )
            for each in waiting
        )

    return told
