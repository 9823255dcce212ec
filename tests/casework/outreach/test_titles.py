"""Organisations are called what people call them."""

from alongside.casework.outreach.presenters.titles import organisation_name


def test_the_names_that_a_run_gives_keep_their_capitals_and_a_code_becomes_words() -> None:
    several = "Riverside Council, Riverside Together (voluntary groups)"
    assert organisation_name(several) == several
    assert organisation_name("riverside_council") == "Riverside Council"
    assert organisation_name("nobody_we_know") == "Nobody we know"
