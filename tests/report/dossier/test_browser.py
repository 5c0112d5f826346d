"""The dossier in a real browser: Debian's package ``chromium``, without a window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import scheduler
from scheduler.messages.languages import Language
from scheduler.report.dossier.page import dossier_page
from scheduler.workflows.dossier import dossier
from tests.processes import ends_within
from tests.report.page import test_browser
from tests.report.page.test_browser import CHROMIUM, Visit
from tests.workflows.living import NOW, edited, roster_file, told

pytestmark = [
    pytest.mark.slow,
    ends_within(240),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's package chromium"),
]
browser = test_browser.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier in each language, of a roster with everything in it."""
    found = tmp_path_factory.mktemp("dossier")
    path = edited(told(roster_file(found)), {("P1", 3): ""})
    content = dossier(scheduler.load(path), NOW)
    for language in Language:
        (found / f"{language}.html").write_text(dossier_page(content, language), encoding="utf-8")
    return found


@pytest.mark.parametrize("language", Language)
def test_it_asks_for_nothing_and_axe_finds_nothing(browser: Any, folder: Path, language: Language) -> None:
    path, visit = folder / f"{language}.html", Visit()
    page = browser.new_page()
    visit.to(page, path)
    assert visit.requests == [path.as_uri()]
    assert visit.said == []
    page.close()
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(path.as_uri())
    found = test_browser.axe.Axe().run(page).response
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert len(found["passes"]) > 20
    context.close()


@pytest.mark.parametrize("language", Language)
def test_on_paper_nothing_is_cut_off(browser: Any, folder: Path, language: Language) -> None:
    """The width of A4 without its margins."""
    page = browser.new_page(viewport={"width": 690, "height": 1000})
    page.goto((folder / f"{language}.html").as_uri())
    page.emulate_media(media="print")
    wide = "[...document.querySelectorAll('table')].filter(table => table.getBoundingClientRect().right > innerWidth + 1).length"
    assert page.evaluate(wide) == 0
    page.close()
