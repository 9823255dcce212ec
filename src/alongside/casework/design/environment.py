"""Jinja as our pages use it: GOV.UK's macros, what is missing is empty, everything is escaped."""

from functools import partial
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext, ngettext
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from alongside.casework.design import form_fields, messages, navigation
from alongside.casework.design.addresses import address_of
from alongside.casework.design.component_words import of_exit_this_page
from alongside.casework.design.components import component_once
from alongside.casework.design.translations import sentence


def environment(**options: Any) -> Environment:
    """Return the environment that Django's Jinja backend asks for."""
    made = Environment(  # noqa: S701 - it is on, among the options
        **options
        | {
            "autoescape": True,
            "undefined": ChainableUndefined,  # the macros ask for what a page has not said
            "trim_blocks": True,
            "lstrip_blocks": True,
            "extensions": [*options.get("extensions", []), "jinja2.ext.i18n"],  # {% trans %}
        }
    )
    made.loader = ChoiceLoader(
        [
            *([made.loader] if made.loader else []),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    made.policies["ext.i18n.trimmed"] = True  # a sentence may be broken over lines in its template
    # newstyle: a word put into a translated sentence is escaped, as everywhere else
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        gettext=sentence,  # for {% trans %}; as Jinja's own, and many times as fast
        _=sentence,
        static=static,
        url=address_of,
        form_fields=form_fields.renderer(made),
        error_summary=form_fields.summariser(made),
        told=messages.renderer(made),
        exit_words=of_exit_this_page,
        beside=navigation.beside,
        kept=partial(component_once, made),  # what is the same on most pages
    )
    return made
