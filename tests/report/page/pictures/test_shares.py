"""Shares: never rounded up to all, and each in the shade that the key says."""

from __future__ import annotations

import pytest

from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.report.page.pictures.shares import LIMITS, shade, share_key, whole_percent


@pytest.mark.parametrize(
    ("share", "kind"),
    [(1.0, 0), (0.9999, 1), (0.9, 1), (0.8999, 2), (0.75, 2), (0.7499, 3), (0.5, 3), (0.4999, 4), (0.0, 4)],
)
def test_a_shade_begins_at_its_limit(share: float, kind: int) -> None:
    assert shade(share) == kind


@pytest.mark.parametrize(("share", "words"), [(1.0, "100"), (0.9999, "99"), (0.57, "57"), (0.29, "29"), (0.0, "0")])
def test_a_share_is_rounded_down(share: float, words: str) -> None:
    assert whole_percent(share, Language.EN) == f"{words}\u00a0%"


@pytest.mark.parametrize("language", Language)
def test_the_key_has_an_entry_for_each_shade(language: Language) -> None:
    found = share_key(Texts(language))
    assert found.count("<li>") == len(LIMITS)
    assert [f'class="c{kind}"' in found for kind in range(len(LIMITS))] == [True] * len(LIMITS)
