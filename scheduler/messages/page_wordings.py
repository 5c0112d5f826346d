"""What the pages say, by code."""

from __future__ import annotations

from scheduler.messages.translate import Wording

PAGE: dict[str, Wording] = {
    "page_skip": "Skip to the content",
    "page_made_by": "Made by Vigie, on this computer. A starting point for planners, not legal advice.",
    "page_as_table": "{title}: the figures as a table",
}
