"""What a solve gives back: the roster, the value and bound of each level, every shortage, and the record of the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema, field_validator, model_validator

from scheduler.messages.message import Message
from scheduler.problem.documents import read_back, schema_of, written
from scheduler.problem.frozen import Frozen, refusal

if TYPE_CHECKING:
    from scheduler.problem.roster import Roster
    from scheduler.rules.base import Finding


class Cause(StrEnum):
    """Why no roster covers a stretch of time."""

    HISTORY = "history"
    """Only duties that began before the horizon could."""
    NO_SHIFT = "no_shift"
    """No shift that may be worked there reaches it, whatever the date."""


class Status(StrEnum):
    """What a solve came to."""

    OPTIMAL = "optimal"
    """Every level is proven: value equals bound."""
    FEASIBLE = "feasible"
    """A legal roster; at least one level is not proven."""
    INTERRUPTED = "interrupted"
    """A legal roster, kept when the planner stopped the run or what it ran on was lost."""
    REJECTED = "rejected"
    """The audit found a broken hard rule in what the engine made: a defect of Vigie, never written as fine."""


class Stage(StrEnum):
    """How far a search is."""

    FIRST_ROSTER = "first roster"
    COVERAGE = "coverage"
    QUALITY = "quality"
    """Coverage is held, and quality improved."""
    PROOF = "proof"
    RESUMED = "resumed"
    """A block as an earlier run has finished it."""
    SEARCH = "search"
    """All at once, by another solver that ours is held against."""


class Method(StrEnum):
    """What improves a roster."""

    CP_SAT = "CP-SAT"
    ANNEALING = "annealing"
    COLUMN_GENERATION = "column generation"


def _member(kind: type[StrEnum], given: Any) -> Any:
    """The member of that value, or what was given where there is none."""
    return next((member for member in kind if member == given), given)


class Row(Frozen):
    """The base of everything that a solve tells."""


class LevelResult(Row):
    """One level: its value, a lower bound on it that holds for rosters as good at the levels before, and what was required.

    Each counts in the unit of its level (:attr:`scheduler.vocabulary.constraints.Level.unit`): person-minutes, the police minimum
    times the hotspot's priority; days of persons; or points.
    """

    name: str
    value: int
    bound: int
    required: int = Field(description="person-minutes demanded, with the same weights; 0 for levels without a demand")
    trades: tuple[tuple[int, int], ...] = Field(
        default=(),
        description="weights and amounts: weight times the sum of the earlier levels, plus this one, is no less than the amount, "
        "for every roster",
    )

    @property
    def gap(self) -> float:
        """(short − bound) / required for coverage; (value − bound) / value for the others; 0 when proven."""
        return (self.value - self.bound) / max(1, self.required or self.value)

    @property
    def proven(self) -> bool:
        """Whether the value is the bound: no roster that does as well at the levels before misses less."""
        return self.value <= self.bound


def _incident(given: Any) -> Message:
    """A message, as it is, or as a record holds it: an object, or a sentence in one of an earlier version."""
    if isinstance(given, Message):
        return given
    if isinstance(given, str):
        return Message("told", "{text}", text=given)
    try:
        found = Message.from_object(given)
        _refuse_unfit(found)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a message") from error
    return found


def _refuse_unfit(message: Message) -> None:
    """Raise ``ValueError`` for a wording whose placeholders are no plain names of its arguments: it cannot be said, or says more
    than it should, and a file may hold anything."""
    arguments = dict(message.arguments)
    for form in (message.wording,) if isinstance(message.wording, str) else message.wording:
        for _, name, layout, conversion in Formatter().parse(form):
            if layout or conversion or (name is not None and name not in arguments):
                raise ValueError(f"{message.code}: {form}")
    for value in arguments.values():
        if isinstance(value, Message):
            _refuse_unfit(value)


_SAID = {
    "type": "object",
    "properties": {"code": {"type": "string"}, "wording": {}, "arguments": {"type": "object"}},
    "required": ["code", "wording", "arguments"],
}
Incident = Annotated[Message, PlainValidator(_incident), PlainSerializer(Message.as_object), WithJsonSchema(_SAID)]
"""What went wrong, as a record keeps it."""


class Coverage(Row):
    """Unweighted person-minutes over all demand rows: targets asked, targets missed, and a bound on that."""

    required_minutes: int
    short_minutes: int
    short_bound: int = Field(description="no legal roster that holds the minimums as well leaves less uncovered")


class Shortage(Row):
    """Heads missing at a hotspot over one stretch of time."""

    hotspot: str
    role: str
    level: str
    start: int = Field(description="minutes since the horizon's start")
    end: int
    heads_missing: int
    heads_wanted: int
    cause: Cause | None = Field(
        default=None, description="why no roster can cover it, however many people there are; None: people are missing"
    )

    @property
    def person_minutes(self) -> int:
        """Heads missing times minutes."""
        return self.heads_missing * (self.end - self.start)


class Progress(Row):
    """One line of an anytime run: who reports, and where value and bound stand."""

    elapsed_s: float
    stage: Stage
    method: Method | None = Field(
        default=None, description="of the roster that is told of, where several could have made it"
    )
    level: str
    value: int | None
    bound: int | None
    gap: float | None
    part: str = Field(default="", description="of a long run: which block")
    pool: str = Field(default="", description="where pools are searched apart: which of them; blank for the whole")
    left_s: float | None = Field(default=None, description="seconds left of the time limit")

    @model_validator(mode="before")
    @classmethod
    def _as_once_written(cls, given: Any) -> Any:
        """Records of earlier versions hold stage and method as one text: ``coverage: annealing``."""
        if not isinstance(given, Mapping) or not isinstance(given.get("stage"), str):
            return given
        stage, both, method = given["stage"].partition(": ")
        method = method if both else given.get("method")
        # Older versions of pydantic take what comes from here for objects of Python, of which strict reading asks the right kind.
        return {**given, "stage": _member(Stage, stage), "method": _member(Method, method)}


class BlockRecord(Row):
    """One block of a long horizon: its days ``[first, stop)``, and its levels as it was solved, until ``until``, given the blocks
    before it, what they leave fixed at its beginning, and its part of yearly and period limits."""

    first: int
    stop: int
    until: int
    levels: tuple[LevelResult, ...]
    incidents: tuple[Incident, ...] = Field(default=(), description="what went wrong on the way, one sentence each")


class RunRecord(Row):
    """How the roster came about, enough to repeat it."""

    status: Status
    levels: tuple[LevelResult, ...]
    coverage: Coverage
    wall_s: float
    seed: int
    workers: int
    reproducible: bool
    versions: Mapping[str, str]
    rules_digest: str = Field(
        default="", description="the rules that the bounds are about; blank: of an earlier version"
    )
    instance_sha256: str
    timeline: tuple[Progress, ...] = ()
    build_s: float | None = Field(
        default=None,
        description="of wall_s, the seconds in which facts and rules were compiled; None for a horizon solved in blocks",
    )
    compile_s: float = Field(
        default=0.0,
        description="seconds before wall_s in which machine code was made, once after installing; not in the limit",
    )
    blocks: tuple[BlockRecord, ...] = Field(
        default=(),
        description="of a horizon solved in blocks; the bounds of the whole are then only the arithmetic of hours",
    )
    incidents: tuple[Incident, ...] = Field(default=(), description="what went wrong on the way, one sentence each")
    cut_short: bool = Field(default=False, description="whether what it ran on was lost before the end")


class AssignmentRow(Row):
    """An assignment in a document; ``day`` counts from the horizon's first day."""

    staff: str
    day: int
    shift: str
    hotspot: str


def _level(code: str) -> str:
    from scheduler.vocabulary.constraints import Level

    if code not in {level.code for level in Level}:
        raise refusal(Message("not_a_level", "is not the code of a level."))
    return code


class FindingRow(Row):
    """A finding in a document, its message in English."""

    rule: str
    message: Incident
    staff: tuple[str, ...]
    days: tuple[int, ...]
    hotspot: str | None
    amount: int
    unit: str
    cost: int | None
    level: str

    @field_validator("level")
    @classmethod
    def _known_level(cls, code: str) -> str:
        return _level(code)


class ResultDocument(Row):
    """A result as a document."""

    record: RunRecord
    roster: tuple[AssignmentRow, ...]
    findings: tuple[FindingRow, ...]
    shortages: tuple[Shortage, ...]

    @field_validator("record")
    @classmethod
    def _levels_known(cls, record: RunRecord) -> RunRecord:
        for level in record.levels:
            _level(level.name)
        return record


def _amount(figure: int, unit: str) -> str:
    return f"{figure / 60:,.1f} h" if unit == "minutes" else f"{figure:,} {unit}".strip()


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """Everything a solve gives back. ``findings`` are those of the audit, which knows no solver: hard ones first."""

    SCHEMA: ClassVar[int] = 1
    """Version of the JSON document."""

    roster: Roster
    record: RunRecord
    findings: tuple[Finding, ...] = ()
    shortages: tuple[Shortage, ...] = ()

    @property
    def violations(self) -> int:
        """How many hard rules the audit found broken; 0 for every roster that Vigie makes itself."""
        return sum(finding.hard for finding in self.findings)

    def __repr__(self) -> str:
        people = len({item.staff for item in self.roster})
        broken = f", {self.violations} hard rules broken" if self.violations else ", no hard rule broken"
        return f"<Result {self.record.status.value}: {len(self.roster)} duties of {people} people{broken}>"

    def summary(self) -> str:
        """The result in a few lines of English: status, duties, and each level with its value, bound and gap."""
        rows = [f"{name}: {value}, at least {bound} ({gap})" for name, value, bound, gap in self._levels()]
        return "\n".join((repr(self)[1:-1], *rows))

    def _repr_html_(self) -> str:
        """The summary as a table, for notebooks."""
        heads = "".join(f"<th>{escape(word)}</th>" for word in ("level", "value", "at least", "gap"))
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in self._levels())
        return f"<p>{escape(repr(self)[1:-1])}</p><table><tr>{heads}</tr>{rows}</table>"

    def _levels(self) -> Iterator[tuple[str, str, str, str]]:
        """Name, value, bound and gap of each level, with their units."""
        from scheduler.vocabulary.constraints import Level

        units = {level.code: level.unit for level in Level}
        for level in self.record.levels:
            value, bound = (_amount(figure, units.get(level.name, "")) for figure in (level.value, level.bound))
            yield level.name, value, bound, "proven" if level.proven else f"gap {level.gap:.2%}"

    def to_json(self) -> str:
        """The whole result as a JSON document with a schema version; messages are kept as they are said in English."""
        from dataclasses import asdict

        findings = [
            {
                **{name: getattr(item, name) for name in FindingRow.model_fields if name != "level"},
                "level": item.level.code,
            }
            for item in self.findings
        ]
        document = ResultDocument(
            record=self.record,
            roster=tuple(AssignmentRow(**asdict(item)) for item in self.roster),
            findings=tuple(FindingRow(**found) for found in findings),
            shortages=self.shortages,
        )
        return written(document, self.SCHEMA)

    @classmethod
    def from_json(cls, text: str | bytes) -> Result:
        """The result of a document by :meth:`to_json`.

        Parameters
        ----------
        text
            The document.

        Raises
        ------
        InputError
            With every problem and its place; for a document of another version, too.

        Examples
        --------
        >>> new("zone.xlsx", example="tiny")
        >>> result = solve(load("zone.xlsx").instance)
        >>> Result.from_json(result.to_json()).roster == result.roster
        True
        """
        from scheduler.problem.roster import Assignment, Roster
        from scheduler.rules.base import Finding
        from scheduler.vocabulary.constraints import Level

        found = read_back(text, ResultDocument, cls.SCHEMA, "Result")
        levels = {level.code: level for level in Level}
        return cls(
            Roster.of(Assignment(**dict(row)) for row in found.roster),
            found.record,
            tuple(Finding(**{**dict(row), "level": levels[row.level]}) for row in found.findings),
            found.shortages,
        )

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON schema of the document."""
        return schema_of(ResultDocument, cls.SCHEMA)
