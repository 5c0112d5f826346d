"""What is said of an anonymised workbook. Nothing old is named, but for roles: whoever sees it may pass it on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.messages.languages import Language
from scheduler.messages.message import AllOf
from scheduler.messages.texts import Texts

if TYPE_CHECKING:
    from scheduler.workflows.anonymise import Anonymous

_SHOWN = 5
"""Ids that are named of each column."""


def anonymous_lines(found: Anonymous, output: Path, mapping: Path | None, language: Language) -> Iterator[str]:
    texts = Texts(language)
    people, hotspots = len(found.people), len(found.instance.hotspots)
    yield texts("anonymous_done", count=people, hotspots=hotspots)
    if not found.weeks:
        yield texts("anonymous_dates_stay")
    if found.dropped_roles:
        yield texts("anonymous_roles_dropped", roles=AllOf(found.dropped_roles), count=len(found.dropped_roles))
    if found.kept_roles:
        yield texts("anonymous_roles_kept", roles=AllOf(found.kept_roles), count=len(found.kept_roles))
    for rare in found.rare:
        shown = ", ".join(rare.staff[:_SHOWN]) + (", …" if len(rare.staff) > _SHOWN else "")
        if rare.column == "organisation":
            yield texts("anonymous_few", count=len(rare.staff), staff=shown)
        else:
            column = texts.name("column", rare.column)
            yield texts("anonymous_rare", column=column, count=len(rare.staff), staff=shown)
    yield texts("written", path=output)
    if mapping is not None:
        yield texts("anonymous_mapping", path=mapping)


def anonymous_object(found: Anonymous, output: Path, mapping: Path | None) -> dict[str, Any]:
    return {
        "output": str(output),
        "map": None if mapping is None else str(mapping),
        "staff": len(found.people),
        "dates_moved": found.weeks != 0,
        "roles_dropped": len(found.dropped_roles),
        "roles_rare": list(found.kept_roles),
        "rare": [{"column": rare.column, "staff": list(rare.staff)} for rare in found.rare],
        "instance_sha256": found.instance.sha256,
    }
