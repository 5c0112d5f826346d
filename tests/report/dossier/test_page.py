"""The dossier as a document: what readers and screen readers find, in each language, and what no text can do in it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

import scheduler
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts, text
from scheduler.problem.facts import Category, Role
from scheduler.problem.override import Override
from scheduler.report.dossier.object import dossier_object
from scheduler.report.dossier.page import SECTIONS, dossier_page
from scheduler.report.dossier.rule_figures import hard_rows, priced_rows
from scheduler.rules import RULES
from scheduler.workflows.dossier import Dossier, dossier
from scheduler.workflows.review import review
from scheduler.workflows.run_log import NAME, Origin, Outcome, log_run
from tests.builders import contract, person
from tests.workflows.living import NOW, edited, on, roster_file, told

EVIL = '<script>alert("x")</script>'
D = dt.date


class Page(HTMLParser):
    """Tags with their attributes, ids, and the text of the whole."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.tables: list[Counter[str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append(Counter())
        elif self.tables:
            self.tables[-1][tag] += 1

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """A dossier with everything in it: figures beyond the default, an override, edits, a published version and a log."""
    decision = {"decided_by": "Chief & Co", "decided_on": D(2026, 3, 1), "reason": f"{EVIL} at HAL"}
    override = Override(rule="daily_rest", staff="P1", date=on(2), **decision)  # type: ignore[arg-type]
    limits = contract(min_days_off=1, max_weekends_year=34, decision_date=D(2026, 1, 15))
    folder = tmp_path_factory.mktemp("dossier")
    path = told(roster_file(folder, overrides=(override,), contracts=(limits,), title="Zone <Midi>"))
    reading = scheduler.load(path)
    assert log_run(path, Origin.of("publish", reading), Outcome.reviewed(review(reading))) is None
    return dossier(scheduler.load(edited(path, {("P1", 3): ""})), NOW)


@pytest.fixture(scope="module", params=list(Language))
def page(request: pytest.FixtureRequest, found: Dossier) -> tuple[Language, Page, str]:
    content = dossier_page(found, request.param)
    return request.param, Page(content), content


def test_it_is_one_document_with_a_heading_for_each_section(page: tuple[Language, Page, str]) -> None:
    language, seen, _ = page
    assert seen.of("html") == [{"lang": str(language)}]
    assert len(seen.of("h1")) == 1
    assert [section["id"] for section in seen.of("section")] == list(SECTIONS)
    assert len(seen.of("h2")) == len(SECTIONS)
    links = [link["href"] for link in seen.of("a")]
    assert links == ["#main", *(f"#{name}" for name in SECTIONS)]
    ids = Counter(attributes["id"] for _, attributes in seen.tags if "id" in attributes)
    assert set(ids.values()) == {1}


def test_every_table_has_a_caption_and_heads_with_their_scope(page: tuple[Language, Page, str]) -> None:
    _, seen, _ = page
    assert len(seen.tables) >= 10
    assert all(table["caption"] == 1 and table["th"] for table in seen.tables)
    assert {head.get("scope") for head in seen.of("th")} <= {"col", "row", "rowgroup", "colgroup"}
    for region in (item for item in seen.of("div") if item.get("role") == "region"):
        assert region["aria-label"]
        assert region["tabindex"] == "0"


def test_nothing_is_loaded_nothing_runs_and_no_text_is_markup(page: tuple[Language, Page, str]) -> None:
    _, seen, content = page
    assert {tag for tag, _ in seen.tags}.isdisjoint({"script", "img", "link", "iframe", "object", "form", "input"})
    assert not any("style" in attributes or "src" in attributes for _, attributes in seen.tags)
    assert not re.search(r"https?://", content)
    assert EVIL in seen.text, "shown as it was typed"
    assert "Zone <Midi>" in seen.text


def test_it_says_what_a_committee_asks(found: Dossier, page: tuple[Language, Page, str]) -> None:
    language, seen, _ = page
    for code in ("performance", "absence", "person", "tracking"):
        assert text(language, f"dossier_never_{code}") in seen.text
    assert text(language, "dossier_edited", count=1) in seen.text
    assert text(language, "dossier_exceeds", count=3) in seen.text
    assert text(language, "dossier_log_whole", count=1) in seen.text
    assert text(language, "dossier_log_not_own") in seen.text
    assert "Chief & Co" in seen.text
    assert found.file_sha256 in seen.text
    assert found.review.instance.sha256 in seen.text
    chain = found.log.chain
    assert chain is not None
    assert chain.head in seen.text
    for rule in RULES:
        assert " ".join(rule.heading().text(language).split()) in seen.text


def test_nobody_who_works_by_it_is_numbered(found: Dossier, page: tuple[Language, Page, str]) -> None:
    _, seen, _ = page
    words = set(re.findall(r"[\w-]+", seen.text))
    assert words.isdisjoint({member.id for member in found.review.instance.staff})


def test_a_figure_stands_once_with_what_is_in_force(found: Dossier) -> None:
    rules = {row.title: row for row in hard_rows(found.rules, Texts())}
    (year,) = rules["Weekends in a year"].rows
    assert (year.default, year.in_force, year.changed) == (("police 28", "non-police no limit"), ("POL: 34 †",), True)
    (rest,) = rules["Daily rest"].rows
    assert (rest.default, rest.in_force, rest.changed) == (("11 h",), ("default",), False)
    assert [row.name for row in rules["Contract hours"].rows] == [
        "weekly_hours",
        "reference_weeks",
        "reference_hours.most_over_hours",
    ]
    prices = {row.title: row for row in priced_rows(found.rules, Texts())}
    assert [row.name for row in prices["Contract hours"].rows] == ["reference_hours.cost_per_hour"]
    assert len(rules) + len(prices) == len(RULES) + 1, "every rule, and the one that is hard and has a price"


def test_a_word_in_force_stands_beside_the_figures(tmp_path: Path) -> None:
    facts = {
        "people": [person(f"P{i}", roles=("DRIVER",)) for i in range(6)],
        "roles": (Role(code="DRIVER", category=Category.POLICE),),
        "parameters": {"role_holders.role": "DRIVER", "role_holders.heads": 3.0},
    }
    made = dossier(scheduler.load(roster_file(tmp_path, **facts)), NOW)
    (title,) = [rule.heading().text(Language.EN) for rule in RULES if rule.code == "role_holders"]
    (found,) = [row for row in hard_rows(made.rules, Texts()) if row.title == title]
    assert [(row.default, row.in_force, row.changed) for row in found.rows] == [
        (("–",), ("DRIVER",), True), (("2",), ("3 †",), True),
    ]  # fmt: skip
    assert "DRIVER" in Page(dossier_page(made, Language.EN)).text
    told = {
        item["key"]: item["in_force"] for rule in dossier_object(made, tmp_path)["rules"] for item in rule["parameters"]
    }
    assert (told["role_holders.role"], told["role_holders.heads"]) == ("DRIVER", 3)


@pytest.mark.parametrize("people", [4, 6])
def test_small_groups_are_not_shown(people: int, tmp_path: Path) -> None:
    few = tuple(person(f"P{number}", contract="POL" if number <= people else "REST") for number in range(1, 11))
    contracts = (contract(min_days_off=1), contract("REST", min_days_off=1))
    path = roster_file(tmp_path, people=few, contracts=contracts)
    seen = Page(dossier_page(dossier(scheduler.load(path), NOW), Language.EN))
    assert seen.text.count("too few") == 3, "of one contract: nights, weekends, hours"
    assert len([item for item in seen.of("svg") if item.get("role") == "img"]) == 3
    assert {"POL (6)", "REST (4)"} & set(seen.words) == ({"POL (6)"} if people == 6 else set())


def test_a_log_that_somebody_changed_is_named(found: Dossier, tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    reading = scheduler.load(path)
    for command in ("solve", "audit", "audit"):
        log_run(path, Origin.of(command, reading), Outcome.reviewed(review(reading)))
    log = tmp_path / NAME
    log.write_bytes(log.read_bytes().replace(b'"command":"solve"', b'"command":"sOlve"'))
    seen = Page(dossier_page(dossier(scheduler.load(path), NOW), Language.EN))
    assert "The chain of the log is broken: entry 1 (line 1) is not as it was written." in seen.text
    log.unlink()
    seen = Page(dossier_page(dossier(scheduler.load(path), NOW), Language.EN))
    assert f"There is no log ({NAME}) beside this workbook" in seen.text
