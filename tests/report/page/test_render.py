"""Every page: its policy, its language, and what a hostile text can do in it, which is nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from scheduler.messages.languages import Language
from scheduler.report.page.render import kept_together, render


class Elements(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_policy_names_the_style_sheet_and_nothing_else() -> None:
    page = render("base.html", Language.EN, "A page", css=".more { color: red; }")
    found = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert found is not None
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    policies = [
        attributes["content"] for tag, attributes in Elements(page).found
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]  # fmt: skip
    assert policies == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]


def test_a_style_sheet_cannot_leave_its_element() -> None:
    with pytest.raises(ValueError, match="style sheet"):
        render("base.html", Language.EN, "A page", css="</style><script>")


@pytest.mark.parametrize("language", Language)
def test_a_page_says_its_language(language: Language) -> None:
    found = Elements(render("base.html", language, "A page")).found
    assert ("html", {"lang": str(language)}) in found


def test_a_title_is_text() -> None:
    page = render("base.html", Language.EN, '<script>alert("x")</script>')
    assert {tag for tag, _ in Elements(page).found}.isdisjoint({"script", "img", "link", "iframe"})
    assert "&lt;script&gt;" in page


def test_no_french_line_begins_with_a_sign_that_stands_after_a_space() -> None:
    page = kept_together("<head> :</head><body>« Qui : 5 % »</body>", Language.FR)
    assert page == "<head> :</head><body>«\u00a0Qui\u00a0: 5\u00a0%\u00a0»</body>"


@pytest.mark.parametrize("language", Language)
def test_no_line_begins_with_the_unit_of_a_figure(language: Language) -> None:
    page = kept_together('<head>1 h</head><body><path d="M1 2 h 3"/>2,735.9 h, 5 u: 12 hours</body>', language)
    assert '<head>1 h</head><body><path d="M1 2 h 3"/>2,735.9\u00a0h, 5\u00a0u' in page
    assert "12 hours" in page
