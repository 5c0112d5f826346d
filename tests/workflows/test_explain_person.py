"""A person's day explained: the audit decides what is legal, and nobody else is named in any language."""

from __future__ import annotations

import json
import re

import pytest

from scheduler.errors import InputError
from scheduler.messages.languages import Language
from scheduler.problem.facts import Pair, Request
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.report.explain_person import person_lines, person_object
from scheduler.rules.audit import audit, hard_findings
from scheduler.workflows.explain_person import asked_of, explain_person
from tests import builders as b
from tests.engine.zones import compiled, first, zone
from tests.workflows.readings import reading_of

MON = b.MONDAY


def wish(kind: str, shift: str | None = None, staff: str = "P1") -> Request:
    return Request(staff=staff, first=MON, last=MON, shift=shift, kind=kind, weight=2)


def told(instance: Instance, roster: Roster, staff: str = "P1", day: int = 0) -> str:
    return "\n".join(person_lines(explain_person(reading_of(instance, roster), staff, day), Language.EN))


@pytest.mark.parametrize("seed", range(8))
def test_nobody_else_is_named_and_what_is_legal_is_the_audits_word(seed: int) -> None:
    instance = zone(seed, days=5, police=5, guards=3)
    roster = first(compiled(instance)).roster
    assert not list(hard_findings(audit(instance, roster)))
    legal = 0
    for member in instance.staff:
        for day in range(instance.days):
            found = explain_person(reading_of(instance, roster), member.id, day)
            others = "|".join(re.escape(other.id) for other in instance.staff if other is not member)
            texts = ["\n".join(person_lines(found, language)) for language in Language]
            for said in (*texts, json.dumps(person_object(found))):
                assert not re.search(rf"\b(?:{others})\b", said)
            for option in found.options:
                kept = [cell for cell in roster if (cell.staff, cell.day) != (member.id, day)]
                changed = Roster.of([*kept, *([option.cell] if option.cell else [])])
                assert option.effect.legal is not any(hard_findings(audit(instance, changed)))
                legal += option.effect.legal
    assert legal, "somebody could do something else"


def test_a_duty_is_there_for_what_would_be_missing_without_it() -> None:
    instance = b.make(people=2, demand=(b.demand(minimum=1),), requests=(wish("avoid"),))
    said = told(instance, b.lines(P1="E......", P2="L......"))
    assert "P1 works E at HAL on 2026-03-02" in said
    assert "without it the hotspot would lack: police minimum 8.0 h" in said
    assert "not to work, weight 2: not granted" in said
    assert "free would grant it, but change the coverage" in said


def test_a_request_is_refused_by_a_rule_with_its_margin() -> None:
    instance = b.make(people=2, requests=(wish("want", "E"),), history=b.past("P1", "L"), demand=(b.demand(minimum=1),))
    said = told(instance, b.lines(P1=".......", P2="E......"))
    assert "P1 has no duty on 2026-03-02" in said
    assert "E HAL would grant it, but is not allowed" in said
    assert "(Daily rest, by 3 h 00)" in said


def test_a_request_that_costs_nothing_is_told_as_open() -> None:
    instance = b.make(people=2, requests=(wish("avoid"),), contracts=(b.free_contract(weekly_hours=0.0),))
    said = told(instance, b.lines(P1="E......"))
    assert "make the roster no worse by itself" in said
    granted = told(instance, b.lines(P2="E......"))
    assert "weight 2: granted." in granted


def test_partners_are_told_without_their_name() -> None:
    pair = Pair(staff_a="P1", staff_b="P2", kind="together")
    instance = b.make(people=2, pairs=(pair,))
    found = explain_person(reading_of(instance, b.lines(P1="E......", P2="E......")), "P1", 0)
    late = next(option for option in found.options if option.cell is not None and option.cell.shift == "L")
    apart = [item.finding for item in late.effect.dearer if item.finding.rule == "partners"]
    assert apart
    assert {finding.message.code for finding in apart} == {"about_colleagues"}
    assert all(set(finding.staff) <= {"P1"} for finding in apart)
    assert "P2" not in json.dumps(person_object(found))


def test_locks_and_leave_of_the_date_are_named() -> None:
    instance = b.make(people=2, locks=(b.lock("P1", 0, "E"),), absences=(b.leave("P1", 1), b.leave("P2", 0)))
    found = explain_person(reading_of(instance, b.lines(P1="E......")), "P1", 0)
    assert (found.locks, found.away) == ((0,), ())
    assert explain_person(reading_of(instance, b.lines(P1="E......")), "P1", 1).away == (0,)
    assert any(finding.rule == "locks" for option in found.options for finding in option.effect.broken)


def test_what_is_typed_is_read_or_refused_without_the_name_of_anybody_else() -> None:
    reading = reading_of(b.make(people=2), b.lines(P1="E......"))
    assert asked_of(reading, "p1", "02/03/2026") == ("P1", 0)
    with pytest.raises(InputError) as caught:
        asked_of(reading, "P3", "2027-01-01")
    assert [problem.place for problem in caught.value.problems] == ["--person", "--date"]
    assert "P1" not in str(caught.value)
    assert "P2" not in str(caught.value)
    with pytest.raises(InputError, match="Roster"):
        explain_person(reading_of(b.make(), None), "P1", 0)
