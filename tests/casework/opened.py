"""Two people with one form open at once: what a browser sends of it, and that neither undoes the other."""

from html.parser import HTMLParser

from django.test import Client

Sent = dict[str, list[str]]


class _Form(HTMLParser):
    """What a browser would send of the longest form of a page, if nothing in it were touched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Sent] = []
        self.area = self.select = ""
        self.feed(page)
        self.longest = max(self.forms, key=len)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in given}
        if tag == "form":
            self.forms.append({})
        elif tag == "textarea":
            self.area = told["name"]
            self.forms[-1][self.area] = [""]
        elif tag == "select":
            self.select = told["name"]
        elif tag == "option" and (self.select not in self.forms[-1] or "selected" in told):
            self.forms[-1][self.select] = [told["value"]]
        elif tag == "input" and told.get("name") and self.forms:
            kind = told.get("type", "text")
            if kind not in ("radio", "checkbox") or "checked" in told:
                self.forms[-1].setdefault(told["name"], []).append(told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # as browsers do: the first line's end is the tag's, and lines end with two signs
            words = self.forms[-1][self.area][0].removeprefix("\n")
            self.forms[-1][self.area], self.area = [words.replace("\n", "\r\n")], ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1][self.area][0] += data


def standing(page: str) -> Sent:
    """What stands in the form of a page."""
    return _Form(page).longest


def both_are_kept(
    first: Client, second: Client, path: str, *, only_theirs: str, only_mine: str, both: str
) -> None:
    """Change one box each and one box both, the second after the first; and see that all of it is kept."""
    opened, also = standing(first.get(path).text), standing(second.get(path).text)
    theirs = {only_theirs: ["The first's words"], both: ["As the first has it"]}
    mine = {only_mine: ["The second's words"], both: ["As the second has it"]}
    assert first.post(path, opened | theirs).status_code == 302
    answer = second.post(path, also | mine)
    assert answer.status_code == 409
    page = answer.text
    assert page.count("Theirs:") == 1, "only what both changed stands side by side"
    assert "As the first has it" in page
    assert page.count("You both changed this.") == 1, "and its box says so"
    held = standing(page)
    for name, value in (mine | {only_theirs: theirs[only_theirs]}).items():
        assert held[name] == value, name
    assert second.post(path, held).status_code == 302
    stands = standing(second.get(path).text)
    assert [stands[name] for name in (only_theirs, only_mine, both)] == [
        ["The first's words"], ["The second's words"], ["As the second has it"],
    ]  # fmt: skip
    # and where they changed different boxes nothing is set side by side, but it is said what changed
    opened, also = standing(first.get(path).text), standing(second.get(path).text)
    assert first.post(path, opened | {only_theirs: ["Once more the first"]}).status_code == 302
    page = second.post(path, also | {only_mine: ["Once more the second"]}).text
    assert "They now show what was saved in the meantime" in page
    assert "Theirs:" not in page
    assert second.post(path, standing(page)).status_code == 302
    stands = standing(second.get(path).text)
    assert (stands[only_theirs], stands[only_mine]) == (["Once more the first"], ["Once more the second"])
