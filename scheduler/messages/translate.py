"""The gettext catalogues: one English sentence and its context in, the sentence of another language out.

English stands in the code, where it is said. French and Dutch stand in ``catalogues/<language>/LC_MESSAGES/vigie.po``;
``make catalogues`` collects what is new and compiles them.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from scheduler.messages.languages import Language

DOMAIN = "vigie"
CATALOGUES = Path(__file__).parent / "catalogues"

Wording = str | tuple[str, str]
"""An English sentence, or its singular and its plural."""


def translated(context: str, wording: Wording, language: Language, count: int = 1) -> str:
    """The sentence in a language; in English where the catalogue lacks it. ``count`` chooses between singular and plural."""
    found = _catalogue(language)
    if isinstance(wording, tuple):
        return found.npgettext(context, *wording, count)
    return found.pgettext(context, wording)


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGUES, [language], fallback=language == Language.EN)
