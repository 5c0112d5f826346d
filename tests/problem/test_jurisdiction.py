"""Who may stand where under each strategy, and that a workbook remembers which one was used."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.commands.solve import STRATEGIES
from scheduler.problem.facts import Organisation, OrganisationKind, Pooling
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.rules.audit import audit, hard_findings
from scheduler.workbook.read import read
from scheduler.workbook.rows import input_rows
from scheduler.workbook.sheets import choice, find_setting
from scheduler.workbook.template import save_tables
from tests.builders import TOWN, ZONE, hotspot, lines, make, person
from tests.workbook import input_world

OTHER_ZONE = Organisation(code="5340", name="Ouest", kind=OrganisationKind.POLICE_ZONE)
FEDERAL = Organisation(code="FED", name="Federal reserve", kind=OrganisationKind.FEDERAL)
EVERYWHERE = {"HAL", "ETAN"}
ROWS = input_world.world()


def world(strategy: Pooling, **changes: object) -> Instance:
    return make(
        people=[person(**changes)],
        organisations=(ZONE, TOWN, OTHER_ZONE, FEDERAL),
        hotspots=(hotspot(), hotspot("ETAN", municipality="Molenbeek", zone="5340")),
        strategy=strategy,
    )


@pytest.mark.parametrize(
    ("changes", "separate", "single"),
    [
        ({"organisation": "5341"}, {"HAL"}, EVERYWHERE),
        ({"organisation": "5340"}, {"ETAN"}, EVERYWHERE),
        ({"organisation": "SGIL"}, {"HAL"}, {"HAL"}),
        ({"organisation": "FED"}, EVERYWHERE, EVERYWHERE),
        ({"organisation": "5341", "hotspots": ("ETAN",)}, {"ETAN"}, {"ETAN"}),
    ],
)
def test_a_single_zone_pools_the_police_and_nobody_else(
    changes: dict[str, object], separate: set[str], single: set[str]
) -> None:
    assert allowed_hotspots(world(Pooling.SEPARATE, **changes), "P1") == separate
    assert allowed_hotspots(world(Pooling.SINGLE, **changes), "P1") == single


def test_the_same_facts_under_another_strategy() -> None:
    separate = world(Pooling.SEPARATE)
    single = separate.replace(strategy=Pooling.SINGLE)
    assert single.strategy is Pooling.SINGLE
    assert single.sha256 != separate.sha256
    assert single.replace(strategy=Pooling.SEPARATE) == separate


def test_the_audit_judges_by_the_strategy_of_the_instance() -> None:
    abroad = lines("ETAN", P1="E")
    assert {f.rule for f in hard_findings(audit(world(Pooling.SEPARATE), abroad))} == {"qualification"}
    assert hard_findings(audit(world(Pooling.SINGLE), abroad)) == ()


@pytest.mark.parametrize("key", ["strategy", "Stratégie", "strategie"])
@pytest.mark.parametrize("word", ["single", "zone unique", "één zone"])
def test_a_workbook_names_its_strategy_in_any_language(tmp_path: Path, key: str, word: str) -> None:
    path = tmp_path / "zone.xlsx"
    save_tables({**ROWS, "Settings": [*ROWS["Settings"], {"key": key, "value": word}]}, path)
    assert read(path).instance.strategy is Pooling.SINGLE


def test_a_reading_under_another_strategy_is_written_with_it(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    save_tables(ROWS, first)
    reading = read(first)
    pooled = reading.instance.replace(strategy=Pooling.SINGLE)
    save_tables(input_rows(pooled, reading), second)
    again = read(second)
    assert again.instance == pooled
    settings = input_rows(reading.instance, again)["Settings"]
    written = [
        choice(str(row["value"]), tuple(Pooling)) for row in settings if find_setting(str(row["key"])) == "strategy"
    ]
    assert written == ["separate"]


def test_the_command_line_offers_every_strategy() -> None:
    assert tuple(Pooling) == STRATEGIES
