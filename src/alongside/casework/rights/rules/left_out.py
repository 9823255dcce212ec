"""How to recognise somebody who objected and whose records have been erased. Pure."""

from datetime import date

from alongside.casework.people.rules import search_words


def traits_of(*, nhs_number: str, forename: str, surname: str, date_of_birth: date | None) -> list[str]:
    """Return what identifies one person, however it is written; nothing where too little is known.

    Many people share a name, and many share a birthday.
    """
    found = []
    if digits := "".join(sign for sign in nhs_number if sign.isdigit()):
        found.append(f"nhs:{digits}")
    if surname and forename and date_of_birth:
        found.append(":".join(("born", date_of_birth.isoformat(), search_words(forename, surname))))
    return found
