"""The log of runs beside a roster: which command made which file, from what, when and how good.

One file for a folder, ``vigie-runs.jsonl``: every command that writes a roster there adds an entry, so that one chain tells of
all rosters of the folder, and a roster that is renamed is found by its fingerprint. It holds names of files, figures and
fingerprints; nobody's name or service number. What the chain can show is said in :mod:`scheduler.system.chained_log`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.analysis.accepted import judge
from scheduler.config import SolveConfig
from scheduler.errors import OutputError, VigieError
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.result import LevelResult, Result, Status
from scheduler.system.chained_log import Chain, append, read_log
from scheduler.system.versions import rules_digest, versions
from scheduler.workbook.read import Reading
from scheduler.workflows.review import Review

if TYPE_CHECKING:
    from scheduler.analysis.assessment import LevelReview

NAME = "vigie-runs.jsonl"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Origin:
    """What a run begins with: the command, and its input files by name, each with the fingerprint of its bytes."""

    command: str
    inputs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, command: str, *readings: Reading) -> Origin:
        return cls(command, tuple((reading.path.name, reading.file_sha256) for reading in readings))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has made. ``hard`` counts the broken rules that no decision accepts; ``seed`` and ``config`` are those of a
    search, None where there was none."""

    instance: Instance
    hard: int
    accepted: int
    priced: int
    levels: Sequence[LevelResult | LevelReview]
    status: Status | None
    edits: int = 0
    seed: int | None = None
    config: SolveConfig | None = None

    @classmethod
    def solved(cls, instance: Instance, result: Result, config: SolveConfig, edits: int = 0) -> Outcome:
        """Of a search."""
        judged = judge(instance, result.findings)
        hard = sum(finding.hard for finding in judged.open)
        record = result.record
        return cls(
            instance,
            hard,
            len(judged.accepted),
            len(judged.open) - hard,
            record.levels,
            record.status,
            edits,
            record.seed,
            config,
        )

    @classmethod
    def reviewed(cls, found: Review, instance: Instance | None = None) -> Outcome:
        """Of a roster that was written again as it is, with other facts where an ``instance`` is given."""
        hard, all = found.violations, len(found.findings)
        return cls(
            instance or found.instance,
            hard,
            len(found.accepted),
            all - hard,
            found.levels,
            found.status,
            len(found.edits or ()),
        )


def log_run(output: Path, origin: Origin, outcome: Outcome) -> Message | None:
    """Add an entry about a roster that was just written to the log of its folder.

    Raises nothing: a roster is worth more than its entry. Returns what to say where the log refuses.
    """
    path = output.parent / NAME
    try:
        append(path, _content(output, origin, outcome))
    except (VigieError, OSError, ValueError) as error:
        reason = error.message if isinstance(error, OutputError) else Message("told", "{text}", text=str(error))
        return Message(
            "run_not_logged",
            "{output} is written, but the run is not in the log: {reason}",
            output=output.name,
            reason=reason,
        )
    return None


def _content(output: Path, origin: Origin, outcome: Outcome) -> dict[str, Any]:
    instance, publication = outcome.instance, outcome.instance.publication
    return {
        "schema": SCHEMA,
        "at": dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "command": origin.command,
        "inputs": [{"file": name, "sha256": digest} for name, digest in origin.inputs],
        "output": {"file": output.name, "sha256": file_digest(output)},
        "instance_sha256": instance.sha256,
        "rules_digest": rules_digest(),
        "versions": dict(versions()),
        "seed": outcome.seed,
        "limits": None if outcome.config is None else _limits(outcome.config),
        "status": None if outcome.status is None else outcome.status.value,
        "levels": [
            {"name": level.name, "value": level.value, "bound": level.bound, "required": level.required}
            for level in outcome.levels
        ],
        "findings": {"hard": outcome.hard, "accepted": outcome.accepted, "priced": outcome.priced},
        "decisions": {
            "locks": len(instance.locks),
            "overrides": len(instance.overrides),
            "edits_by_hand": outcome.edits,
            "published_version": None if publication is None else publication.version,
        },
    }


def _limits(config: SolveConfig) -> dict[str, Any]:
    return {
        "time_limit_s": config.time_limit_s,
        "gap_percent": round(config.gap * 100, 6),
        "workers": config.workers,
        "reproducible": config.reproducible,
        "memory_limit_gb": config.memory_limit_gb,
    }


def file_digest(path: Path) -> str:
    """The fingerprint of a file's bytes. Raises ``OSError``."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# -- what the log tells of a roster ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What the log of a folder tells of one file. ``chain`` is None where there is no log; ``unread`` says why one cannot be
    read. ``own`` is the entry that wrote the file as it is; ``about`` are the entries about the file, those it came
    from, and rosters of the same facts, oldest first, by their index in the chain."""

    chain: Chain | None
    unread: Message | None = None
    own: int | None = None
    about: tuple[int, ...] = ()


def told_of(path: Path, digest: str, facts: str) -> Told:
    """Look in the log beside a file of some facts for what it tells of it, by the fingerprints of both. Raises nothing."""
    try:
        chain = read_log(path.parent / NAME)
    except VigieError as error:
        return Told(None, error.message)
    if chain is None:
        return Told(None)
    wanted, about, own = {digest}, list[int](), None
    for index in range(len(chain.entries) - 1, -1, -1):
        content = chain.entries[index].content
        made = _file(content.get("output"))
        if made[1] in wanted or made[0] == path.name or content.get("instance_sha256") == facts:
            about.append(index)
            wanted |= {_file(item)[1] for item in _items(content.get("inputs"))} - {""}
            if own is None and made[1] == digest:
                own = index
    return Told(chain, None, own, tuple(reversed(about)))


def _file(found: object) -> tuple[str, str]:
    """Name and fingerprint in an entry, which may hold anything."""
    if not isinstance(found, Mapping):
        return "", ""
    name, digest = found.get("file"), found.get("sha256")
    return (name if isinstance(name, str) else "", digest if isinstance(digest, str) else "")


def _items(found: object) -> Iterable[object]:
    return found if isinstance(found, list) else ()
