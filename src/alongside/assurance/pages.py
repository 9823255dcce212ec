"""Markdown that a pack's words cannot break, and the same page as HTML that prints well and loads nothing."""

import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt

TO_WRITE = "TO WRITE"
"""Before every blank: search for it to find what is missing."""

_SIGNS = re.compile(r"([\\`*_\[\]<>|~&])")
_BEGINS_A_BLOCK = re.compile(r"^(\d*)(?=[#+=.)-])")
_STYLE = """
body{font:16px/1.5 Arial,Helvetica,sans-serif;color:#111;max-width:62em;margin:2em auto;padding:0 1em}
h1,h2,h3{line-height:1.2}h2{margin-top:2em;border-bottom:2px solid #111}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9em;margin:1em 0}
th,td{border:1px solid #666;padding:.35em .5em;text-align:left;vertical-align:top}th{background:#eee}
blockquote{margin:1em 0;padding:.5em 1em;border-left:.5em solid #b35900;background:#fff6e6}
blockquote p{margin:0}code{font-size:.95em;overflow-wrap:anywhere}
@media print{body{margin:0;max-width:none;font-size:10pt}.wide{overflow:visible}
tr,blockquote{break-inside:avoid}thead{display:table-header-group}h2,h3{break-after:avoid}}
"""


def told(words: object) -> str:
    """Return words of a pack as Markdown that shows them as they are, on one line."""
    plain = _SIGNS.sub(r"\\\1", " ".join(str(words).split()))
    return _BEGINS_A_BLOCK.sub(r"\1\\", plain)


def blank(what: str) -> str:
    """Return a blank for what only the partnership can say, and what to write in it."""
    return f"> **{TO_WRITE}.** {what}"


def proof(test: str) -> str:
    """Return a test's name as a sentence, and where to find it."""
    file, _, name = test.partition("::")
    return f"{name.removeprefix('test_').replace('_', ' ')} (`{file.removeprefix('tests/')}`)"


def page(template: str, **values: object) -> str:
    """Return a page of Markdown; a value that the template needs and is not given raises an error."""
    made = Environment(  # noqa: S701 - Markdown, whose signs `told` takes the force of
        loader=PackageLoader("alongside.assurance"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"told": told, "proof": proof}
    made.globals |= {"TO_WRITE": TO_WRITE, "blank": blank}
    return re.sub(r"\n{3,}", "\n\n", made.get_template(template).render(values))


def printable(markdown: str) -> str:
    """Return a page of Markdown as one HTML file: no script, nothing loaded, a table's head on each sheet."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    body = reader.render(markdown).replace("<th>", '<th scope="col">')
    body = body.replace("<table>", '<div class="wide" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
    heading = re.search(r"<h1>(.*?)</h1>", body)
    title = re.sub("<[^>]*>", "", heading[1]) if heading else ""
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style></head>\n"
        f"<body><main>\n{body}</main></body>\n</html>\n"
    )
