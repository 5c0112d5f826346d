"""The pages in a real browser: Debian's package ``chromium``, without a window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from scheduler.messages.languages import Language
from scheduler.report.page.compare_page import compare_page
from scheduler.report.page.roster_page import roster_page
from scheduler.workflows.review import review
from tests.processes import ends_within
from tests.report.page.comparisons import HOSTILE, comparison, worked, world
from tests.report.page.test_compare_page import CASCADES, NAMES, staffed
from tests.workflows.readings import reading_of

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright, of the extra browser")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="needs axe-playwright-python, of the extra browser"
)
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.slow,
    ends_within(240),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's package chromium"),
]
KINDS = ("compare", "roster")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        # Debian's sandbox does not work for root, as in a container.
        found = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of each kind in each language."""
    found = tmp_path_factory.mktemp("pages")
    instance = world(named=HOSTILE)
    reviewed = review(reading_of(instance, worked(instance)))
    for language in Language:
        pages = {
            "compare": compare_page(HOSTILE, staffed(comparison(instance, *NAMES)), language, cascades=CASCADES),
            "roster": roster_page(HOSTILE, reviewed, language, cascades=CASCADES),
        }
        for kind, page in pages.items():
            (found / f"{kind}-{language}.html").write_text(page, encoding="utf-8")
    return found


@dataclass
class Visit:
    """What a page has asked for and said while it was shown."""

    requests: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def to(self, page: Any, path: Path) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfinished", lambda request: self.loaded.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", Language)
def test_a_page_asks_for_nothing_and_has_no_error(browser: Any, folder: Path, kind: str, language: Language) -> None:
    path, visit = folder / f"{kind}-{language}.html", Visit()
    page = browser.new_page()
    visit.to(page, path)
    assert visit.requests == [path.as_uri()]
    assert visit.said == []
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") != "32px", "the style is refused"
    assert not page.evaluate("document.querySelectorAll('script').length")
    page.close()


def test_the_policy_refuses_what_a_page_does_not_have(browser: Any, folder: Path) -> None:
    """A page into which somebody writes a script and a picture runs and loads neither."""
    path, visit = folder / "compare-en.html", Visit()
    edited = folder / "edited.html"
    more = '<script>document.title = "ran"</script><img src="http://127.0.0.1:9/x.png" alt=""></body>'
    edited.write_text(path.read_text(encoding="utf-8").replace("</body>", more), encoding="utf-8")
    page = browser.new_page()
    visit.to(page, edited)
    assert page.title() != "ran"
    assert visit.loaded == [edited.as_uri()]
    assert len(visit.said) >= 2
    page.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("language", "opened"), [(Language.EN, False), *((language, True) for language in Language)])
def test_axe_finds_nothing(browser: Any, folder: Path, kind: str, language: Language, opened: bool) -> None:
    """axe-core is a script, for which the policy is lifted."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto((folder / f"{kind}-{language}.html").as_uri())
    if opened:
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = axe.Axe().run(page).response
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert len(found["passes"]) > 20
    context.close()


def test_the_keyboard_reaches_the_content_and_opens_a_table(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "compare-en.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")
    page.close()


@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_on_paper_every_table_is_shown_and_nothing_is_cut_off(browser: Any, folder: Path, paper: str) -> None:
    page = browser.new_page(viewport={"width": 690 if paper == "A4" else 1016, "height": 1000})
    page.goto((folder / "compare-en.html").as_uri())
    page.emulate_media(media="print")
    hidden = "[...document.querySelectorAll('details td')].filter(cell => !cell.checkVisibility()).length"
    assert page.evaluate("matchMedia('print').matches")
    page.wait_for_function(f"{hidden} === 0")  # Laid out in a later frame.
    assert page.evaluate("document.querySelectorAll('details:not([open]) td').length") > 100
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert page.pdf(format=paper).startswith(b"%PDF")
    page.close()


def test_on_a_wide_screen_no_table_of_three_strategies_scrolls(browser: Any, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    for language in Language:
        page.goto((folder / f"compare-{language}.html").as_uri())
        cut = "[...document.querySelectorAll('.wide')].filter(each => each.scrollWidth > each.clientWidth + 1)"
        assert page.evaluate(f"{cut}.map(each => each.getAttribute('aria-label'))") == []
    page.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_fits_every_screen(browser: Any, folder: Path, width: int) -> None:
    """Pictures and tables may scroll by themselves, the page does not."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    for kind in KINDS:
        page.goto((folder / f"{kind}-fr.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
