"""How a share that is covered is drawn and written: a class of darkness, and a figure that is never rounded up."""

from __future__ import annotations

import math
from collections.abc import Iterable

from markupsafe import Markup

from scheduler.messages.formats import number
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.report.page.svg import Svg

LIMITS = (1.0, 0.9, 0.75, 0.5, 0.0)
"""The least share of each class: from all of what is asked, the palest, to less than half, the darkest."""
NOTHING = "–"


def shade(share: float) -> int:
    """The class of a share, 0 to 4."""
    return next(place for place, limit in enumerate(LIMITS) if share >= limit or limit == 0)


def whole_percent(share: float, language: Language) -> str:
    """A share in whole per cent, rounded down: only what is all covered is 100 %."""
    return f"{number(math.floor(100 * share + 1e-9), language)}\u00a0%"


def share_key(t: Texts) -> Markup:
    """What the shades mean."""
    words = [t("page_all_covered")]
    words += [t("page_covered_from", low=whole_percent(low, t.language)) for low in LIMITS[1:-1]]
    words.append(t("page_covered_under", high=whole_percent(LIMITS[-2], t.language)))
    return key((f"c{place}", text) for place, text in enumerate(words))


def key(entries: Iterable[tuple[str, str]]) -> Markup:
    """A list of small boxes of a class, each with what it means."""
    return Markup('<ul class="keys">{}</ul>').format(
        Markup("").join(Markup("<li>{}{}</li>").format(_box(kind), text) for kind, text in entries)
    )


def _box(kind: str) -> Markup:
    box = Svg(22, 14, "")
    if kind.startswith(("line", "plan", "least")):
        box.line(0, 7, 22, 7, kind)
    else:
        box.rect(0.5, 0.5, 21, 13, kind)
        box.add("rect", x=0.5, y=0.5, width=21, height=13, kind="edge")
    return box.markup()
