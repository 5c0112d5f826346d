"""What is said of an anonymised workbook."""

from __future__ import annotations

from pathlib import Path

from scheduler.messages.languages import Language
from scheduler.report.anonymous import anonymous_lines, anonymous_object
from scheduler.workflows.anonymise import anonymise
from tests.workbook import result_world

OUT, MAP = Path("out.xlsx"), Path("who.csv")


def test_what_was_done_and_who_can_still_be_told_is_said_without_an_old_id() -> None:
    instance = result_world.world(size=4, days=7)
    found = anonymise(instance, None, seed=1)
    lines = list(anonymous_lines(found, OUT, MAP, Language.EN))
    assert lines[0].startswith("6 people have new ids")
    assert "Role dropped, which fewer than three people hold and no demand asks for: LEAD." in lines
    assert "2 people are of an organisation that has fewer than three of the category: N-001, N-002." in lines
    assert lines[-2:] == ["Written: out.xlsx", "Written: who.csv. It says who is who: keep it apart from the workbook."]
    assert not any("G-0" in line for line in lines)


def test_many_ids_are_cut_short_for_people_not_for_programs() -> None:
    staff = result_world.world(size=30, days=7).staff
    rare = tuple(member.replace(max_weekends_year=at) if at < 8 else member for at, member in enumerate(staff))
    found = anonymise(result_world.world(size=30, days=7).replace(staff=rare), None, seed=1)
    (line,) = (line for line in anonymous_lines(found, OUT, None, Language.EN) if "max_weekends_year" in line)
    assert "8 people" in line
    assert line.count("P-") == 5
    told = {item["column"]: item["staff"] for item in anonymous_object(found, OUT, None)["rare"]}
    assert len(told["max_weekends_year"]) == 8
