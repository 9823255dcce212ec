"""Pages of this app, asked for as somebody."""

import re
from collections.abc import Callable

from django.http import HttpResponse

Ask = Callable[..., HttpResponse]


def text_of(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())
