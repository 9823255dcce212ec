"""Every word that casework shows to people can be translated, and the catalogues are what the sources say."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tools import tree, unwrapped, words

CASEWORK = "src/alongside/casework/"
TEMPLATES = {path: text for path, text in tree.texts("*.jinja").items() if path.startswith(CASEWORK)}
PYTHON = tree.python("src/alongside/casework")

NOT_ON_PAGES = {
    r"/migrations/": "names of columns, written by Django",
    r"/management/": "the command line",
    r"/events\.py$|/audit/registry\.py$": "`make words` gathers the sentence of each `event_type` as it is",
    r"/(kernel|operations)/|/audit/(?!telling)": "errors of whoever runs or writes Alongside",
    r"/open_referral(/|\.py$)": "the API and what is noted of a feed, in the standard's own language",
    r"/accounts/sign_on/": "a provider's faults go to the log; the page has a sentence of its own",
    r"/directory/queries/published\.py$": "the API",
    r"/jobs(/|\.py$)|/commands/(lapsing|sending)\.py$": "what came of a job is kept as it was, in English",
    r"/people/walls\.py$": "SQL of policies",
    r"/background/(keeper|rules|schedule|worker)\.py$": "a schedule's faults, and the worker's log",
    r"/design/word_files\.py$": "Word's own names of its styles",
    r"/accounts/ceremony\.py$": "why a passkey was refused goes to the log",
    r"/directory/models/taxonomies\.py$": "the list of needs as it is published",
}
"""Where no word is for a page: the pattern of a path, and why."""
NOT_TRANSLATED = {
    "access/privacy.py": {"free text": "a class of columns, for documents"},
    "accounts/views/sign_on.py": {
        "The sign-in was not started in this browser.": "goes to the log",
        "No account has the e-mail address that the provider verified.": "goes to the log",
        "sign-on through the council's own provider was refused: %s": "the log",
    },
    "accounts/commands/second_factor.py": dict.fromkeys(
        ("password and passkey", "password and code"), "recorded with a sign-in"
    ),
    "accounts/purposes.py": {"the purposes of the area pack could not be read: %s": "the log"},
    "design/components.py": {" selected": "an attribute"},
    "design/dates.py": {" govuk-input--error": "a class of the style sheet"},
    "design/pdf.py": {
        "a document fetches nothing: put what it shows into the page": "for whoever writes Alongside"
    },
    "design/refusals.py": {"Retry-After": "a header"},
    "design/spreadsheets.py": dict.fromkeys(
        ("text/csv; charset=utf-8", 'attachment; filename="{}"'), "a header"
    ),
    "directory/commands/feeds.py": {
        "service {} is our own entry, and stays as it is": "kept with the feed as it was found",
        "{} of {} rows do not follow the standard. The first: {}.": "kept with the feed as it was found",
        "It lists no services at all, but the last good copy had some.": "kept with the feed",
        ", {} services no longer listed": "kept with the feed as it was found",
        "{} services imported, {} rows left out": "kept with the feed as it was found",
    },
    "directory/models/copies.py": {"taxonomy {}": "an id is made of it"},
    "directory/forms.py": dict.fromkeys(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), "asked of the API so"
    ),
    "directory/rules.py": {
        "temporarily closed": "the standard's code",
        "usually open, but it is a bank holiday": "a code; the presenter has its words",
        "not known": "a code; the presenter has its words",
    },
    "offers/queries/answered.py": {"the limits of refusals could not be read: %s": "the log"},
    "offers/queries/report.py": dict.fromkeys(
        ("the whole partnership", "their organisation"), "recorded with who read the report"
    ),
    "offers/rules/equality.py": dict.fromkeys(
        (
            "not needed",
            "not required",
            "none needed",
            "none required",
            "not applicable",
            "no interpreter",
            "no interpreter needed",
        ),
        "compared with what stands in a record",
    ),
    "outreach/commands/referring.py": {
        "{} took it over.": "kept with the item",
    },
    "rights/views/giving.py": dict.fromkeys(("Content-Disposition", 'attachment; filename="{}"'), "a header"),
    "rights/rules/retention.py": {
        "{} is no time to keep a record: write such as 8 years, 18 months or 90 days": "of the area pack",
    },
    "rights/views/statement.py": dict.fromkeys(
        ("Content-Disposition", 'attachment; filename="{}.pdf"'), "a header"
    ),
    "outreach/commands/talking.py": {
        "Somebody was said to be in immediate danger.": "kept as the concern's words",
        "Nobody has asked yet: it was noted while somebody may have been in danger.": "kept with the concern",
    },
    "outreach/commands/half_way.py": {
        "In a conversation ({}), asked what they will do next": "kept with the person's words",
    },
    "outreach/commands/said.py": {
        "Yes": "kept as the answer; the presenter has its words",
        "No": "kept as the answer; the presenter has its words",
        "Not known": "kept as the answer; the presenter has its words",
        "In a conversation ({}), asked: {}": "kept with the person's words",
        "In a conversation ({}), asked how they see something that others are worried about": (
            "kept with the person's words"
        ),
    },
    "marm/views/meetings.py": dict.fromkeys(
        ("text/calendar; charset=utf-8", "Content-Disposition", 'attachment; filename="meeting.ics"'),
        "a header",
    ),
    "marm/views/papers.py": dict.fromkeys(("Content-Disposition", 'attachment; filename="{}"'), "a header"),
    "marm/commands/asking.py": {
        "Nobody else co-ordinates here, so whoever is worried brings agencies together.": "kept with the case"
    },
    "marm/queries/meetings.py": dict.fromkeys(
        ("takes part", "in touch", "in touch: {}"), "kept with who is invited to a meeting"
    ),
    "marm/rules/clocks.py": {"working day": "how a limit is written in the area pack"},
    "marm/rules/drift.py": dict.fromkeys(
        ("5 working days", "2 working days", "15 working days", "10 working days"),
        "how a limit is written in the area pack",
    ),
    "outreach/commands/working.py": {
        "Is this record about somebody else? We reached a different person.": (
            "kept as the question that is put to the owner of the data"
        ),
    },
    "outreach/presenters/talks.py": dict.fromkeys(("Yes", "No", "Not known"), "the answers as they are kept"),
    "people/models/person.py": {
        ", born {}": "kept with what another organisation is asked, to search by",
        ", date of birth not known": "kept with what another organisation is asked",
        " (known as {})": "kept with what another organisation is asked",
        "select people_records_of(%s)": "asked of the database",
        "array(select people_records_of(%(expressions)s))": "asked of the database",
        "(select min(p.died_on) from people_person p where p.id = any"
        " (array(select people_records_of(%(expressions)s))))": "asked of the database",
    },
    "settings/base.py": {"Lax": "of a cookie", "Europe/London": "a time zone"},
    "sources/jobs/people.py": {"Name not known": "kept as what a released person is known as"},
    "sources/rules.py": {"not in the pack": "kept with the run, as what changed"},
}
"""By path, the words that read as if they were for a page and are not, each with the reason."""


def forgotten_in_python(sources: dict[str, str]) -> dict[str, list[str]]:
    found = {}
    for path, text in sources.items():
        if any(re.search(pattern, path) for pattern in NOT_ON_PAGES):
            continue
        excepted = NOT_TRANSLATED.get(path.removeprefix(CASEWORK), {})
        if left := [each for each in unwrapped.in_python(text) if each not in excepted]:
            found[path] = left
    return found


def forgotten_in_templates(sources: dict[str, str]) -> dict[str, list[str]]:
    return {path: left for path, text in sources.items() if (left := list(unwrapped.in_template(text)))}


def test_every_word_of_every_template_can_be_translated() -> None:
    assert len(TEMPLATES) > 40
    assert forgotten_in_templates(TEMPLATES) == {}


def test_every_sentence_that_python_makes_for_a_page_can_be_translated() -> None:
    assert forgotten_in_python(PYTHON) == {}


def test_every_exception_still_stands_where_it_is_said_to() -> None:
    for path, excepted in NOT_TRANSLATED.items():
        assert set(excepted) <= set(unwrapped.in_python(PYTHON[CASEWORK + path])), path
    assert all(any(re.search(pattern, path) for path in PYTHON) for pattern in NOT_ON_PAGES)


@pytest.mark.parametrize(
    "offence",
    [
        "<p>Nobody was found</p>",
        "<p>{{ name }} was found</p>",
        "<p>{% if found %}Found{% else %}{{ _('Nothing') }}{% endif %}</p>",
        '<a href="/" aria-label="Back to the list">{{ _("Back") }}</a>',
        '<input placeholder="Surname">',
        "{% block title %}A page{% endblock %}",
        '{{ govukButton({"text": "Save"}) }}',
        '{{ govukButton({"text": _("Save") if new else "Change"}) }}',
        '{{ govukWarningText({"text": "Before: " ~ words}) }}',
        '{{ govukRadios({"fieldset": {"legend": {"text": "Which?"}}}) }}',
        '{{ card(item, "Nobody is noted.") }}',
        '<p class="{{ class }}">Page {{ number }}</p>',
    ],
)
def test_a_word_left_bare_in_a_template_is_noticed(offence: str) -> None:
    assert list(unwrapped.in_template(offence)) != []


@pytest.mark.parametrize(
    "harmless",
    [
        "<p>{{ _('Nobody was found') }}</p>",
        "<p>{% trans n=3 %}One{% pluralize %}{{ n }} people{% endtrans %}</p>",
        '<script>let words = "Nobody was found"</script>',
        "<title>{% block title %}{% endblock %} - Alongside</title>",
        '{{ govukButton({"text": _("Save"), "classes": "app-button app-wide", "value": "yes"}) }}',
        "{# Says who somebody is. #}<p>{{ person.name }}, {{ person.age }}</p>",
        '<a href="{{ url(\'people:person\', args=[id]) }}" {% if new %}class="new"{% endif %}>{{ name }}</a>',
    ],
)
def test_what_is_wrapped_or_nobodys_to_read_in_a_template_is_left_alone(harmless: str) -> None:
    assert list(unwrapped.in_template(harmless)) == []


@pytest.mark.parametrize(
    "offence",
    [
        'raise NotFoundError("There is no such run.")',
        'label = "Surname"',
        'choices = [("disagree", "I disagree")]',
        'messages.success(request, f"{name} was asked")',
        'text = f"{count} of {total}"',
        'born = f"born {day}"',
        'heading = _("Lists") if lists else "None yet"',
        'class Form:\n    name = CharField(label="Name", help_text=_("As they like it"))',
    ],
)
def test_a_sentence_left_bare_in_python_is_noticed(offence: str) -> None:
    assert forgotten_in_python({CASEWORK + "people/presenters.py": offence}) != {}


@pytest.mark.parametrize(
    "harmless",
    [
        '"""Says what it is for."""\n\n\ndef f() -> "Person":\n    """Returns it."""',
        'label = _("Surname")',
        'messages.success(request, _("%(name)s was asked") % {"name": name})',
        'record(events.OPENED, actor=actor, sort="A visit")',
        "address = f'/people/{id}/'",
        '__all__ = ["Person", "Contact"]',
        "row = f'{name}, {day}'",
    ],
)
def test_what_is_wrapped_or_nobodys_to_read_in_python_is_left_alone(harmless: str) -> None:
    assert forgotten_in_python({CASEWORK + "people/presenters.py": harmless}) == {}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A small casework of its own, with a template, a module and its catalogue."""
    app = tmp_path / words.CASEWORK / "people"
    (app / "jinja2").mkdir(parents=True)
    (app / "jinja2/page.jinja").write_text(
        '{{ _("Nobody was found") }}\n{% trans n=n %}\n  One\n  {% pluralize %}\n'
        "  {{ n }} of them\n{% endtrans %}\n"
    )
    (app / "rules.py").write_text('TITLE = gettext_lazy("Of %(name)s")\n')
    write(tmp_path)
    return tmp_path


def write(root: Path) -> None:
    for path, content in words.written(root).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def translate(root: Path, english: str, welsh: str) -> None:
    path = words.catalogue(root, "cy")
    text = path.read_text(encoding="utf-8")
    assert f'msgid "{english}"\nmsgstr ""' in text
    path.write_text(
        text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{welsh}"'), "utf-8"
    )


def test_the_catalogues_are_what_the_sources_say_and_compiled() -> None:
    assert words.stale(tree.ROOT) == [], "run `make words` and commit what it writes"
    assert [
        each for language in words.LANGUAGES for each in words.wrong(words.read(tree.ROOT, language))
    ] == []


def test_words_that_are_new_or_gone_make_a_catalogue_stale(copy: Path) -> None:
    assert words.stale(copy) == []
    (copy / words.CASEWORK / "people/rules.py").write_text('TITLE = gettext_lazy("Of nobody")\n')
    assert words.stale(copy) == [f"{words.CASEWORK}/locale/cy/LC_MESSAGES/django.po"]
    write(copy)
    text = words.catalogue(copy, "cy").read_text(encoding="utf-8")
    assert "Of nobody" in text
    assert "%(name)s" not in text


def test_a_translation_that_was_not_compiled_is_stale_and_stays_through_the_next_gathering(
    copy: Path,
) -> None:
    translate(copy, "Nobody was found", "Ni chafwyd neb")
    assert words.stale(copy) == [f"{words.CASEWORK}/locale/cy/LC_MESSAGES/django.mo"]
    write(copy)
    assert words.stale(copy) == []
    assert b"Ni chafwyd neb" in words.catalogue(copy, "cy").with_suffix(".mo").read_bytes()
    (copy / words.CASEWORK / "people/rules.py").write_text('TITLE = _("Another")\n')
    write(copy)
    assert 'msgstr "Ni chafwyd neb"' in words.catalogue(copy, "cy").read_text(encoding="utf-8")


def test_what_waits_for_a_speaker_is_kept_and_not_shown(copy: Path) -> None:
    translate(copy, "Nobody was found", "Ni chafwyd neb")
    path = words.catalogue(copy, "cy")
    path.write_text(
        path.read_text(encoding="utf-8").replace('msgid "Nobody', '#, fuzzy\nmsgid "Nobody'), encoding="utf-8"
    )
    write(copy)
    assert '#, fuzzy\nmsgid "Nobody was found"\nmsgstr "Ni chafwyd neb"' in path.read_text(encoding="utf-8")
    assert b"Ni chafwyd" not in path.with_suffix(".mo").read_bytes()


def test_what_is_not_translated_is_not_compiled_so_that_english_counts_as_english(copy: Path) -> None:
    assert b"of them" not in words.catalogue(copy, "cy").with_suffix(".mo").read_bytes()
    assert b"of them" in words.catalogue(copy, "cy").read_bytes()


def test_gathering_tells_no_day_line_or_version_and_says_the_same_twice(copy: Path) -> None:
    before = words.written(copy)
    shutil.copytree(copy, copy.parent / "again")
    text = words.catalogue(copy, "cy").read_text(encoding="utf-8")
    assert not re.search(
        r"POT-Creation|Revision-Date|Babel|:\d+$|" + re.escape(str(copy)), text, re.MULTILINE
    )
    again = words.written(copy.parent / "again")
    assert list(again.values()) == list(before.values())


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("Of %(name)s", "O"),
        ("Of %(name)s", "O %(enw)s"),
        ("Nobody was found", "Ni chafwyd %(neb)s"),
        ("Nobody was found", "<b>Ni chafwyd neb</b>"),
        ("Nobody was found", 'Ni chafwyd \\"neb\\"'),
    ],
)
def test_a_translation_that_does_not_fit_is_told(copy: Path, english: str, welsh: str) -> None:
    translate(copy, english, welsh)
    assert any(english in each for each in words.wrong(words.read(copy, "cy")))


def test_one_that_fits_is_not(copy: Path) -> None:
    translate(copy, "Of %(name)s", "O %(name)s, “yma”")
    catalog = words.read(copy, "cy")
    assert list(words.wrong(catalog)) == []
    assert 0 < words.share_translated(catalog) < 1


def test_every_catalogue_that_stands_there_is_one_we_look_after() -> None:
    folders = {path.parts[-3] for path in tree.files() if path.match("locale/*/LC_MESSAGES/django.po")}
    assert folders == set(words.LANGUAGES)
    for language in words.LANGUAGES:
        read_po(
            io.StringIO(words.catalogue(tree.ROOT, language).read_text(encoding="utf-8")), abort_invalid=True
        )


def test_an_installed_package_has_the_compiled_catalogues(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=tree.ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "alongside/casework/locale/cy/LC_MESSAGES/django.mo" in names
