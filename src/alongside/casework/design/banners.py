"""What is shown at the top of every page while it applies: middleware puts it on ``request.banners``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Banner:
    """One of these banners.

    Attributes:
        title: what it is about, in a word or two.
        text: what applies.
        link: text and address of where it leads.
        button: text and address of what ends it; sent by POST.
    """

    title: str
    text: str
    link: tuple[str, str] | None = None
    button: tuple[str, str] | None = None
