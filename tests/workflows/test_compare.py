"""Strategies compared end to end on a small world: what is proven, resumed runs, and what goes wrong."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import scheduler
from scheduler.analysis.strategy_figures import strategy_figures
from scheduler.analysis.verdict import Relation
from scheduler.backends.local import local_processes
from scheduler.config import SolveConfig
from scheduler.errors import InputError, OutputError
from scheduler.horizon import rolling
from scheduler.messages.languages import Language
from scheduler.messages.message import Message
from scheduler.problem.facts import Category, Organisation, OrganisationKind, Pooling
from scheduler.problem.instance import Instance
from scheduler.problem.strategy import READY, Strategy
from scheduler.report.compare_lines import compare_lines
from scheduler.report.compare_object import compare_object
from scheduler.rules.audit import audit, hard_findings
from scheduler.vocabulary.constraints import Level
from scheduler.workbook.compare_sheets import write_comparison
from scheduler.workbook.save import save_facts
from scheduler.workflows.compare import Comparison, Plan, compare
from scheduler.workflows.strategies import empty_places, known, notes
from tests.builders import ZONE, contract, demand, hotspot, lock, make, person, shift
from tests.processes import ends_within

pytestmark = [pytest.mark.slow, ends_within(300)]

QUICK = SolveConfig(time_limit_s=4.0, workers=1)
NAMES = ("separate", "lateral", "single")


def world() -> Instance:
    """Two zones: one has six people and one hotspot, the other two people for the same. Together they are enough."""
    other = Organisation(code="5342", kind=OrganisationKind.POLICE_ZONE)
    rows = (demand(start="06:00", until="14:00", minimum=1), demand(start="14:00", until="22:00", minimum=1))
    people = [person(f"P{i}", home_hotspot="HAL") for i in range(1, 7)]
    people += [person(f"Q{i}", organisation="5342", home_hotspot="CLEM") for i in range(1, 3)]
    return make(
        7, organisations=(ZONE, other), hotspots=(hotspot(), hotspot("CLEM", zone="5342", municipality="Anderlecht")),
        people=people, demand=(*rows, *(row.replace(hotspot="CLEM") for row in rows)), contracts=(contract(),),
    )  # fmt: skip


def plan(
    folder: Path, instance: Instance | None = None, names: tuple[str, ...] = NAMES, seeds: tuple[int, ...] = (1,)
) -> Plan:
    save_facts(folder / "input.xlsx", instance or world(), None)
    return Plan(scheduler.load(folder / "input.xlsx"), known(names), seeds, folder / "out.rosters")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return compare(plan(tmp_path_factory.mktemp("compare"), seeds=(1, 2)), QUICK)


def test_lending_helps_and_one_zone_needs_it_no_more_is_proven(found: Comparison) -> None:
    """Alone the small zone misses most of its minimum, a tenth of the other's days is little, and together nothing is missing."""
    values = [each.levels[0].value for each in found.compared.strategies]
    assert values[0] > values[1] > values[2] == 0
    said = found.compared.verdicts()
    level = found.compared.strategies[0].levels[0].name
    assert said["single", "separate"][level].relation is Relation.BETTER
    assert said["single", "separate"][level].margin == values[0]
    assert said["separate", "lateral"][level].relation is Relation.WORSE
    assert said["single", "lateral"][level].relation is Relation.BETTER


def test_every_roster_is_legal_and_lends_no_more_than_it_may(found: Comparison) -> None:
    for outcome in found.outcomes:
        assert [run.seed for run in outcome.runs] == [1, 2]
        for run in outcome.runs:
            assert not hard_findings(audit(run.instance, run.roster))
            kept = scheduler.load(run.path)
            assert (kept.roster, kept.instance.sha256) == (run.roster, run.instance.sha256)
    days = {each.name: each.figures.traded for each in found.compared.strategies if each.figures is not None}
    assert days["separate"]["5341"].lent == 0
    assert days["lateral"]["5341"].lent == days["lateral"]["5342"].borrowed == 3, "a tenth of 30 person-days"
    assert days["single"]["5341"].lent > 3


def test_no_zone_pays_for_lending_with_its_own_minimum(found: Comparison) -> None:
    short = {
        each.name: {zone: place.police_minimum for zone, place in each.figures.zones.items()}
        for each in found.compared.strategies
        if each.figures is not None
    }
    assert all(short["lateral"][zone] <= short["separate"][zone] for zone in ("5341", "5342"))


def test_who_is_agreed_to_stand_in_another_zone_is_not_lent(tmp_path: Path) -> None:
    """P1's row names a hotspot of the other zone: with separate zones P1 stands there, and with lateral P1 still does, whatever
    the share that may be lent. Else no roster could hold the guarantee."""
    given = world()
    staff = tuple(item.replace(hotspots=("CLEM",)) if item.id == "P1" else item for item in given.staff)
    asked = plan(tmp_path, given.replace(staff=staff), names=("separate", "lateral"))
    none_lent = READY["lateral"].replace(lends_percent=0.0)
    found = compare(replace(asked, strategies=(READY["separate"], none_lent)), QUICK)
    separate, lateral = found.outcomes
    assert separate.best is not None
    assert lateral.best is not None
    assert any(cell.staff == "P1" for cell in separate.best.roster)
    assert not [item for item in audit(lateral.best.instance, lateral.best.roster) if item.rule == "guarantee"]
    assert lateral.levels[0].value <= separate.levels[0].value
    for each in found.compared.strategies:
        assert each.figures is not None
        assert {days.lent for days in each.figures.traded.values()} == {0}


def test_what_is_written_says_what_was_found(found: Comparison, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    for language in Language:
        write_comparison(out, "synthetic", found.compared, language)
        book = openpyxl.load_workbook(out)
        assert len(book.sheetnames) == 6
        assert [row[0].value for row in book.worksheets[5].iter_rows(min_row=5)] == list(NAMES)
        lines = list(compare_lines(found.compared, language))
        assert lines[0] == book.worksheets[0]["A4"].value
        assert any("single" in line for line in lines)
    said = json.loads(json.dumps(compare_object(found, out)))
    assert [item["strategy"]["name"] for item in said["strategies"]] == list(NAMES)
    assert said["strategies"][1]["figures"]["person_days"]["5341"]["lent"] == 3
    assert {(item["one"], item["other"]) for item in said["verdicts"]} == {
        (a, b) for a in NAMES for b in NAMES if a != b
    }


def test_a_stopped_comparison_goes_on_where_it_was(tmp_path: Path) -> None:
    """Rosters of the same facts and seed are taken up; one that was edited, or is of other facts, is refused."""
    first = compare(plan(tmp_path, names=("separate", "single")), QUICK)
    begun: list[str] = []
    again = compare(
        plan(tmp_path, names=NAMES), QUICK, resume=True, on_run=lambda strategy, seed: begun.append(strategy.name)
    )
    assert begun == ["lateral"]
    assert again.outcomes[0].runs[0].roster == first.outcomes[0].runs[0].roster
    assert [run.resumed for outcome in again.outcomes for run in outcome.runs] == [True, False, True]
    begun.clear()
    other = world().replace(title="another", demand=world().demand[:3])
    kept = first.outcomes[1].runs[0].path.read_bytes()
    single = plan(tmp_path, other, names=("single",))
    refused = compare(single, QUICK, resume=True, on_run=lambda s, _: begun.append(s.name)).outcomes[0]
    assert isinstance(refused.error, OutputError)
    assert (begun, refused.runs, first.outcomes[1].runs[0].path.read_bytes()) == ([], (), kept)
    with pytest.raises(OutputError, match="earlier comparison"):
        compare(single, QUICK)
    compare(single, QUICK, resume=True, force=True, on_run=lambda s, _: begun.append(s.name))
    assert begun == ["single"]


def test_a_run_that_was_stopped_is_no_finished_one(tmp_path: Path) -> None:
    stop, begun = threading.Event(), list[int]()
    asked = plan(tmp_path, names=("separate",), seeds=(1, 2))
    first = compare(asked, QUICK, stop=stop, on_progress=lambda told: stop.set() if told.value is not None else None)
    assert [run.finished for run in first.outcomes[0].runs] == [False]
    assert first.compared.strategies[0].stopped == (1,)
    assert "separate: the solve was stopped before its end (seed 1); --resume goes on with it." in list(
        compare_lines(first.compared, Language.EN)
    )
    again = compare(asked, QUICK, resume=True, on_run=lambda _, seed: begun.append(seed))
    assert begun == [1, 2]
    assert [(run.finished, run.resumed) for run in again.outcomes[0].runs] == [(True, False)] * 2
    values = [[level.value for level in found.outcomes[0].runs[0].record.levels] for found in (first, again)]
    assert values[1] <= values[0]
    assert again.compared.strategies[0].stopped == ()


def test_targets_that_are_points_are_no_level_of_a_comparison(tmp_path: Path) -> None:
    """Else nothing would be said to be missing of them, proven, whatever is missing."""
    priced = world().replace(parameters={"demand.short_cost_per_minute": 5.0})
    got = compare(plan(tmp_path, priced, names=("separate", "single")), QUICK, staffing=True)
    assert [level.name for level in got.compared.strategies[0].levels[:3]] == [
        "police_minimum", "non_police_minimum", "quality",
    ]  # fmt: skip
    said = [words for words in compare_lines(got.compared, Language.EN) if words.startswith("Targets")]
    assert len(said) == 1
    assert "are not compared" in said[0]
    assert got.compared.strategies[0].curves is None


def test_what_was_not_solved_as_all_was_stopped_is_told(tmp_path: Path) -> None:
    """Stopped in the second of three strategies, of which lateral comes last: neither is missing without a word."""
    stop = threading.Event()
    asked = plan(tmp_path, names=("lateral", "separate", "single"), seeds=(1, 2))
    got = compare(asked, QUICK, stop=stop, on_run=lambda item, seed: stop.set() if item.name == "single" else None)
    assert [each.unsolved for each in got.compared.strategies] == [(1, 2), (), (2,)]
    said = list(compare_lines(got.compared, Language.EN))
    assert "lateral: stopped before it was solved (seed 1 and 2); --resume solves it." in said
    assert "single: stopped before it was solved (seed 2); --resume solves it." in said
    assert [item["unsolved_seeds"] for item in compare_object(got, tmp_path / "out.xlsx")["strategies"]] == [
        [1, 2],
        [],
        [2],
    ]


def test_all_runs_of_a_strategy_are_of_the_same_facts(found: Comparison) -> None:
    """Otherwise a bound of one seed would not hold for another."""
    for outcome in found.outcomes:
        assert len({run.instance.sha256 for run in outcome.runs}) == 1


def test_a_roster_that_breaks_a_rule_is_in_no_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.result.Result.violations", property(lambda _: 1))
    got = compare(plan(tmp_path, names=("separate",)), QUICK)
    assert got.outcomes[0].runs == ()
    assert got.outcomes[0].error is not None
    assert got.compared.rostered == ()


def test_one_that_fails_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = rolling.solve

    def solve(instance: Instance, *args: object, **options: object) -> object:
        if instance.strategy is READY["lateral"].pooling:
            raise scheduler.NoRosterError(Message("stopped", "Stopped."))
        return real(instance, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(rolling, "solve", solve)
    got = compare(plan(tmp_path), QUICK)
    assert [bool(outcome.runs) for outcome in got.outcomes] == [True, False, True]
    assert set(got.compared.verdicts()) == {("separate", "single"), ("single", "separate")}
    assert any("lateral is not compared" in said.text(Language.EN) for said in got.compared.sentences())


def test_a_stop_compares_what_is_there(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    got = compare(plan(tmp_path), QUICK, stop=stop)
    assert all(outcome.runs == () and outcome.error is None for outcome in got.outcomes)
    assert list(compare_lines(got.compared, Language.EN)) == [
        f"{name}: stopped before it was solved (seed 1); --resume solves it." for name in NAMES
    ]


def test_names_that_are_unknown_or_stand_twice_are_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        known(["separate", "seperate", "separate", "foo"])
    assert [(p.value, p.message.code) for p in caught.value.problems] == [
        ("seperate", "strategy_unknown"), ("separate", "strategy_again"), ("foo", "strategy_unknown"),
    ]  # fmt: skip
    with pytest.raises(InputError, match=r"names no strategy\. Known are separate"):
        known([])
    assert "separate" in str(caught.value.problems[0].hint)
    assert "single" in str(caught.value.problems[2].hint)


def test_strategies_of_the_workbook_come_beside_the_ready_ones() -> None:
    mine = Strategy(name="Single", shifts=("E",))
    other = Strategy(name="12 h", shifts=("D12",))
    assert known(["single", "12 H", "separate"], [mine, other]) == (mine, other, READY["separate"])


def said_before(strategy: Strategy, instance: Instance) -> list[str]:
    return [note.message.code for note in notes([strategy], instance)]


def test_what_a_strategy_cannot_hold_is_said_before_anything_is_solved() -> None:
    instance = world().replace(staff=world().staff[:6])
    assert said_before(READY["separate"], instance) == ["strategy_leaves_empty"]
    assert said_before(READY["single"], instance) == []
    assert empty_places(instance) == ("CLEM",)
    # Asked from 06:00 to 22:00 at two places, with early shifts alone: 2 × 8 h on 7 days are out of reach.
    everybody = tuple(each.code for each in instance.organisations)
    assert said_before(Strategy(name="nobody", without=everybody), world()) == [
        "strategy_drops_people", "strategy_leaves_empty",
    ]  # fmt: skip
    early = Strategy(name="early", shifts=("E",))
    (note,) = notes([early], world())
    assert (note.message.code, dict(note.message.arguments)["hours"]) == ("strategy_no_shift", 112.0)
    assert said_before(Strategy(name="both", shifts=("E", "L")), world()) == []
    # Their contract allows no duty of twelve hours.
    nine = world().replace(
        contracts=(contract(max_hours_24h=9.0),), shifts=(*world().shifts, shift("D12", "07:00", "19:00"))
    )
    idle = [note for note in notes([Strategy(name="long", shifts=("D12",))], nine) if "idle" in note.message.code]
    assert [dict(note.message.arguments)["count"] for note in idle] == [8]
    assert said_before(Strategy(name="much", lends_percent=20), world()) == ["strategy_lends_nothing"]
    assert said_before(Strategy(name="much", pooling=Pooling.LATERAL, lends_percent=20), world()) == [
        "strategy_needs_alone"
    ]


def test_what_a_strategy_leaves_out_is_said_before_anything_is_solved() -> None:
    given = world().replace(locks=(lock("P1", 1, "L"), lock("P2", 1, "E"), lock("P2", 3, "L")))
    early, small = Strategy(name="early", shifts=("E",)), Strategy(name="small", without=("5342",))
    said = [str(note.message) for strategy in (early, small) for note in notes([strategy], given)]
    assert "leaves out 2 rows of sheet Locked: the shifts are not worked." in said
    assert "leaves out 2 people of sheet Staff." in said


def test_no_strategy_may_have_the_name_of_what_zones_miss_alone(tmp_path: Path) -> None:
    mine = Strategy(name="lateral-alone", pooling=Pooling.SINGLE)
    asked = replace(plan(tmp_path, names=("lateral",)), strategies=(READY["lateral"], mine))
    with pytest.raises(InputError, match=r"lateral-alone.*give it another one"):
        compare(asked, QUICK)


@pytest.mark.slowest
def test_runs_go_side_by_side_where_there_are_workers_for_them(tmp_path: Path) -> None:
    """Six workers for strategies of two pools: three runs at once."""
    begun = threading.Barrier(3, timeout=60)
    told: list[object] = []
    with local_processes(2) as backend:
        wide = replace(backend, width=6, one_machine=False)
        longer = QUICK.replace(time_limit_s=5.0)
        asked = plan(tmp_path, seeds=(1, 2, 3))
        found = compare(asked, longer, backend=wide, on_run=lambda *_: begun.wait(), on_progress=told.append)
    assert [len(outcome.runs) for outcome in found.outcomes] == [3, 3, 3]
    assert [[run.seed for run in outcome.runs] for outcome in found.outcomes] == [[1, 2, 3]] * 3
    assert told == []
    assert not any(hard_findings(audit(run.instance, run.roster)) for outcome in found.outcomes for run in outcome.runs)


def test_the_people_that_separate_zones_take_to_be_as_good_as_one(tmp_path: Path) -> None:
    """The small zone has two people for a post that takes more; the large one has some to spare."""
    found = compare(plan(tmp_path, names=("separate", "single")), QUICK, staffing=True)
    separate, single = found.compared.strategies
    assert separate.curves is not None
    assert single.curves is not None
    (matched,) = found.compared.matched
    assert (matched.one, matched.other, matched.aim) == ("separate", "single", single.value_of(Level.TARGETS))
    assert {group.organisation for group in matched.more} == {"5342"}
    assert matched.people == 1 or separate.curves.now[Level.TARGETS] > 0
    # One fewer is proven to be too few; with as many the roster is there, and legal.
    small = next(curve for curve in separate.curves.curves if curve.groups[0].organisation == "5342")
    assert small.at(Level.TARGETS, matched.people - 1) > matched.aim
    kept = scheduler.load(tmp_path / "out.rosters" / f"separate-with-{matched.people}-more-1.xlsx")
    assert len(kept.instance.staff) == 8 + matched.people
    assert matched.short == matched.aim
    for language in Language:
        said = " ".join(said.text(language) for said in found.compared.staffing_sentences())
        assert str(matched.people) in said
        write_comparison(tmp_path / f"{language}.xlsx", "Title", found.compared, language)
        sheets = openpyxl.load_workbook(tmp_path / f"{language}.xlsx")
        rows = list(sheets.worksheets[-1].iter_rows(min_row=4, values_only=True))
        assert rows[0][4:] == ("-10", "-5", "0", "+5", "+10", "+15", "+20", "+25", "+30")
        assert rows[1][0] == "separate"
    told = compare_object(found, tmp_path / "out.xlsx")
    json.dumps(told)
    assert told["matched"][0]["people_more"] == {"5342": matched.people}


def test_the_first_weeks_alone_are_compared(tmp_path: Path) -> None:
    asked = plan(tmp_path, world().replace(calendar=world().calendar.replace(days=21)), names=("single",))
    found = compare(replace(asked, weeks=2), QUICK)
    (run,) = found.outcomes[0].runs
    again = scheduler.load(run.path)
    assert again.instance.days == run.instance.days == 14
    assert again.roster == run.roster
    with pytest.raises(InputError, match="21 days"):
        compare(replace(asked, weeks=4), QUICK)


def test_soldiers_beside_police_are_proven_to_help_only_where_police_are(tmp_path: Path) -> None:
    """Mixed patrols: soldiers stand nowhere without police; what they add is asked of others than police."""
    army = Organisation(code="ARMY", kind=OrganisationKind.PARTNER)
    soldiers = [person(f"S{i}", organisation="ARMY", contract="SOL") for i in range(1, 5)]
    beside = contract("SOL", category=Category.NON_POLICE, needs_police=1)
    asked = tuple(row.replace(role="non_police") for row in world().demand)
    mixed = world().replace(
        organisations=(*world().organisations, army), staff=(*world().staff, *soldiers),
        contracts=(*world().contracts, beside), demand=(*world().demand, *asked),
    )  # fmt: skip
    made = plan(tmp_path, mixed, names=("separate",))
    alone = Strategy(name="police alone", without=("ARMY",))
    found = compare(replace(made, strategies=(READY["separate"], alone)), QUICK)
    assert [outcome.dropped.people for outcome in found.outcomes] == [0, 4]
    said = found.compared.verdicts()["separate", "police alone"]
    assert said[Level.NON_POLICE_MINIMUM.code].relation is Relation.BETTER
    # At most a duty of 8 h a day each; without them all is missing.
    assert 0 < said[Level.NON_POLICE_MINIMUM.code].margin <= 4 * 7 * 8 * 60
    best = found.outcomes[0].best
    assert best is not None
    duty = best.instance.duty
    for cell in best.roster:
        if cell.staff.startswith("S"):
            there = [each for each in best.roster if each.hotspot == cell.hotspot and not each.staff.startswith("S")]
            spans = [(duty(each.day, each.shift).start, duty(each.day, each.shift).end) for each in there]
            begin, end = duty(cell.day, cell.shift).start, duty(cell.day, cell.shift).end
            assert all(any(a <= minute < b for a, b in spans) for minute in range(begin, end, 30))


def test_the_figures_of_nobody_are_nothing() -> None:
    figures = strategy_figures(world(), scheduler.Roster())
    assert figures.people.at_home is None
    assert figures.zones["5341"].covered == 0.0
    assert figures.worst_hour == 6
