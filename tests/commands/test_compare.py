"""The command compare: what it writes, what it refuses to replace, and bad options."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler import load
from scheduler.system.chained_log import read_log
from scheduler.workbook.save import save_facts
from scheduler.workflows.run_log import NAME
from tests.builders import demand, make
from tests.commands.called import vigie, vigie_json
from tests.processes import ends_within

pytestmark = [pytest.mark.slow, ends_within(300)]
QUICK = ("--time-limit", "3", "--strategies", "separate,single", "--quiet")


def test_compare_writes_its_rosters_and_replaces_none_unasked(tmp_path: Path) -> None:
    facts, out = tmp_path / "facts.xlsx", tmp_path / "out.xlsx"
    save_facts(facts, make(7), None)
    found = vigie_json("compare", facts, "-o", out, *QUICK)
    assert [item["strategy"]["name"] for item in found["strategies"]] == ["separate", "single"]
    rosters = {path: path.read_bytes() for path in (tmp_path / "out.rosters").glob("*.xlsx")}
    assert {path.name for path in rosters} == {"separate-1.xlsx", "single-1.xlsx"}
    chain = read_log(tmp_path / "out.rosters" / NAME)
    assert chain is not None
    assert chain.broken is None
    told = [(entry.content["command"], entry.content["output"]["file"]) for entry in chain.entries]
    assert told == [("compare", "separate-1.xlsx"), ("compare", "single-1.xlsx")]
    out.unlink()
    refused = vigie("compare", facts, "-o", out, *QUICK, code=2)
    assert "separate-1.xlsx" in refused.stderr
    assert "--resume" in refused.stderr
    assert not out.exists()
    again = vigie_json("compare", facts, "-o", out, *QUICK, "--resume")
    assert all(run["resumed"] for item in again["strategies"] for run in item["runs"])
    assert {path: path.read_bytes() for path in rosters} == rosters


def test_compare_writes_a_page_and_replaces_none_unasked(tmp_path: Path) -> None:
    facts, out, page = tmp_path / "facts.xlsx", tmp_path / "out.xlsx", tmp_path / "page.html"
    save_facts(facts, make(14, people=2, demand=(demand(minimum=1),)), None)
    page.write_text("a page of mine")
    assert "page.html" in vigie("compare", facts, "-o", out, "--html", page, *QUICK, code=2).stderr
    assert "end in .html" in vigie("compare", facts, "-o", out, "--html", tmp_path / "page.pdf", *QUICK, code=2).stderr
    assert page.read_text() == "a page of mine"
    assert not out.exists()
    vigie("compare", facts, "-o", out, "--html", page, "--weeks", "1", "--force", "--lang", "fr", *QUICK)
    written = page.read_text(encoding="utf-8")
    assert written.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert 'id="capacity"' in written
    assert out.exists()
    for name in ("separate", "single"):
        assert load(tmp_path / "out.rosters" / f"{name}-1.xlsx").instance.calendar.days == 7


def test_bad_options_of_compare_end_with_2(tmp_path: Path) -> None:
    facts, out = tmp_path / "facts.xlsx", tmp_path / "out.xlsx"
    save_facts(facts, make(7), None)
    assert "seperate" in vigie("compare", facts, "-o", out, "--strategies", "seperate", code=2).stderr
    assert "--seeds" in vigie("compare", facts, "-o", out, "--seeds", "1,1", code=2).stderr
    assert "--weeks" in vigie("compare", facts, "-o", out, "--weeks", "2", code=2).stderr
    assert "Known are separate" in vigie("compare", facts, "-o", out, "--strategies", " ,", code=2).stderr
    for seeds in ("1,01", "²", "-1", ""):
        assert "--seeds" in vigie("compare", facts, "-o", out, "--seeds", seeds, code=2).stderr
    assert not (tmp_path / "out.rosters").exists()


def test_compare_replaces_no_workbook_that_it_reads(tmp_path: Path) -> None:
    facts, link = tmp_path / "facts.xlsx", tmp_path / "link.xlsx"
    save_facts(facts, make(7), None)
    link.symlink_to(facts)
    before = facts.read_bytes()
    for out in (facts, link):
        assert "is read here" in vigie("compare", facts, "-o", out, "--force", *QUICK, code=2).stderr
    assert facts.read_bytes() == before


def test_the_period_that_is_solved_is_told(tmp_path: Path) -> None:
    facts, out = tmp_path / "facts.xlsx", tmp_path / "out.xlsx"
    save_facts(facts, make(14, people=2), None)
    told = vigie("compare", facts, "-o", out, "--weeks", "1", "--strategies", "separate", "--time-limit", "1").stderr
    assert "days: 7" in told
