"""The words people see, gathered for translation: ``python -m tools.words`` writes, ``--check`` compares.

It reads every template and module of casework and keeps existing translations. The same sources always give
the same catalogues: no date, no line numbers, sorted by where the words are. There is a compiled catalogue
beside each, so that an installed package does not need our tools.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CASEWORK = "src/alongside/casework"
LANGUAGES = ("cy",)
METHODS = [("**.py", "python"), ("**.jinja", "jinja2")]
JINJA = {
    "trimmed": "true",
    "newstyle_gettext": "true",
    "silent": "false",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "event_type": (2,),  # stored in English, and shown in the reader's language
}
HEADER = """\
# Welsh words of Alongside. `make words` gathers them; docs/how-to/translate.md says how to translate.
#"""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|{\w*}")
MARKUP = re.compile(r"</?[a-z][^>]*>|&\w+;")


def catalogue(root: Path, language: str) -> Path:
    """Return where the catalogue of a language is."""
    return root / CASEWORK / "locale" / language / "LC_MESSAGES" / "django.po"


def gathered(root: Path) -> Catalog:
    """Return every message that templates and modules use."""
    found = Catalog(charset="utf-8")
    for path, _, message, comments, context in extract_from_dir(
        root / CASEWORK,
        METHODS,
        {"**.jinja": JINJA},
        KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    ):
        found.add(message, locations=[(path, 0)], auto_comments=comments, context=context)
    return found


class Words(Catalog):
    """A catalogue whose header says only what readers need: no date, no name, no tool version."""

    @property  # type: ignore[misc]
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return the language, its plural forms, and the encoding."""
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def read(root: Path, language: str) -> Catalog:
    """Return a language's catalogue as it is; an empty one if there is none yet."""
    path = catalogue(root, language)
    return read_po(io.StringIO(path.read_text(encoding="utf-8") if path.exists() else ""), locale=language)


def brought_up_to_date(root: Path, language: str) -> Words:
    """Return a language's catalogue with everything that is gathered now.

    When words disappear, so do their translations; translations of new words are never guessed.
    """
    stands = read(root, language)
    made = Words(locale=language, charset="utf-8", header_comment=HEADER, fuzzy=False)
    for message in gathered(root):
        if not message.id:
            continue
        known = stands.get(message.id, message.context)
        kept = known if known and known.id == message.id and any(_forms(known.string)) else None
        made.add(
            message.id,
            kept.string if kept else None,
            locations=sorted({(name, 0) for name, _ in message.locations}),
            flags=message.flags | ({"fuzzy"} & kept.flags if kept else set()),
            auto_comments=sorted(set(message.auto_comments)),
            user_comments=kept.user_comments if kept else (),
            context=message.context,
        )
    return made


def written(root: Path) -> dict[Path, bytes]:
    """Return what each file should hold now; words waiting for a speaker (fuzzy) are not compiled."""
    files: dict[Path, bytes] = {}
    for language in LANGUAGES:
        words, text, binary = brought_up_to_date(root, language), io.BytesIO(), io.BytesIO()
        write_po(text, words, width=110, sort_by_file=True, include_lineno=False)
        write_mo(binary, _finished(words))
        path = catalogue(root, language)
        files |= {path: text.getvalue(), path.with_suffix(".mo"): binary.getvalue()}
    return files


def _finished(words: Words) -> Words:
    """Return what is translated in all its forms: for the rest, Babel would make wrong English plurals."""
    made = Words(locale=words.locale, charset="utf-8", fuzzy=False)
    for message in words:
        if message.id and not message.fuzzy and all(_forms(message.string)):
            made.add(message.id, message.string, context=message.context)
    return made


def stale(root: Path) -> list[str]:
    """Return the files that are missing or out of date."""
    return [
        str(path.relative_to(root))
        for path, content in written(root).items()
        if not path.exists() or path.read_bytes() != content
    ]


def wrong(catalog: Catalog) -> Iterator[str]:
    """Yield every translation that does not fit: different placeholders, tags or quotation marks."""
    for message in catalog:
        ids, strings = _forms(message.id), _forms(message.string)
        if not any(ids) or not any(strings):
            continue
        places = [_parts(PLACEHOLDER, each) for each in ids]
        if not all(strings):
            yield f"“{ids[0]}”: not every form of it is translated"
        for said in filter(None, strings):
            if _parts(PLACEHOLDER, said) not in places:
                yield f"“{ids[0]}”: “{said}” does not have the same placeholders"
            if _parts(MARKUP, said) != _parts(MARKUP, ids[-1]):
                yield f"“{ids[0]}”: “{said}” does not have the same tags"
            if '"' in said and '"' not in ids[-1]:
                yield f"“{ids[0]}”: “{said}” has a straight quotation mark: write “ and ”"


def _parts(pattern: re.Pattern[str], text: str) -> list[str]:
    return sorted(pattern.findall(text))


def _forms(said: object) -> tuple[str, ...]:
    """Return the forms of a message: one, or one for each plural form of the language."""
    return tuple(map(str, said)) if isinstance(said, tuple | list) else (str(said or ""),)


def share_translated(catalog: Catalog) -> float:
    """Return what share of a catalogue has been translated and checked, from 0 to 1."""
    messages = [message for message in catalog if message.id]
    done = [each for each in messages if not each.fuzzy and all(_forms(each.string))]
    return len(done) / len(messages) if messages else 0.0


def main() -> None:
    """Write, or with ``--check`` compare; exit 1 if a file is out of date or a translation does not fit."""
    unfit = [each for language in LANGUAGES for each in wrong(brought_up_to_date(ROOT, language))]
    if unfit:
        sys.exit("\n".join(unfit))
    if "--check" in sys.argv:
        if old := stale(ROOT):
            sys.exit(f"out of date: {', '.join(old)}. Run `make words` and commit what it writes.")
        return
    for path, content in written(ROOT).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
