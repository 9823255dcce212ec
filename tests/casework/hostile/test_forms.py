"""Every form of every page with what nobody should send: a clear answer, nothing lost, nothing run."""

import re
from collections import Counter
from html import unescape

from django.db import transaction
from tests.casework.hostile.conftest import Offered, Scene, forms_on

SCRIPT = "<script>alert(1)</script>"
TEMPLATES = "{{7*7}}{% include 'x' %}${7*7}'; drop table people_person; --"
NASTY = {
    "a script": f"\"'>{SCRIPT}<img src=x onerror=alert(1)>{TEMPLATES}",
    "NUL": "before\x00after",
    "odd signs": "safe\u202egnp.exe 👩🏽\u200d🦽 \x01\x1b[31m\x7f\x85\ufffe\U0010ffff Z"
    + "\u0335\u0489" * 90,
    "one very long word": "Llan" * 1_250,
    "a number beyond all": "9" * 4_000,
    "only space": " \t\u00a0\u3000\n ",
}
ONE_BOX_AT_A_TIME = "one very long word"


def test_no_form_breaks_on_it_runs_it_or_loses_it(scene: Scene, offered: list[Offered]) -> None:
    assert len(offered) > 40
    assert sum(len(each.form.texts) for each in offered) > 90
    faults: list[str] = []
    answers: Counter[int] = Counter()
    for each in offered:
        client = scene.client(each.who)
        for what, words in NASTY.items():
            single = len(each.form.texts) > 1 and what == ONE_BOX_AT_A_TIME
            for only in [(), *((name,) for name in each.form.texts if single)]:
                sent = each.form.filled(words, *only)
                with transaction.atomic():
                    answer = client.post(each.form.action, sent)
                    transaction.set_rollback(True)
                answers[answer.status_code] += 1
                where = f"{each.who}: {each.form.action} {only or 'all'}, {what} ({answer.status_code})"
                told = wrong(answer.status_code, answer.content.decode(), sent, each)
                faults += [f"{where} {fault}" for fault in told if what != "NUL" or "lost" not in fault]
    assert faults == []
    assert answers[302] > 50


def wrong(status: int, page: str, sent: dict[str, str], each: Offered) -> list[str]:
    """What is not as it should be with an answer to a form."""
    found = []
    if status >= 500:
        found.append("broke")
    if SCRIPT in page or "<img src=x" in page:
        found.append("runs it")
    if status in (200, 422) and forms_on(page, each.form.action):
        found += [f"lost {name}" for name in lost(page, sent, each.form.texts)]
    if status in (400, 409) and any(len(sent.get(name, "")) > 9 for name in each.form.texts):
        found.append("answers without the form, and all that was written is gone")
    return found


def lost(page: str, sent: dict[str, str], names: list[str]) -> list[str]:
    """Which boxes of a form that comes back do not hold what was written in them."""
    found = []
    for name in names:
        box = re.search(
            rf'<textarea[^>]*name="{re.escape(name)}"[^>]*>\n?(.*?)</textarea>|<input[^>]*name="{re.escape(name)}"[^>]*>',
            page,
            re.DOTALL,
        )
        if box is None or 'type="password"' in box[0]:
            continue
        value = re.search(r'value="([^"]*)"', box[0]) if box[1] is None else None
        holds = unescape(box[1] if box[1] is not None else value[1] if value else "")
        if plain(holds) != plain(sent[name]):
            found.append(name)
    return found


def plain(words: str) -> str:
    return " ".join(words.split())
