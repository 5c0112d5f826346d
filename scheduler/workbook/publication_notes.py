"""Notes on a publication that cannot be what `vigie publish` left."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.errors import InputProblem
from scheduler.messages.message import Message
from scheduler.problem.publication import digest
from scheduler.problem.tables import Tables
from scheduler.system.standard_input import taken
from scheduler.workbook import cells
from scheduler.workbook.settings import Settings


def changed_since(path: str | os.PathLike[str], facts: Tables) -> InputProblem | None:
    """What is wrong where the sheet Published is not what was published; None where it is, or where nothing was."""
    publication = facts.publication
    if publication is None or digest(facts.published, publication.until) == publication.digest:
        return None
    message = Message(
        "published_changed_since",
        "was changed after version {version} was published on {at}.",
        version=publication.version,
        at=publication.at,
    )
    if taken(path) is None:
        # In the clock time of the publication, whatever that of the machine is.
        saved = dt.datetime.fromtimestamp(Path(path).stat().st_mtime, ZoneInfo(facts.calendar.timezone))
        message = Message(
            "published_changed",
            "was changed after version {version} was published on {at}; this file is of {saved}.",
            version=publication.version,
            at=publication.at,
            saved=saved.replace(second=0, microsecond=0, tzinfo=None),
        )
    hint = Message(
        "publish_anew", "Take the sheet from the file that was published, or publish this one as a new version."
    )
    return InputProblem("Published", "", message, hint)


def publication_notes(path: str | os.PathLike[str], facts: Tables, settings: Settings) -> Iterator[InputProblem]:
    """Notes on a publication that cannot be what `vigie publish` left."""
    publication = facts.publication
    if publication is None:
        if (place := settings.places.get("published_until")) and settings.values.get("published_until"):
            message = Message("published_by_hand", "has no effect: no version of the roster was published.")
            hint = Message("publish_it", "`vigie publish` publishes the roster and fills this in.")
            yield InputProblem(place, cells.shown(settings.values["published_until"]), message, hint, fatal=False)
    elif (changed := changed_since(path, facts)) is not None:
        yield replace(changed, fatal=False)
