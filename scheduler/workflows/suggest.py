"""Who can legally take a duty: ranked replacements for a hole in a roster, and why the others cannot.

Whether somebody can is the audit's word: no hard rule is broken that the given roster does not break. The ranking knows hours,
nights, weekends, coverage and the home hotspot; nobody is ranked by what they answered before. Nothing is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from scheduler.analysis.coverage import lacking
from scheduler.analysis.incremental_audit import CellChange, Effect, Findings, IncrementalAudit
from scheduler.analysis.notice import told_late
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.records import Call
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.base import Finding
from scheduler.rules.qualification import Qualification
from scheduler.workbook.read import Reading
from scheduler.workflows.chains import ChainSearch
from scheduler.workflows.line_figures import line_figures
from scheduler.workflows.moments import now
from scheduler.workflows.review import roster_of
from scheduler.workflows.suggestions import Candidate, Excluded, Hole, Suggestions
from scheduler.workflows.typed import Typed


def find_hole(
    reading: Reading, date: str, shift: str | None = None, hotspot: str | None = None, off: str | None = None
) -> Hole:
    """The hole that somebody types. With ``off`` it is that person's duty of the date, and the others need not be given.

    Raises :class:`~scheduler.errors.InputError` with everything that is wrong with the words.
    """
    roster, typed = roster_of(reading), Typed(reading)
    day = typed.day("--date", date)
    shift_code = None if shift is None else typed.shift("--shift", shift)
    spot = None if hotspot is None else typed.hotspot("--hotspot", hotspot)
    person = None if off is None else typed.staff("--for", off)
    if person is None and (shift is None or hotspot is None):
        message = Message("hole_unnamed", "is missing: name the duty by --shift and --hotspot, or the person by --for.")
        typed.problem("--shift" if shift is None else "--hotspot", "", message)
    typed.done()
    if person is None:
        return Hole(day, shift_code or "", spot or "")
    cell = typed.duty("--for", person, day, roster, shift_code, spot)
    return Hole(day, cell.shift, cell.hotspot, cell)


def suggest(reading: Reading, hole: Hole, today: dt.date | None = None) -> Suggestions:
    """Everybody of the workbook, judged for a hole; ``today`` is when they are told, None for now."""
    calendar = reading.instance.calendar
    found = _Search(reading, hole).suggestions()
    legal = (item.staff for item in found.legal)
    return replace(found, late=told_late(found.instance, legal, calendar.date(hole.day), today or now(calendar).date()))


class _Search:
    def __init__(self, reading: Reading, hole: Hole) -> None:
        self.reading, self.instance, self.hole = reading, reading.instance, hole
        off = () if hole.off is None else (hole.off,)
        given = roster_of(reading)
        self.roster = CellChange(removed=off).roster(given)
        self.there = tuple(
            cell.staff for cell in self.roster if (cell.key, cell.hotspot) == ((hole.day, hole.shift), hole.hotspot)
        )
        self.out = frozenset({*self.there, *(cell.staff for cell in off)})
        asked = [member.id for member in self.instance.staff if member.id not in self.out]
        self.unfit = _unfit(self.instance, hole, asked)
        self.people = [staff for staff in asked if staff not in self.unfit]
        self.audit = IncrementalAudit(self.instance, self.roster, self.people, off)
        duty = self.instance.duty(hole.day, hole.shift)
        self.lacking = {
            place: minutes
            for place, minutes in lacking(self.instance, self.roster, hole.hotspot, (duty.start, duty.end)).items()
            if minutes
        }
        self.broken: Findings = ()
        if hole.off is not None:
            mine = hole.off.staff
            whole = IncrementalAudit(self.instance, given, [mine])
            self.broken = whole.broken_alone({mine: self.roster.line(mine)})[mine]

    def suggestions(self) -> Suggestions:
        changes = {staff: self.moved(staff) for staff in self.people}
        alone = self.audit.broken_alone({staff: self.audit.line(staff, change) for staff, change in changes.items()})
        able = [staff for staff in self.people if not alone[staff]]
        judged = self._judged({staff: changes[staff] for staff in able})
        legal = [item for item in judged if item.effect.legal]
        broken = {item.staff: item.effect.broken for item in judged if not item.effect.legal}
        broken |= {staff: findings for staff, findings in alone.items() if findings}
        excluded = [self._excluded(staff, findings, (), competent=False) for staff, findings in self.unfit.items()]
        excluded += [self._excluded(staff, findings, changes[staff].removed) for staff, findings in broken.items()]
        search = ChainSearch(self.audit, self.hole, self.free, self.out)
        stuck = [staff for staff in alone if alone[staff] and self.free(staff, self.hole.day)]
        direct = {item.staff: item for item in legal if item.useful and item.free}
        return Suggestions(
            self.reading, self.hole, self.there, self.lacking, self.broken,
            legal=tuple(sorted(legal, key=lambda item: item.rank)),
            excluded=tuple(sorted(excluded, key=_nearest)),
            chains=search.chains([item for item in judged if item.useful], stuck, direct),
        )  # fmt: skip

    def _judged(self, changes: Mapping[str, CellChange]) -> list[Candidate]:
        lines = {staff: self.audit.line(staff, change) for staff, change in changes.items()}
        own = self.audit.own(lines)
        self.audit.own_before(lines)
        figures = line_figures(self.instance, lines, {staff: self.hole.taken_by(staff) for staff in lines})
        found = []
        for staff, change in changes.items():
            effect = self.audit.effect(change, own)
            found.append(
                Candidate(
                    staff, self.free(staff, self.hole.day), self.useful(staff, effect), change.removed, effect,
                    figures[staff], self.calls(staff), self.waits(staff),
                )
            )  # fmt: skip
        return found

    def moved(self, staff: str) -> CellChange:
        """The duty taken, and those of the same date left."""
        left = tuple(cell for cell in self.roster.line(staff) if cell.day == self.hole.day)
        return CellChange(left, (self.hole.taken_by(staff),))

    def free(self, staff: str, day: int) -> bool:
        """Whether a person has nothing on a day: no duty, no duty elsewhere, no leave, not of an hour."""
        calendar = self.instance.calendar
        low, high = calendar.minute(day), calendar.minute(day + 1)
        return (
            all(cell.day != day for cell in self.roster.line(staff))
            and all(item.day != day for item in self.instance.commitments[staff])
            and all(end <= low or high <= start for start, end in self.instance.leave[staff])
        )

    def waits(self, staff: str) -> bool:
        """Whether a person is a reserve for the whole time of the hole."""
        wanted = self.instance.duty(self.hole.day, self.hole.shift)
        waiting = (
            self.instance.duty(cell.day, cell.shift)
            for cell in self.roster.line(staff)
            if cell.day == self.hole.day and self.instance.shift[cell.shift].reserve
        )
        return any(duty.start <= wanted.start and wanted.end <= duty.end for duty in waiting)

    def useful(self, staff: str, effect: Effect) -> bool:
        if self.lacking:
            return any(minutes > 0 and place in self.lacking for place, minutes in effect.coverage.items())
        off = self.hole.off
        return off is None or self.instance.category(staff) is self.instance.category(off.staff)

    def calls(self, staff: str) -> tuple[Call, ...]:
        hole = self.hole
        wanted = (staff, self.instance.calendar.date(hole.day), hole.shift, hole.hotspot)
        found = (call for call in self.reading.calls if (call.staff, call.for_date, call.shift, call.hotspot) == wanted)
        return tuple(sorted(found, key=lambda call: call.at))

    def _excluded(
        self, staff: str, broken: Findings, left: tuple[Assignment, ...], *, competent: bool = True
    ) -> Excluded:
        return Excluded(staff, self.free(staff, self.hole.day), competent, left, broken, self.calls(staff))


def _unfit(instance: Instance, hole: Hole, people: Iterable[str]) -> Mapping[str, Findings]:
    """Who may not stand at the hotspot or not work the shift, whatever else they work."""
    found: dict[str, list[Finding]] = {}
    rule = Qualification.for_instance(instance)
    for finding in rule.audit(instance, Roster.of(hole.taken_by(staff) for staff in people)):
        found.setdefault(finding.staff[0], []).append(finding)
    return {staff: tuple(findings) for staff, findings in found.items()}


def _nearest(item: Excluded) -> tuple[object, ...]:
    """Those who could come nearest first: competent, few rules broken, by little."""
    return not item.competent, len(item.broken), not item.free, sum(f.amount for f in item.broken), item.staff
