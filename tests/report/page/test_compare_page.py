"""The page of a comparison: verdict first, every picture with a table, nothing from outside, nobody named."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import scheduler
from scheduler.analysis.staffing_curve import StaffingCurve, StaffingCurves
from scheduler.analysis.staffing_words import Matched
from scheduler.messages.languages import Language
from scheduler.problem.facts import Category, Pooling
from scheduler.problem.staffing import StaffGroup
from scheduler.problem.strategy import Strategy
from scheduler.report.page.compare_page import compare_page
from scheduler.report.page.pictures.cascade import Cascade, Fall
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from scheduler.workbook.compare_sheets import write_comparison
from scheduler.workflows.compare import Comparison
from tests.report.page.comparisons import HOSTILE, comparison, with_curves, world
from tests.report.page.elements import Element, parsed

ROOT = Path(__file__).resolve().parents[3]
NAMES = ("separate", "lateral", "single")
POLICE = StaffGroup("5341", Category.POLICE)
OTHERS = StaffGroup("5342", Category.POLICE)
NOW = dict.fromkeys(COVERAGE_LEVELS, 6000)


def curve(group: StaffGroup, short: list[int]) -> StaffingCurve:
    return StaffingCurve((group,), -2, dict.fromkeys(COVERAGE_LEVELS, short), dict.fromkeys(COVERAGE_LEVELS, 0))


CURVES = {
    "separate": StaffingCurves(
        NOW, (curve(POLICE, [8000, 7000, 6000, 4800, 4500]), curve(OTHERS, [6500, 6200, 6000, 5000, 4100]))
    ),
    "single": StaffingCurves(NOW, (curve(POLICE, [6100, 6050, 6000, 3000, 0]),)),
}  # fmt: skip
STEPS = (Fall("everybody", 60_000, 60_000), Fall("leave", 50_000, -10_000), Fall("left", 50_000, 0))
CASCADES = (
    Cascade("5341: LEAD", STEPS, 40_000, 55_000, "5341", "LEAD", 4),
    *(
        Cascade(f"{code}: police", STEPS, 40_000, 55_000, f"{code} Bruxelles-Capitale-Ixelles", "police", 9)
        for code in range(5339, 5343)
    ),
)


def staffed(found: Comparison) -> Comparison:
    """With curves, and a roster of two people more."""
    matched = (Matched("separate", "single", 3000, {POLICE: 1, OTHERS: 1}, short=3600),)
    found = with_curves(found, CURVES)
    return replace(found, compared=replace(found.compared, matched=matched))


@cache
def page(language: Language = Language.EN) -> str:
    return compare_page("Midi", staffed(comparison(world(), *NAMES)), language, cascades=CASCADES)


def headings(found: Element) -> list[tuple[int, str]]:
    return [(int(each.tag[1]), each.text) for each in found.all("h1", "h2", "h3", "h4")]


@pytest.mark.parametrize("language", Language)
def test_a_page_is_well_formed_in_every_language(language: Language) -> None:
    found = parsed(page(language))
    assert found.all("html")[0].attributes["lang"] == str(language)
    levels = [level for level, _ in headings(found)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [each.tag for each in found.all("header", "main", "footer", "nav")] == ["header", "nav", "main", "footer"]
    ids = [each.attributes["id"] for each in found.all() if "id" in each.attributes]
    assert len(set(ids)) == len(ids)
    assert {each.attributes["href"] for each in found.all("a")} <= {f"#{name}" for name in ids}


def test_the_languages_differ_and_write_figures_in_their_own_way() -> None:
    sections = [[text for level, text in headings(parsed(page(language))) if level == 2] for language in Language]
    assert len({tuple(texts) for texts in sections}) == 3
    assert len({len(texts) for texts in sections}) == 1
    assert "2 March 2026" in page(Language.EN)
    assert "2 mars 2026" in page(Language.FR)
    assert "2 maart 2026" in page(Language.NL)


def test_nothing_is_loaded_and_nothing_runs() -> None:
    found = page()
    for reference in ("http:", "https:", "//", "@import", "javascript:", "data:"):
        assert reference not in found
    assert set(re.findall(r"url\((.*?)\)", found)) == {"#hatch"}
    tree = parsed(found)
    assert not tree.all("script", "link", "iframe", "img", "object", "embed", "base", "form")
    for element in tree.all():
        assert not {name for name in element.attributes if name.startswith("on") or name in ("style", "src")}


def test_the_verdict_stands_first_then_what_is_missing_anyway() -> None:
    found = parsed(page())
    first, second = found.all("section")[:2]
    assert [section.all("h2")[0].text for section in (first, second)] == [
        "Verdict", "What is missing, whatever tool is used",
    ]  # fmt: skip
    said = first.all("li")[0].text
    assert said.startswith("Police minimum: single is better than separate, proven: at least ")
    assert second.all("li")[0].text.startswith("separate: at least ")


def with_bounds(found: Comparison, **bounds: int) -> Comparison:
    """The same with other bounds, in hours, of the levels that are named, and without all others."""
    strategies = tuple(
        replace(
            each,
            levels=tuple(
                replace(level, value=max(level.value, 60 * bounds[level.name]), bound=60 * bounds[level.name])
                for level in each.levels
                if level.name in bounds
            ),
        )
        for each in found.compared.strategies
    )
    return replace(found, compared=replace(found.compared, strategies=strategies))


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ((0, 69, 12), "at least 69 of the"),
        ((2, 69, 12), "at least 71 of the"),
        ((0, 3, 12), "at least 12 of the"),
        ((0, 0, 0), "it is not proven that anything must be missing"),
    ],
)
def test_what_is_missing_of_a_minimum_is_missing_of_the_targets(bounds: tuple[int, int, int], said: str) -> None:
    names = ("police_minimum", "non_police_minimum", "targets")
    found = with_bounds(comparison(world(), "separate", "lateral"), **dict(zip(names, bounds, strict=True)))
    section = parsed(compare_page("Midi", found, Language.EN)).all("section")[1]
    assert all(said in item.text for item in section.all("li"))
    assert len(section.all("li")) == 2


def test_where_targets_are_no_level_nothing_is_said_of_them() -> None:
    found = with_bounds(comparison(world(), "separate", "lateral"), police_minimum=1, non_police_minimum=0)
    told = compare_page("Midi", found, Language.EN)
    assert "Targets are not compared" in told
    assert "whatever tool is used" not in told
    captions = [item.text for item in parsed(told).all("caption")]
    assert "Non-police minimum" in captions
    assert "Targets" not in captions


def test_where_curves_are_known_they_say_what_would_close_it() -> None:
    said = [item.text for item in parsed(page()).all("section")[1].all("li")]
    assert said == [str(words) for words in staffed(comparison(world(), *NAMES)).compared.staffing_sentences()]
    assert any("no fewer than" in words for words in said)
    assert any(words.startswith("separate needs at least 2 people more") for words in said)
    plain = parsed(compare_page("Midi", comparison(world(), *NAMES), Language.EN)).all("section")[1]
    assert [item.text.split(":")[0] for item in plain.all("li")] == list(NAMES)


def test_the_same_is_said_to_be_proven_everywhere() -> None:
    """Where a staffing curve proves more than the solve did, bars and tables tell that too."""
    found = staffed(comparison(world(), *NAMES))
    separate = found.compared.strategies[0]
    assert separate.curves is not None
    level = separate.levels[-1]
    proven = (level.bound + level.value) // 2 // 60 * 60
    curves = replace(separate.curves, now=dict.fromkeys(COVERAGE_LEVELS, proven))
    strategies = (replace(separate, curves=curves), *found.compared.strategies[1:])
    tree = parsed(
        compare_page("Midi", replace(found, compared=replace(found.compared, strategies=strategies)), Language.EN)
    )
    rows = [[cell.text for cell in row.children] for row in tree.shown[0].all("tbody")[0].all("tr")]
    (told,) = [row for row in rows if row[:2] == ["Targets", "separate"]]
    hours = f"{proven / 60:,.1f}"
    assert told[3] == hours
    (table,) = [
        each for each in tree.all("table") if each.all("caption")[0].text == "Hours missing by hotspot: separate"
    ]
    assert table.all("tr")[-1].children[2].text == hours


def test_every_picture_says_what_it_shows_and_has_a_table() -> None:
    found = parsed(page())
    pictures = [each for each in found.all("svg") if each.attributes.get("role") == "img"]
    figures = found.shown
    assert len(pictures) == len(figures) == 1 + 3 + 3 + 3 + 3 + 1 + 3
    for figure in figures:
        (picture,) = [each for each in figure.all("svg") if each.attributes.get("role") == "img"]
        (table,) = figure.all("details")[0].all("table")
        (heading,) = figure.all("h3")
        assert picture.attributes["aria-label"] == heading.text == table.all("caption")[0].text


def test_every_table_has_a_caption_and_heads_with_a_scope() -> None:
    tables = parsed(page()).all("table")
    assert len(tables) > 20
    for table in tables:
        (caption,) = table.all("caption")
        assert caption.text
        assert all(head.attributes["scope"] in ("col", "row", "colgroup") for head in table.all("th"))
        assert all(head.text for head in table.all("thead")[0].all("th"))
        *_, columns = table.all("thead")[0].all("tr")
        rows = table.all("tbody")[0].all("tr")
        assert rows
        assert {len(row.children) for row in rows} == {len(columns.children)}
        assert all(row.children[0].tag == "th" for row in rows)


def test_nobody_is_named() -> None:
    for language in Language:
        assert "SECRET" not in page(language)
        assert "Jansen" not in page(language)


def test_a_hostile_name_is_text() -> None:
    instance = world(named=HOSTILE)
    found = compare_page(HOSTILE, comparison(instance, *NAMES), Language.EN)
    tree = parsed(found)
    assert not tree.all("script")
    assert HOSTILE in tree.all("h1")[0].text
    assert any(HOSTILE in cell.text for cell in tree.all("td"))


def test_a_strategy_that_failed_is_told_of_and_the_others_stand() -> None:
    found = parsed(compare_page("Midi", comparison(world(), *NAMES, failed="lateral"), Language.EN))
    verdict = found.all("section")[0].text
    assert "lateral is not compared as a whole: the machine <caught> fire" in verdict
    assert "single is better than separate" in verdict
    assert [text for _, text in headings(found) if text.startswith("Coverage by hotspot")] == [
        "Coverage by hotspot: separate", "Coverage by hotspot: single",
    ]  # fmt: skip


def test_without_any_roster_the_page_says_so() -> None:
    found = parsed(compare_page("Midi", comparison(world(), "separate", failed="separate"), Language.EN))
    assert "There is no roster to compare." in found.all("section")[0].text
    assert not found.all("figure")


def test_with_one_roster_there_is_nothing_to_compare() -> None:
    found = parsed(compare_page("Midi", comparison(world(), "separate"), Language.EN))
    assert "Only one strategy has a roster" in found.all("section")[0].text


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"pooling": Pooling.LATERAL, "guarantee": False}, "no"),
        ({"pooling": Pooling.LATERAL}, "yes"),
        ({"pooling": Pooling.SINGLE, "lends_percent": 5.0}, ""),
    ],
)
def test_share_and_guarantee_are_told_of_zones_that_lend_and_of_no_others(
    changes: dict[str, Any], kept: str, tmp_path: Path
) -> None:
    found = comparison(world(), "separate", "lateral")
    changed = replace(found.compared.strategies[0], strategy=Strategy(name="mine", **changes))
    found = replace(found, compared=replace(found.compared, strategies=(changed, found.compared.strategies[1])))
    inputs = next(
        table
        for table in parsed(compare_page("Midi", found, Language.EN)).all("table")
        if table.all("caption")[0].text == "What each strategy changes"
    )
    row = [cell.text for cell in inputs.all("tr")[1].all("th", "td")]
    assert (row[0], row[2]) == ("mine", kept)
    assert "5" not in row
    out = tmp_path / "out.xlsx"
    write_comparison(out, "Midi", found.compared, Language.EN)
    cells = next(
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(out).worksheets[0].iter_rows()
        if row[0].value == "mine"
    )
    assert (cells[2], cells[3] or "") == (None, kept)


def test_where_nothing_is_proven_the_verdict_says_so() -> None:
    found = parsed(compare_page("Midi", comparison(world(), "separate", "lateral", proven=False), Language.EN))
    (said,) = found.all("section")[0].all("ul")[0].all("li")
    assert said.text.startswith("No difference between the strategies is proven at any level.")


def test_hotspots_without_coordinates_are_in_the_table_alone() -> None:
    found = parsed(compare_page("Midi", comparison(world(on_map=False), *NAMES), Language.EN))
    maps = [each for each in found.shown if each.all("h3")[0].text.startswith("Coverage by hotspot")]
    assert len(maps) == 3
    for figure in maps:
        assert not figure.all("svg")
        assert "3 hotspots have no coordinates and are not on the map." in figure.text
        assert "open" in figure.all("details")[0].attributes
        assert len(figure.all("tbody")[0].all("tr")) == 3


def test_without_curves_and_capacity_there_is_no_such_section() -> None:
    found = parsed(compare_page("Midi", comparison(world(), *NAMES), Language.EN))
    assert {"How many hours there are", "What more people would change"}.isdisjoint(text for _, text in headings(found))
    assert {"How many hours there are", "What more people would change"} <= {
        text for _, text in headings(parsed(page()))
    }


def test_people_more_stand_where_they_help_most() -> None:
    """Of 6000 minutes two more save 1500 in one zone, 1900 in the other, but 2200 if one comes to each."""
    (figure,) = [each for each in parsed(page()).shown if each.all("h3")[0].text == "What more people would change"]
    rows = [[cell.text for cell in row.children] for row in figure.all("tbody")[0].all("tr")]
    assert [(row[0], row[1]) for row in rows] == [("0", "100.0"), ("+2", "63.3")]
    heads = [head.text for head in figure.all("thead")[0].all("th")]
    assert heads == ["people", "separate", "separate, roster made", "single", "single, roster made"]
    assert rows[1][2] == "60.0"
    assert [row[3] for row in rows] == ["100.0", "0.0"]


@pytest.mark.slowest
@pytest.mark.slow
def test_the_region_has_at_most_500_kilobytes() -> None:
    instance = scheduler.load(ROOT / "instances" / "brussels-region.xlsx").instance
    found = staffed(comparison(instance, *NAMES))
    for language in Language:
        assert len(compare_page("Region", found, language, cascades=CASCADES).encode()) <= 500_000
