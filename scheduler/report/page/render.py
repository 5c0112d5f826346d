"""A template, its words and its style as one HTML file."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scheduler.messages.languages import Language
from scheduler.messages.message import Message
from scheduler.messages.texts import Texts

PACKAGE = "scheduler.report.page"


def render(
    template: str, language: Language, title: str, /, *, package: str = PACKAGE, css: str = "", **content: Any
) -> str:
    """The page: ``template`` of a package, in a language, with this content. ``css`` stands after the rules of every page."""
    style = files(PACKAGE).joinpath("templates", "page.css").read_text(encoding="utf-8") + css
    if "</" in style:
        raise ValueError("no element ends in a style sheet")

    def say(message: Message) -> str:
        return message.text(language)

    page = _environment(package).get_template(template).render(
        lang=str(language), title=title, t=Texts(language), say=say, css=Markup(style), policy=policy([style]), **content
    )  # fmt: skip
    return kept_together(page, language)


def kept_together(page: str, language: Language) -> str:
    """The page, in the text of which no line begins with the unit of a figure; in French, neither with a sign that stands after a
    space, nor ends with one before it."""
    head, body, rest = page.partition("<body")
    rest = re.sub(r"(?<=\d) (?=[hu%](?!\w)(?![^<>]*>))", "\u00a0", rest)
    if language is Language.FR:
        rest = re.sub(r"(?<=«) | (?=[:;!?»%])", "\u00a0", rest)
    return head + body + rest


def policy(styles: Sequence[str]) -> str:
    """The Content-Security-Policy under which a page needs nothing but these style sheets: nothing is loaded, nothing runs."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" for style in styles
    )
    return f"default-src 'none'; style-src {hashes}; base-uri 'none'; form-action 'none'"


@cache
def _environment(package: str) -> Environment:
    loaders = [PackageLoader(name) for name in dict.fromkeys((package, PACKAGE))]
    return Environment(
        loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
