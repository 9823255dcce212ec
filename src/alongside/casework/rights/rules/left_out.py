"""By what somebody is known again who objected and is held no longer. Pure."""

from datetime import date

from alongside.casework.people.rules import search_words


def traits_of(*, nhs_number: str, forename: str, surname: str, date_of_birth: date | None) -> list[str]:
    """Return what tells one person from all others, however it is written; nothing where too little is known.

    A name alone is many people's, and so is a birthday.
    """
    found = []
    if digits := "".join(sign for sign in nhs_number if sign.isdigit()):
        found.append(f"nhs:{digits}")
    if surname and forename and date_of_birth:
        found.append(":".join(("born", date_of_birth.isoformat(), search_words(forename, surname))))
    return found
