"""What a change does, found from a part of the roster, is what two audits of the whole roster say."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from scheduler.analysis.coverage import shortages
from scheduler.analysis.incremental_audit import CellChange, IncrementalAudit, appeared
from scheduler.problem.incidents import Incident
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import RULES
from scheduler.rules.audit import audit, hard_findings
from scheduler.rules.base import Finding, Reach
from scheduler.vocabulary.constraints import Level
from tests.builders import free_contract, lines, make, past, person
from tests.engine.zones import zone
from tests.parity_cases import CASES, EVERYTHING, MIXED, STREET
from tests.test_parity import rosters

pytestmark = pytest.mark.slow


def a_roster(instance: Instance, pick: random.Random, load: float) -> Roster:
    """A roster of at most one duty a day, legal or not."""
    posts = [(shift.code, spot.code) for shift in instance.shifts for spot in instance.hotspots]
    return Roster.of(
        Assignment(member.id, day, *pick.choice(posts))
        for member in instance.staff
        for day in range(instance.days)
        if pick.random() < load
    )


def a_change(instance: Instance, roster: Roster, pick: random.Random) -> CellChange:
    """One to three people get another cell on a day each, or none."""
    removed: list[Assignment] = []
    added: list[Assignment] = []
    for staff in pick.sample(sorted(instance.person), pick.choice([1, 2, 3])):
        day = pick.randrange(instance.days)
        removed += [cell for cell in roster.line(staff) if cell.day == day]
        if pick.random() < 0.8:
            shift, spot = pick.choice(instance.shifts).code, pick.choice(instance.hotspots).code
            added.append(Assignment(staff, day, shift, spot))
    return CellChange(tuple(removed), tuple(added))


def quality(findings: tuple[Finding, ...]) -> Counter[str]:
    found: Counter[str] = Counter()
    for finding in findings:
        if finding.level is Level.QUALITY:
            found[finding.rule] += finding.cost or 0
    return found


def missing(instance: Instance, roster: Roster) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for item in shortages(instance, roster):
        found[item.hotspot, item.role, item.level] += item.person_minutes
    return found


@pytest.mark.parametrize("seed", range(40))
def test_a_change_does_what_two_whole_audits_say(seed: int) -> None:
    pick = random.Random(seed)
    instance = EVERYTHING.instance if seed % 5 == 4 else zone(seed, days=6)
    if seed % 3 == 2:
        shooting = Incident(at=pick.randrange(4000), hotspot="HAL", days=3, decays=seed % 2 == 0)
        instance = instance.replace(incidents=(shooting,))
    roster = a_roster(instance, pick, pick.choice([0.3, 0.6]))
    ours = IncrementalAudit(instance, roster, instance.person)
    before = audit(instance, roster)
    for _ in range(8):
        change = a_change(instance, roster, pick)
        after = audit(instance, change.roster(roster))
        effect = ours.effect(change)
        old, new = hard_findings(before), hard_findings(after)
        assert Counter(effect.broken) == Counter(appeared(old, new))
        assert Counter(effect.mended) == Counter(appeared(new, old))
        was, now = quality(before), quality(after)
        assert effect.points == {rule: now[rule] - was[rule] for rule in was | now if now[rule] != was[rule]}
        short, then = missing(instance, roster), missing(instance, change.roster(roster))
        gained = {place: short[place] - then[place] for place in short | then if short[place] != then[place]}
        assert effect.coverage == gained


def test_the_changes_break_and_mend_rules_of_both_sorts() -> None:
    """The test above would say little if they did not."""
    seen: set[tuple[str, str]] = set()
    for seed in range(40):
        pick = random.Random(seed)
        instance = zone(seed, days=6)
        roster = a_roster(instance, pick, 0.5)
        effect = IncrementalAudit(instance, roster, instance.person).effect(a_change(instance, roster, pick))
        seen |= {("broken", finding.rule) for finding in effect.broken}
        seen |= {("mended", finding.rule) for finding in effect.mended}
    for rule in ("daily_rest", "min_patrol_size", "co_presence"):
        assert {("broken", rule), ("mended", rule)} <= seen


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.reach is Reach.PERSON], ids=lambda rule: rule.code)
def test_a_personal_rule_depends_on_no_cell_of_anybody_else(rule: type) -> None:
    for case in (*CASES[rule.code], EVERYTHING):
        ours = rule.for_instance(case.instance)
        for roster in list(rosters(case))[:60]:
            alone: Counter[Finding] = Counter()
            for staff in case.instance.person:
                line = Roster.of(roster.line(staff))
                alone.update(item for item in ours.audit(case.instance, line) if item.staff == (staff,))
            assert alone == Counter(ours.audit(case.instance, roster))


def test_what_a_roster_breaks_already_is_not_held_against_a_change() -> None:
    instance = make(4, people=2)
    roster = lines(P1="N.E.", P2="NEN.")
    broken = hard_findings(audit(instance, roster))
    effect = IncrementalAudit(instance, roster, ["P1"]).effect(CellChange(added=(Assignment("P1", 1, "N", "HAL"),)))
    assert any(finding.staff == ("P2",) for finding in broken)
    assert all(finding.staff == ("P1",) for finding in effect.broken)


def test_a_fault_that_gets_smaller_is_no_new_one() -> None:
    instance = make(3, contracts=(free_contract(max_hours_week=10.0),))
    roster = lines(P1="EEE")
    effect = IncrementalAudit(instance, roster, ["P1"]).effect(CellChange(removed=(Assignment("P1", 2, "E", "HAL"),)))
    assert hard_findings(audit(instance, lines(P1="EE")))
    assert effect.legal
    assert not effect.mended or effect.mended[0].rule == "hours_week"


def test_fewer_police_for_as_many_minutes_is_worse() -> None:
    instance = make(1, contracts=MIXED, people=STREET)
    roster = Roster.of(Assignment(staff, 0, "E", "HAL") for staff in ("P1", "G1", "G2"))
    effect = IncrementalAudit(instance, roster, ["P1"]).effect(CellChange(removed=(Assignment("P1", 0, "E", "HAL"),)))
    assert {finding.rule for finding in effect.broken} == {"co_presence"}


def test_what_broke_with_the_cells_taken_off_is_not_held_against_a_change() -> None:
    """Two peacekeepers beside one of two police: taking him off leaves them without any, which somebody else must mend."""
    instance = make(1, contracts=MIXED, people=(*STREET, person("P3")))
    off = Assignment("P2", 0, "E", "HAL")
    rest = Roster.of(Assignment(staff, 0, "E", "HAL") for staff in ("P1", "G1", "G2"))
    audits = IncrementalAudit(instance, rest, ["P3", "G1"], taken_off=(off,))
    assert audits.effect(CellChange(added=(Assignment("P3", 0, "E", "HAL"),))).legal
    other = audits.effect(CellChange(removed=(Assignment("G1", 0, "E", "HAL"),)))
    assert {finding.rule for finding in other.broken} == {"co_presence", "min_patrol_size"}


def test_history_that_reaches_into_the_horizon_is_company() -> None:
    instance = make(2, contracts=MIXED, people=STREET, history=past("P1", "N", spot="HAL"))
    early = tuple(Assignment(staff, 0, "E", "HAL") for staff in ("P2", "G1", "G2"))
    roster = Roster.of(early)
    change = CellChange(added=(Assignment("P1", 1, "E", "HAL"),))
    effect = IncrementalAudit(instance, roster, ["P1"]).effect(change)
    whole = appeared(audit(instance, roster), audit(instance, change.roster(roster)))
    assert set(effect.broken) == {finding for finding in whole if finding.hard}
