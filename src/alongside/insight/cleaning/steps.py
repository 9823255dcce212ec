"""The cleaning steps: each takes a SQL text expression and returns another, in words both engines know.

Only functions that DuckDB and Spark share (directly or through sqlglot) are used, and no look-around in
patterns, so that one meaning holds on both.
"""

import unicodedata
from collections.abc import Callable

Step = Callable[[str], str]
"""SQL of a text in, SQL of a cleaner text out."""


def _accents() -> dict[str, str]:
    """Each accented lower-case Latin letter and the plain letter it is read as, one for one."""
    letters = {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ħ": "h",
        "\u0131": "i",  # the dotless i
        "ð": "d",
        "ə": "e",
        "ɓ": "b",
        "ɗ": "d",
        "ŋ": "n",
    }
    for code in (*range(0xE0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(code))[0]
        if chr(code).islower() and chr(code) != base and "a" <= base <= "z":
            letters.setdefault(chr(code), base)
    return letters


_APOSTROPHES = "\u2019\u2018\u02bc`\u00b4"  # quotation marks, the letter, a grave and an acute accent
_DASHES = "\u2010\u2011\u2013\u2014"
_PLAIN_FOR = _accents() | dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_DASHES, "-")
_ACCENT_SIGNS = "\u0300-\u036f"
"""Accents that follow their letter as characters of their own (Unicode, Combining Diacritical Marks)."""
_TITLES = (
    "mr|mrs|miss|ms|mx|dr|prof|professor|rev|revd|reverend|sir|lady|lord|dame|master|mstr|baron|baroness|"
    "count|countess|earl|duke|duchess|viscount|captain|capt|sister|father|hon|the|of"
)
_NOBODY = (
    "unknown|not known|unk|no name|none|null|n a|anonymous|anon|not given|not provided|withheld|refused|"
    "occupier|the occupier|resident|tbc|test|xx|xxx|female|unknown male|unknown female|unidentified|"
    "baby boy|baby girl|infant|caller|patient|passenger"
)
_NO_NAME = f"{_NOBODY}|na|male|adult|child|baby|person|driver"
"""Includes words written where a name is not known that are also surnames: Minnie Driver, Julia Child."""
_NO_MAIL = "no|none|noemail|no email|unknown|na|n/a|notprovided|test"

MONTHS = {
    name: f"{number:02d}"
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}


def small_letters(text: str) -> str:
    """Lower case, trimmed."""
    return f"lower(trim({text}))"


def plain_letters(text: str) -> str:
    """Letters without their accents, and plain apostrophes and dashes: Łukasz and Lukasz are one spelling.

    An accent may be part of its letter or a character of its own after it, as some systems write it and as İ
    becomes in lower case; both are removed.
    """
    single = (
        f"translate({text}, '{''.join(_PLAIN_FOR)}', "
        f"'{''.join(_PLAIN_FOR.values()).replace(chr(39), chr(39) * 2)}')"
    )
    double = f"replace(replace(replace(replace({single}, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')"
    signs = f"regexp_replace({double}, '[{_ACCENT_SIGNS}]+', '', 'g')"
    # most text is plain already, and translating with so long a list is slow; a backtick is not plain
    return f"case when regexp_matches({text}, '[^ -_a-~]') then {signs} else {text} end"


def words_only(text: str) -> str:
    """Words of a to z, single-spaced; apostrophes go (O'Brien is one word), anything else separates words."""
    return f"trim(regexp_replace(replace({text}, '''', ''), '[^a-z]+', ' ', 'g'))"


def letters_and_digits(text: str) -> str:
    """Words of letters and digits separated by single spaces."""
    return f"trim(regexp_replace(replace({text}, '''', ''), '[^a-z0-9]+', ' ', 'g'))"


def one_space(text: str) -> str:
    """Text as it was written, with several spaces made one."""
    return f"regexp_replace({text}, ' +', ' ', 'g')"


def without_titles(text: str) -> str:
    """A name without Mrs, Dr, Sir and the like, wherever they stand."""
    # each word with spaces of its own, so that neighbours both go
    doubled = f"replace(concat(' ', {text}, ' '), ' ', '  ')"
    return f"trim(regexp_replace(regexp_replace({doubled}, ' ({_TITLES}) ', ' ', 'g'), ' +', ' ', 'g'))"


def none_if_no_name(text: str) -> str:
    """NULL for what a form is filled with when the name is not known."""
    return f"nullif(regexp_replace({text}, '^({_NO_NAME})( ({_NO_NAME}))*$', ''), '')"


def none_if_nobody(text: str) -> str:
    """NULL for what is never anybody's name; Driver and Child stay: after a forename they are surnames."""
    return f"nullif(regexp_replace({text}, '^({_NOBODY})( ({_NOBODY}))*$', ''), '')"


def first_word(text: str) -> str:
    """The first word."""
    return f"regexp_extract({text}, '^([a-z]+)', 1)"


def after_first_word(text: str) -> str:
    """All words but the first."""
    return f"trim(regexp_replace({text}, '^[a-z]+', ''))"


def last_word(text: str) -> str:
    """The last word."""
    return f"regexp_extract({text}, '([a-z]+)$', 1)"


def without_spaces(text: str) -> str:
    """Smith Jones and Smith-Jones are one surname: smithjones."""
    return f"replace({text}, ' ', '')"


def none_if_empty(text: str) -> str:
    """NULL where nothing is left."""
    return f"nullif({text}, '')"


def digits_only(text: str) -> str:
    """The digits, in order."""
    return f"regexp_replace({text}, '[^0-9]+', '', 'g')"


def age(text: str) -> str:
    """Whole years from an age in years ("45", "45 yrs", "45.0"); NULL for months, ranges and all else."""
    return f"nullif(regexp_extract({text}, '^([0-9]{{1,3}})([.][0-9]+)?( *y(ea)?r?s?( *old)?)?$', 1), '')"


def reference(text: str) -> str:
    """A reference or number as letters and digits without spaces; NULL where something else fills the form.

    A number that names a person has a digit in it, is not all zeros, and is not one character six times or
    more: UNKNOWN, N/A and 999999 would otherwise speak for one person in everybody whose number is not known.
    """
    squeezed = f"regexp_replace({text}, '[^a-z0-9]+', '', 'g')"
    held = f"regexp_extract({squeezed}, '^[a-z0-9]*[0-9][a-z0-9]*$', 0)"
    said = (
        f"replace({squeezed}, '0', '') <> '' and "
        f"(length({squeezed}) < 6 or replace({squeezed}, left({squeezed}, 1), '') <> '')"
    )
    return f"case when {said} then {none_if_empty(held)} end"


def sex_word(text: str) -> str:
    """``female``, ``male``, or NULL: from words, letters or the codes of ISO 5218 (1 male, 2 female)."""
    return (
        f"case when regexp_matches({text}, '^(f|fem|female|woman|girl|w|2|2\\.0)$') then 'female' "
        f"when regexp_matches({text}, '^(m|male|man|boy|1|1\\.0)$') then 'male' end"
    )


def postcode(text: str) -> str:
    """A postcode without spaces, in lower case; NULL for the codes that mean no fixed abode or not known.

    Source: ZZ99 3CZ, 3VZ and other ZZ99 codes are the NHS's pseudo-postcodes (domain reference 4.1). A code
    of another country is kept as written: looking a postcode up is no reason to refuse it.
    """
    squeezed = f"regexp_replace({text}, '[^a-z0-9]+', '', 'g')"
    return (
        f"nullif(regexp_extract(regexp_replace({squeezed}, '^zz99.*$', ''), "
        "'^[a-z0-9]*[0-9][a-z0-9]*$', 0), '')"
    )


def uprn(text: str) -> str:
    """A UPRN as 1 to 12 digits without leading zeros, else NULL. Source: GeoPlace, domain reference 4.1."""
    return f"nullif(regexp_extract({text}, '^0*([1-9][0-9]{{0,11}})([.]0+)?$', 1), '')"


def phone(text: str) -> str:
    """The last nine digits of a telephone number: the same with +44, 0044 or 0 before it.

    NULL if there are fewer, or if they are all the same digit.
    """
    one_digit = "|".join(f"{digit}{{9}}" for digit in range(10))
    return (
        f"nullif(regexp_extract(regexp_replace({digits_only(text)}, '^.*({one_digit})$', ''), "
        f"'([0-9]{{9}})$', 1), '')"
    )


def phone_written(text: str) -> str:
    """A telephone number as its cell has it, to ring and not to compare; NULL where ``phone`` is."""
    return f"case when {phone(text)} is not null then trim({text}) end"


def email(text: str) -> str:
    """An e-mail address in lower case; NULL without an @, or where a word for none is written instead."""
    return (
        f"case when {text} like '%_@_%._%' and not regexp_matches({text}, '^({_NO_MAIL})@') then {text} end"
    )


def birth_digits(text: str, *, order: str = "dmy", bare: bool = False, newest_year: int) -> str:
    """A date of birth as eight digits, year month day, as far as it was written; NULL if not a whole date.

    It need not be a real date: 1985-13-02 is kept as 19851302, because a slip of the pen is still
    evidence of who was meant. ``order`` settles what the digits cannot: ``mdy`` reads 02/13/1985 as the
    second month, ``ydm`` 1985-13-02. Eight bare digits are year, month, day, unless ``bare`` says that they
    are in that order too. A year of two digits is the latest such year up to ``newest_year``.
    """
    iso_month, iso_day = (3, 2) if order == "ydm" else (2, 3)
    month_at, day_at = (1, 2) if order == "mdy" else (2, 1)  # which group holds the month, which the day
    short_year, short_month, short_day = (order.index(part) + 1 for part in "ymd")
    parted = "[-/. ]"
    iso = f"^([0-9]{{4}}){parted}([0-9]{{1,2}}){parted}([0-9]{{1,2}})"
    spoken = f"^([0-9]{{1,2}}){parted}([0-9]{{1,2}}){parted}([0-9]{{4}})"
    widths = ["{2}" if part == "y" else "{1,2}" for part in order]
    short = "^" + parted.join(f"([0-9]{width})" for width in widths) + "$"
    named = f"^([0-9]{{1,2}})(?:st|nd|rd|th)?{parted}*(?:of )?([a-z]{{3}})[a-z]*[-/., ]*([0-9]{{4}})"
    named_first = f"^([a-z]{{3}})[a-z]*{parted}*([0-9]{{1,2}})(?:st|nd|rd|th)?[-/., ]+([0-9]{{4}})"
    month_number = " ".join(f"when '{name}' then '{number}'" for name, number in MONTHS.items())

    def group(pattern: str, number: int, width: int = 2) -> str:
        return f"lpad(regexp_extract({text}, '{pattern}', {number}), {width}, '0')"

    def month(pattern: str, number: int) -> str:
        return f"coalesce(case regexp_extract({text}, '{pattern}', {number}) {month_number} end, '00')"

    def piece(part: str) -> str:
        start = 1 + sum(4 if before == "y" else 2 for before in order[: order.index(part)])
        return f"substr({text}, {start}, {4 if part == 'y' else 2})"

    as_ordered = f"concat({piece('y')}, {piece('m')}, {piece('d')})"
    century = (
        f"case when cast({group(short, short_year)} as integer) > {newest_year % 100} then '19' else '20' end"
    )
    return (
        f"case when {text} is null then null "
        f"when regexp_matches({text}, '{iso}') then "
        f"concat({group(iso, 1, 4)}, {group(iso, iso_month)}, {group(iso, iso_day)}) "
        f"when regexp_matches({text}, '^[0-9]{{8}}$') then {as_ordered if bare else text} "
        f"when regexp_matches({text}, '{spoken}') then "
        f"concat({group(spoken, 3, 4)}, {group(spoken, month_at)}, {group(spoken, day_at)}) "
        f"when regexp_matches({text}, '{short}') then "
        f"concat({century}, {group(short, short_year)}, {group(short, short_month)}, "
        f"{group(short, short_day)}) "
        f"when regexp_matches({text}, '{named}') then "
        f"concat({group(named, 3, 4)}, {month(named, 2)}, {group(named, 1)}) "
        f"when regexp_matches({text}, '{named_first}') then "
        f"concat({group(named_first, 3, 4)}, {month(named_first, 1)}, {group(named_first, 2)}) end"
    )


def birth_year(text: str) -> str:
    """The year alone, where only a year was written."""
    return f"case when regexp_matches({text}, '^[0-9]{{4}}$') then cast({text} as integer) end"
