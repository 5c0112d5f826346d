"""The mutation run: what it breaks, and that it tells a test that notices from one that is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import mutations
from tests.mutants import mutants
from tests.mutations import calls_for, chosen, run, table
from tests.processes import ends_within

SOURCE = '''"""Shows."""
from __future__ import annotations

def larger(one: int, other: int) -> int:
    """The larger of two."""
    return max(one, other)

def untested(names: list[str]) -> list[str]:
    return [name for name in names if name]
'''
TEST = """from scheduler.small.code import larger, untested

def test_the_larger_of_two():
    assert larger(1, 2) == 2
"""


def changes(source: str) -> set[tuple[str, str]]:
    return {(mutant.before, mutant.after) for mutant in mutants(source)}


def test_every_kind_of_mistake_is_made() -> None:
    assert changes("x = a < b and not c") == {
        ("a < b", "(a <= b)"),
        ("a < b and not c", "(a < b or not c)"),
        ("a < b and not c", "(a < b)"),
        ("a < b and not c", "(not c)"),
        ("not c", "(c)"),
    }
    assert changes("x = min(a) + 1") == {("min", "max"), ("1", "2"), ("min(a) + 1", "(min(a) - 1)")}
    assert changes("if a:\n    del b") == {("a", "True"), ("a", "False")}
    assert changes("for a in b:\n    c.add(a)\n    continue") == {("c.add(a)", "pass"), ("continue", "pass")}
    assert changes("x = calendar.minute(day, clock)") == {("calendar.minute(day, clock)", "((day) * 1440 + (clock))")}
    assert ("f()", "[each * 0 for each in (f())]") in changes("def g() -> list[Ints]:\n    return f()")
    assert ("a", "0") in changes("def g() -> int:\n    return a")


def test_what_is_said_and_what_only_types_read_is_left_alone() -> None:
    assert (
        changes('"""1 < 2"""\nfrom a import b\nx: dict[int, 1 + 1]\n@f(1)\ndef g(y: int | None) -> None: "no"') == set()
    )
    assert changes("if TYPE_CHECKING:\n    x = 1") == set()
    assert changes('Message("code", "wording", count=1 + 1)') == {('Message("code", "wording", count=1 + 1)', "pass")}


def test_the_text_around_a_place_stays_as_it_is() -> None:
    (mutant,) = mutants("é = 'é' < ö  # é\n\n")
    assert (mutant.line, mutant.source) == (1, "é = ('é' <= ö)  # é\n\n")


@ends_within(120)
def test_a_mistake_that_a_test_notices_is_killed_and_one_without_a_test_survives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("scheduler/small", "tests/small"):
        (tmp_path / name).mkdir(parents=True)
        for folder in (name, name.partition("/")[0]):
            (tmp_path / folder / "__init__.py").touch()
    (tmp_path / "scheduler/small/code.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "tests/small/test_code.py").write_text(TEST, encoding="utf-8")
    monkeypatch.setattr(mutations, "PRELOADED", ["pytest"])
    picked = chosen(["scheduler/small"], None, 1, tmp_path)
    found = {(each.mutant.before, each.mutant.after): each.killed_by for each in run(picked, tmp_path)}
    seen = "tests/small/test_code.py::test_the_larger_of_two"
    assert found == {
        ("max", "min"): seen,
        ("max(one, other)", "0"): seen,
        ("name", "True"): None,
        ("[name for name in names if name]", "[]"): None,
    }
    assert (tmp_path / "scheduler/small/code.py").read_text(encoding="utf-8") == SOURCE


def test_the_same_seed_draws_the_same_sample() -> None:
    first, again, other = (chosen(["scheduler/vocabulary/problem.py"], 5, seed) for seed in (1, 1, 2))
    assert len(first) == 5
    assert first == again != other
    assert table([]) == "| folder | mutants | killed | survived |\n|--|--|--|--|"


def test_a_rule_has_its_own_tests_first() -> None:
    groups = calls_for("scheduler/rules/locks.py")
    assert groups[:2] == [["tests/rules/test_locks.py"], ["tests/test_parity.py", "-k", "locks"]]
    assert all((mutations.ROOT / group[0].partition("::")[0]).exists() for group in groups)
