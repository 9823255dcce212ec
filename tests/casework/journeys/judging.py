"""What axe says of a page: asked once of whatever is built alike, by all the processes of a run together."""

from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

BUILT_OF = """() => {
  const alike = said => said.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\\d+/g, '#');
  const built = element => {
    const said = Array.from(element.attributes, each =>
      ['value', 'nonce', 'content'].includes(each.name) ? each.name : `${each.name}=${alike(each.value)}`);
    const inside = Array.from(element.childNodes, each =>
      each.nodeType === Node.ELEMENT_NODE ? built(each) : each.textContent.trim() ? 'words' : '');
    const each_once = inside.filter((one, at) => one !== inside[at - 1]);
    return `<${element.tagName} ${said.sort().join(" ")}>${each_once}`;
  };
  return built(document.documentElement);
}"""
"""What a page is built of, whatever it says: as many cards alike, or other words, are judged alike."""
# what passed would be sent with its HTML, which takes longer than to find that it passes
WHAT_IS_WRONG = "axe.run({resultTypes: ['violations']}).then(({violations}) => ({violations}))"


class Judge:
    """Judges pages, and knows which were judged already."""

    of_the_run: ClassVar["Judge"]

    def __init__(self, folder: Path) -> None:
        """Judge by what is remembered in a folder, which the processes of one run share."""
        self._folder = folder

    def judge(self, page: Page, built: str) -> None:
        """Find nothing wrong with a page as it stands, or fail; ``built`` says what of, and how wide."""
        judged = self._folder / sha256(built.encode()).hexdigest()
        if not judged.exists():
            if page.evaluate("typeof axe === 'undefined'"):
                page.evaluate(AXE_SCRIPT)
            found = AxeResults(page.evaluate(WHAT_IS_WRONG))
            assert found.violations_count == 0, found.generate_report()
            judged.touch()  # only now: whoever else comes to what is wrong finds it too
