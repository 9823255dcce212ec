"""What stands above every page for as long as it is so: put there by middleware, on ``request.banners``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Banner:
    """One of them.

    Attributes:
        title: what it is about, in a word or two.
        text: what is so.
        link: text and address of where it leads.
        button: text and address of what ends it; it is sent by POST.
    """

    title: str
    text: str
    link: tuple[str, str] | None = None
    button: tuple[str, str] | None = None
