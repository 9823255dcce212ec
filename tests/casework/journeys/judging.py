"""What axe says of a page: asked once of whatever is built alike, by all the processes of a run together."""

from hashlib import sha256
from pathlib import Path
from typing import ClassVar, TypedDict

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page


class Stands(TypedDict):
    """How a page stands at one width."""

    parts: list[str]
    """What each landmark is built of, and the page around them: whatever they say, but with what is hidden
    there, scrolls, or is small and close to another to touch."""
    looks: list[str]
    """The different ways in which words look there."""


HOW_IT_STANDS = """() => {
  const anything = ['value', 'nonce', 'content', 'href', 'action', 'src', 'name'];
  const landmarks = ['HEADER', 'NAV', 'MAIN', 'FOOTER'];
  const alike = said => said.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\\d+/g, '#');
  const to_touch = 'a, button, input, select, textarea, summary, label, [tabindex], [role=button]';
  const touched = Array.from(document.querySelectorAll(to_touch), element => {
    const {left, right, top, bottom, width, height} = element.getBoundingClientRect();
    const small = Math.min(width, height) < 24;
    return {element, left, right, top, bottom, x: left + width / 2, y: top + height / 2, small};
  });
  const beside = (one, other) => one !== other && (other.small
    ? Math.hypot(one.x - other.x, one.y - other.y) < 24
    : one.x > other.left - 12 && one.x < other.right + 12
      && one.y > other.top - 12 && one.y < other.bottom + 12);
  const close = new Set(touched.filter(one => one.small && touched.some(other => beside(one, other)))
    .map(one => one.element));
  const parts = [];
  const looks = new Map();  // to all that look so: axe says nothing of some, as of a single letter
  const built = (element, on) => {
    const style = getComputedStyle(element);
    const shown = element.checkVisibility({visibilityProperty: true});
    const off = element.matches(':disabled, [aria-disabled=true] *') || Boolean(element.control?.disabled);
    const {tagName, className, type} = element;
    const is = `${tagName} ${className} ${type} ${off} ${shown} ${style.textDecorationLine}`;
    const look = `${on} > ${is} ${[
      style.color, style.backgroundColor, style.backgroundImage !== 'none', style.opacity, style.textShadow,
      style.position, parseFloat(style.fontSize) >= (style.fontWeight >= 700 ? 18.66 : 24)]}`;
    const nodes = Array.from(element.childNodes);
    const says = each => each.nodeType === Node.TEXT_NODE ? each.textContent.trim() : '';
    if (shown && (element.matches('input, select, textarea') || nodes.some(each => says(each).length > 1)))
      looks.set(look, [...looks.get(look) ?? [], element]);
    const said = Array.from(element.attributes, each =>
      anything.includes(each.name) ? each.name : `${each.name}=${alike(each.value)}`);
    const scrolls = style.overflow !== 'visible'
      && (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight);
    const opening = `${is} ${scrolls} ${close.has(element)} ${said.sort().join(' ')}`;
    const once = them => them.filter((one, at) => one !== them[at - 1]);
    const inside = once(nodes.map(each =>
      each.nodeType === Node.ELEMENT_NODE ? built(each, look) : says(each) ? 'words' : ''));
    if (!landmarks.includes(tagName)) return `<${opening}>${inside}`;
    const headings = once(Array.from(element.querySelectorAll('h1, h2, h3, h4, h5'), each => each.tagName));
    return `<${opening} ${headings} ${parts.push(`<${opening}>${inside}`)}>`;  // each of two counts
  };
  parts.push(built(document.documentElement, ''));
  window.looks = looks;
  return {parts, looks: Array.from(looks.keys())};
}"""
"""As many cards alike, or other words, are judged alike; so are words that look alike on what looks alike."""
# What passed would be sent with its HTML, which takes longer than to find that it passes.
WHAT_IS_WRONG = """async unjudged => {
  const asked = unjudged.flatMap(look => window.looks.get(look));
  asked.forEach(element => element.setAttribute('data-unjudged', ''));
  axe.configure({rules: [{id: 'color-contrast', selector: '[data-unjudged]'}]});
  const {violations} = await axe.run({
    resultTypes: ['violations'], rules: {'target-size': {enabled: true}}  // of WCAG 2.2, which axe leaves out
  });
  asked.forEach(element => element.removeAttribute('data-unjudged'));
  return {violations};
}"""


class Judge:
    """Judges pages, and knows which were judged already."""

    of_the_run: ClassVar["Judge"]

    def __init__(self, folder: Path) -> None:
        """Judge by what is remembered in a folder, which the processes of one run share."""
        self._folder = folder

    def judge(self, page: Page) -> None:
        """Find nothing wrong with a page as it stands, or fail."""
        stands: Stands = page.evaluate(HOW_IT_STANDS)
        if not self._unjudged([*stands["parts"], *stands["looks"]]):
            return
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(AXE_SCRIPT)
        found = AxeResults(page.evaluate(WHAT_IS_WRONG, self._unjudged(stands["looks"])))
        assert found.violations_count == 0, found.generate_report()
        for each in (*stands["parts"], *stands["looks"]):
            self._of(each).touch()  # only now: whoever else comes to what is wrong finds it too

    def _unjudged(self, them: list[str]) -> list[str]:
        return [each for each in them if not self._of(each).exists()]

    def _of(self, part: str) -> Path:
        return self._folder / sha256(part.encode()).hexdigest()
