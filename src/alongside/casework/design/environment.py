"""Jinja as our pages use it: GOV.UK's macros, missing values are empty, everything is escaped."""

from collections.abc import MutableMapping
from functools import cache, partial
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext, ngettext
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from alongside.casework.design import form_fields, messages, navigation
from alongside.casework.design.addresses import address_of
from alongside.casework.design.component_words import of_exit_this_page
from alongside.casework.design.components import component_once
from alongside.casework.design.translations import sentence


class Pages(Environment):
    """The environment for templates, with all globals set before the first template is loaded."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return a template's globals as one dict: Jinja would search its own chain for each import."""
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """Return the environment for Django's Jinja backend."""
    made = Pages(
        **options
        | {
            "autoescape": True,
            "cache_size": -1,  # keep all of them: there are a few hundred
            "undefined": ChainableUndefined,  # the macros ask for values that a page has not set
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
    made.policies["ext.i18n.trimmed"] = True  # a sentence may run over several lines in its template
    # newstyle: a word put into a translated sentence is escaped, as everywhere else
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        gettext=sentence,  # for {% trans %}; like Jinja's own, and many times as fast
        _=sentence,
        static=cache(static),  # a file's address stays the same while we run
        url=address_of,
        form_fields=form_fields.renderer(made),
        error_summary=form_fields.summariser(made),
        told=messages.renderer(made),
        exit_words=of_exit_this_page,
        beside=navigation.beside,
        kept=partial(component_once, made),  # what is the same on most pages
    )
    return made
