"""A roster in a workbook, looked at again: what it breaks, what it is worth, what was edited by hand, and what the record of the
solve still proves about it. Every command that speaks of such a roster asks here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.analysis.accepted import Accepted, Judgement, judge
from scheduler.analysis.assessment import Assessment, LevelReview
from scheduler.analysis.coverage import coverage, shortages
from scheduler.analysis.difference import Change
from scheduler.analysis.edit_costs import EditCosts, edit_costs
from scheduler.analysis.repair_changes import RepairChange, repair_changes
from scheduler.errors import InputError, InputProblem
from scheduler.horizon.tail import tail
from scheduler.messages.message import Message, Name
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import RunRecord, Shortage, Status
from scheduler.rules import declare
from scheduler.rules.audit import audit
from scheduler.rules.base import Finding
from scheduler.system.versions import rules_digest
from scheduler.vocabulary.constraints import Level
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem
from scheduler.workbook.places import Places
from scheduler.workbook.read import Reading
from scheduler.workbook.sheets import ROSTER


@dataclass(frozen=True, slots=True)
class Review:
    """What was found. ``findings`` are those that no decision accepts, ``accepted`` the others; ``without_effect`` is a note on
    each override that accepts nothing. ``record`` and ``edits`` are None when no solve has left its record in the workbook;
    ``short_bound`` is that of :class:`scheduler.result.Coverage`, None where it does not hold."""

    instance: Instance
    roster: Roster
    findings: tuple[Finding, ...]
    shortages: tuple[Shortage, ...]
    levels: tuple[LevelReview, ...]
    short_bound: int | None
    places: Places
    record: RunRecord | None = None
    edits: tuple[Change, ...] | None = None
    costs: EditCosts | None = None
    repairs: tuple[RepairChange, ...] | None = None
    """What differs from the roster that people went by when it was repaired; None where it was not."""
    accepted: tuple[Accepted, ...] = ()
    without_effect: tuple[InputProblem, ...] = ()

    @property
    def violations(self) -> int:
        """How many hard rules are broken without a decision."""
        return sum(finding.hard for finding in self.findings)

    @property
    def facts_changed(self) -> bool | None:
        """Whether the facts of the workbook are other than those that were solved."""
        return None if self.record is None else self.record.instance_sha256 != self.instance.sha256

    @property
    def rules_changed(self) -> bool | None:
        """Whether the rules are others than those that it was solved with: those of another version of Vigie."""
        return None if self.record is None else self.record.rules_digest != rules_digest()

    @property
    def status(self) -> Status | None:
        """What the record says of the roster; None when it is about another one, or about other facts."""
        if self.record is None or self.edits or self.facts_changed or self.rules_changed:
            return None
        values = {level.name: level.value for level in self.levels}
        told = {level.name: level.value for level in self.record.levels}
        return self.record.status if told == values else None

    @property
    def coverage(self) -> Mapping[str, int | None]:
        """What is asked and missing, in person-minutes, and what is proven missing."""
        found = coverage(self.instance, self.shortages, 0).model_dump()
        return {**found, "short_bound": self.short_bound}

    @property
    def since(self) -> tuple[Message, ...]:
        """What has changed after the solve that made the roster."""
        said = []
        if self.edits:
            said.append(
                Message(
                    "since_edited",
                    ("{count} cell was edited by hand afterwards", "{count} cells were edited by hand afterwards"),
                    count=len(self.edits),
                )
            )
        if self.facts_changed:
            said.append(Message("since_facts", "the facts (staff, demand, absences …) were changed afterwards"))
        if self.rules_changed:
            said.append(Message("since_rules", "the rules are those of another version of Vigie"))
        if not said and self.record is not None and self.status is None:
            said.append(Message("since_values", "the roster is worth something else than its record says"))
        return tuple(said)

    @property
    def assessment(self) -> Assessment:
        """What the result sheets say of the roster."""
        known = coverage(self.instance, self.shortages, 0)
        return Assessment(
            self.levels, known.required_minutes, known.short_minutes, self.short_bound, self.record, self.since
        )

    def cell_of(self, staff: str, day: int) -> str | None:
        """The cell of a person's day on the Roster sheet."""
        return self.places.roster(staff, day)


def refuse_lost_roster(reading: Reading) -> None:
    """Raises :class:`InputError` where a workbook was written with a roster and has no sheet for it any more: it may have another
    name, and then its duties and what was edited by hand would be passed over."""
    if reading.roster is None and reading.memory is not None and reading.memory.cells:
        message = Message(
            "roster_sheet_gone",
            "has no sheet {sheet} any more, though it was written with a roster.",
            sheet=Name("sheet", ROSTER),
        )
        hint = Message(
            "roster_sheet_back",
            "Give the sheet this name again, or take it from an earlier file; `vigie solve --afresh` makes a new roster.",
        )
        problem = InputProblem(reading.path.name, "", message, hint).named(reading.cells.naming)
        raise InputError([problem], language=reading.instance.language)


def roster_of(reading: Reading) -> Roster:
    """The roster of a workbook. Raises :class:`InputError` when it has none."""
    if reading.roster is None:
        refuse_lost_roster(reading)
        message = Message("no_roster_sheet", "has no sheet {sheet} with a roster on it.", sheet=Name("sheet", ROSTER))
        hint = Message("make_a_roster", "Make one first: `vigie solve FILE -o OUT`.")
        raise InputError([InputProblem(reading.path.name, "", message, hint).named(reading.cells.naming)])
    return reading.roster


def review(reading: Reading) -> Review:
    """Audit the roster of a workbook, value it, and compare it with the one that the solver wrote."""
    instance, roster = reading.instance, roster_of(reading)
    found, problem = audit(instance, roster), declare(instance)
    judged = judge(instance, found)
    record = None if reading.memory is None else reading.memory.record
    judged_part, open_roster = _open_part(reading, problem, roster)
    values, required = evaluate(judged_part, open_roster).levels, judged_part.required
    bounds, short_bound = _bounds(judged_part, instance.sha256, record, values)
    # No decision makes a roster one that the bounds are about.
    legal = not any(finding.hard for finding in found)
    levels = tuple(
        LevelReview(level.code, values[level], bounds.get(level), required.get(level, 0), legal)
        for level in judged_part.levels
    )
    edits = reading.edits
    return Review(
        instance, roster, judged.open, shortages(instance, roster), levels, short_bound, reading.cells, record, edits,
        None if edits is None else edit_costs(problem, roster, edits), _repairs(instance, judged_part, roster, edits),
        judged.accepted, tuple(_without_effect(reading, judged)),
    )  # fmt: skip


def _without_effect(reading: Reading, judged: Judgement) -> Iterator[InputProblem]:
    """A note on every override that accepts nothing."""
    for index, hint in judged.idle:
        override = reading.instance.overrides[index]
        message = Message("override_idle", "has no effect: this rule is not broken there.")
        place = reading.cells.of("overrides", index, "rule")
        yield InputProblem(place, override.rule, message, hint, fatal=False)


def _repairs(
    instance: Instance, judged: Problem, roster: Roster, edits: tuple[Change, ...] | None
) -> tuple[RepairChange, ...] | None:
    standing = judged.instance.standing
    if standing is None:
        return None
    offset = instance.calendar.minute(instance.calendar.day(judged.instance.calendar.start))
    whole = standing.replace(since=standing.since + offset, frozen=standing.frozen + offset)
    by_hand = {(edit.staff, instance.calendar.day(edit.date)) for edit in edits or ()}
    return repair_changes(instance, whole, roster, by_hand)


def _open_part(reading: Reading, problem: Problem, roster: Roster) -> tuple[Problem, Roster]:
    """What the levels of a record are about: the whole, or what was open when the roster was repaired."""
    standing = None if reading.memory is None else reading.memory.standing
    if standing is None:
        return problem, roster
    instance = problem.instance
    known = tuple(duty for duty in standing.duties if duty.staff in instance.person and duty.shift in instance.shift)
    stop = None if standing.stays is None else instance.calendar.day(standing.stays)
    part = tail(instance.replace(standing=standing.replace(duties=known)), roster, standing.frozen, stop)
    return declare(part.instance, part.beside), part.roster


def _bounds(
    problem: Problem, facts: str, record: RunRecord | None, values: Mapping[Level, int]
) -> tuple[Mapping[Level, int], int | None]:
    """The bounds of a record that hold for a roster of these values.

    A bound is about the facts and the rules that were solved, and about rosters as good at the levels before: where an edit has
    made one of these worse, less may be missed at the later ones.
    """
    if record is None or (record.instance_sha256, record.rules_digest) != (facts, rules_digest()):
        return {}, None
    solved = {level.name: level for level in record.levels}
    found: dict[Level, int] = {}
    as_good = True
    for level in problem.levels:
        then = solved.get(level.code)
        if then is None or not as_good:
            break
        found[level] = then.bound
        as_good = values[level] <= then.value
    return found, record.coverage.short_bound if Level.TARGETS in found else None
