from __future__ import annotations

import pytest

from scheduler.errors import InputError
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.audit import audit, broken_rules, hard_findings
from scheduler.vocabulary.constraints import LEVELS, Level
from tests.builders import demand, lines, make, past


def test_hard_findings_come_first_then_level_by_level_the_dearest_first() -> None:
    instance = make(5, people=2, demand=(demand(minimum=1, target=2),), history=past("P1", "N"))
    findings = audit(instance, lines(P1="E.NE.", P2="LLLLL"))
    assert findings[0].hard
    first_soft = next(index for index, finding in enumerate(findings) if not finding.hard)
    assert all(finding.hard for finding in findings[:first_soft])
    soft = [(LEVELS.index(finding.level), -(finding.cost or 0)) for finding in findings[first_soft:]]
    assert soft == sorted(soft)
    assert {LEVELS[place] for place, _ in soft} == {Level.POLICE_MINIMUM, Level.TARGETS, Level.QUALITY}
    assert hard_findings(findings) == findings[:first_soft]
    assert broken_rules(instance, lines(P1="E.NE.", P2="LLLLL")) == findings[:first_soft]


def test_every_hard_finding_names_a_cell_of_the_roster() -> None:
    instance = make(5, people=2, history=past("P1", "N"))
    roster = lines(P1="E.NE.", P2="LLELL")
    cells = {(a.staff, a.day) for a in roster}
    found = hard_findings(audit(instance, roster))
    assert {finding.rule for finding in found} >= {"daily_rest", "hours_24h"}
    assert all((finding.staff[0], finding.days[0]) in cells for finding in found)


def test_an_empty_roster_breaks_no_hard_rule() -> None:
    instance = make(5, people=2, demand=(demand(minimum=1),), history=past("P1", "NNNNN"))
    assert hard_findings(audit(instance, Roster())) == ()
    assert audit(instance, Roster())


def test_what_the_instance_does_not_know_is_reported_at_once() -> None:
    roster = Roster.of(
        [Assignment("P-1", 0, "E", "HALL"), Assignment("P1", 0, "Q", "HAL"), Assignment("P1", 9, "E", "HAL")]
    )
    with pytest.raises(InputError) as caught:
        audit(make(5), roster)
    assert [(problem.value, problem.hint and str(problem.hint)) for problem in caught.value.problems] == [
        ("P-1", "Did you mean 'P1'?"),
        ("HALL", "Did you mean 'HAL'?"),
        ("Q", None),
        ("9", None),
    ]
    assert [problem.message.code for problem in caught.value.problems] == [
        "roster_staff_unknown", "roster_hotspot_unknown", "roster_shift_unknown", "roster_day_outside",
    ]  # fmt: skip
