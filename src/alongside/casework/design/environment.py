"""Jinja as our pages use it: GOV.UK's macros, what is missing is empty, everything is escaped."""

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
    """Where templates are made, for whom all globals are there before the first of them is read."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what each template knows, in one: Jinja's own chain is gone through for each import."""
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """Return the environment that Django's Jinja backend asks for."""
    made = Pages(
        **options
        | {
            "autoescape": True,
            "cache_size": -1,  # all of them stay: there are a few hundred
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
        static=cache(static),  # of a file that is there it is the same as long as we run
        url=address_of,
        form_fields=form_fields.renderer(made),
        error_summary=form_fields.summariser(made),
        told=messages.renderer(made),
        exit_words=of_exit_this_page,
        beside=navigation.beside,
        kept=partial(component_once, made),  # what is the same on most pages
    )
    return made
