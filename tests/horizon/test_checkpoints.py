"""Finished blocks as files: read back equal, refused by name when they do not fit, and never a reason to lose the run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scheduler.config import SolveConfig
from scheduler.errors import InputError
from scheduler.horizon import checkpoints
from scheduler.horizon.checkpoints import BlockFiles, blocks_folder
from scheduler.horizon.rolling import Solved
from scheduler.messages.message import Message
from scheduler.problem.facts import Pooling
from scheduler.problem.roster import Roster
from scheduler.result import BlockRecord, LevelResult
from scheduler.vocabulary.constraints import LEVELS
from tests.builders import lines, make
from tests.messages.said import said

INSTANCE = make(49)
CONFIG = SolveConfig(seed=3)
RESULTS = tuple(LevelResult(name=level.code, value=5, bound=3, required=9) for level in LEVELS)
SLOW = said("It was slow.")
FIRST = Solved(
    BlockRecord(first=0, stop=28, until=35, levels=RESULTS, incidents=(SLOW,)),
    lines(P1="EN"),
    lines(P1=28 * "." + "L"),
)
SECOND = Solved(BlockRecord(first=28, stop=49, until=49, levels=RESULTS), lines(P1=30 * "." + "E"), Roster())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two finished blocks."""
    files = BlockFiles(tmp_path / "roster.blocks", INSTANCE, CONFIG)
    files.save(0, Roster(), FIRST)
    files.save(1, FIRST.roster, SECOND)
    return tmp_path / "roster.blocks"


def _resumed(folder: Path, **changes: object) -> BlockFiles:
    return BlockFiles(**{"folder": folder, "instance": INSTANCE, "config": CONFIG, "resume": True, **changes})


def test_the_folder_lies_beside_the_output() -> None:
    assert blocks_folder(Path("out/roster.xlsx")) == Path("out/roster.blocks")


def test_what_is_saved_is_read_back(folder: Path) -> None:
    files = _resumed(folder)
    assert files.load(0, Roster()) == FIRST
    assert files.load(1, FIRST.roster) == SECOND
    assert files.load(2, Roster()) is None


def test_without_resume_nothing_is_taken_up(folder: Path) -> None:
    assert BlockFiles(folder, INSTANCE, CONFIG).load(0, Roster()) is None


def test_after_a_gap_later_blocks_are_not_taken_up(folder: Path) -> None:
    (folder / "block-01.json").unlink()
    files = _resumed(folder)
    assert files.load(0, Roster()) is None
    assert files.load(1, FIRST.roster) is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"instance": make(49, people=2)}, "another run"),
        ({"instance": INSTANCE.replace(strategy=Pooling.SINGLE)}, "another run"),
        ({"config": SolveConfig(seed=4)}, "another run"),
        ({"config": SolveConfig(seed=3, reproducible=True)}, "another run"),
    ],
)
def test_a_block_of_another_run_is_refused(folder: Path, changes: dict[str, object], reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        _resumed(folder, **changes).load(0, Roster())
    assert caught.value.problems[0].place == str(folder / "block-01.json")
    assert "--recompute" in str(caught.value.problems[0].hint)
    assert _resumed(folder, **changes, recompute=True).load(0, Roster()) is None


def test_another_time_limit_is_the_same_run(folder: Path) -> None:
    assert _resumed(folder, config=SolveConfig(seed=3, time_limit_s=7.0)).load(0, Roster()) == FIRST


def test_a_block_after_other_days_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="follows other blocks"):
        _resumed(folder).load(1, lines(P1="E"))


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", "[" * 100_000, "cut", "changed", "binary"])
def test_a_damaged_block_is_refused(folder: Path, damage: str) -> None:
    path = folder / "block-01.json"
    text = path.read_text(encoding="utf-8")
    if damage == "changed":
        whole = json.loads(text)
        whole["content"]["roster"][0][2] = "L"
        path.write_text(json.dumps(whole), encoding="utf-8")
    elif damage == "binary":
        path.write_bytes(b"\xff\xfe\x00")
    else:
        path.write_text(text[: len(text) // 2] if damage == "cut" else damage, encoding="utf-8")
    with pytest.raises(InputError, match="is damaged"):
        _resumed(folder).load(0, Roster())
    files = _resumed(folder, recompute=True)
    assert files.load(0, Roster()) is None
    assert files.load(1, FIRST.roster) is None, "and all after it"


_LEVELS = [level.model_dump(mode="json") for level in RESULTS]


@pytest.mark.parametrize(
    ("part", "content", "reason"),
    [
        ("roster", [["P9", 0, "E", "HAL"]], "a person that the workbook does not know: 'P9'"),
        ("roster", [["P1", 0, "X", "HAL"]], "a shift that the workbook does not know: 'X'"),
        ("roster", [["P1", 0, "E", "NORD"]], "a hotspot that the workbook does not know: 'NORD'"),
        ("roster", [["P1", 0, 7, "HAL"]], "a shift that the workbook does not know: 7"),
        ("roster", [["P1", "0", "E", "HAL"]], "a duty on day '0'"),
        ("roster", [["P1", True, "E", "HAL"]], "a duty on day True"),
        ("roster", [["P1", 0.0, "E", "HAL"]], "a duty on day 0.0"),
        ("roster", [["P1", 10**9, "E", "HAL"]], "a duty on day 1000000000"),
        ("roster", [["P1", -1, "E", "HAL"]], "a duty on day -1"),
        ("roster", [["P1", 28, "E", "HAL"]], "a duty on day 28"),
        ("ahead", [["P1", 27, "E", "HAL"]], "a duty on day 27"),
        ("ahead", [["P1", 35, "E", "HAL"]], "a duty on day 35"),
        ("roster", [["P1", 0, "E", "HAL"], ["P1", 0, "L", "HAL"]], "two duties of one person on one day"),
        ("roster", [["P1", 0, "N", "HAL"], ["P1", 1, "E", "HAL"]], "breaks a hard rule: P1"),
        ("ahead", [["P1", 28, "N", "HAL"], ["P1", 29, "E", "HAL"]], "breaks a hard rule: P1"),
        ("roster", [["P1", 0, "E"]], "does not say"),
        ("roster", [[["P1"], 0, "E", "HAL"]], "does not say"),
        ("roster", 5, "does not say"),
        ("roster", None, "does not say"),
        ("record", None, "does not say"),
        ("record", {"first": 0, "stop": 28, "until": "35", "levels": _LEVELS}, "does not say"),
        ("record", {"first": 0, "stop": 28, "until": 35}, "does not say"),
        ("record", {"first": 0, "stop": 28, "until": 10**9, "levels": _LEVELS}, "other days"),
        ("record", {"first": 0, "stop": 28, "until": 30, "levels": _LEVELS}, "other days"),
        ("record", {"first": 1, "stop": 28, "until": 35, "levels": _LEVELS}, "other days"),
        ("record", {"first": 0, "stop": 27, "until": 35, "levels": _LEVELS}, "other days"),
        ("record", {"first": 0, "stop": 28, "until": 35, "levels": _LEVELS[:1]}, "other levels"),
        ("record", {"first": 0, "stop": 28, "until": 35, "levels": [{**_LEVELS[0], "name": "x"}] * 4}, "other levels"),
        ("record", {"first": 0, "stop": 28, "until": 35, "levels": [{**_LEVELS[0], "bound": 6}, *_LEVELS[1:]]}, "impossible"),
        ("record", {"first": 0, "stop": 28, "until": 35, "levels": [{**_LEVELS[0], "value": 1e9}, *_LEVELS[1:]]}, "does not"),
    ],
)  # fmt: skip
def test_a_block_with_a_valid_checksum_and_wrong_content_is_refused(
    folder: Path, part: str, content: object, reason: str
) -> None:
    path = folder / "block-01.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    whole["content"][part] = content
    whole["checksum"] = checkpoints._checksum(whole["content"])
    path.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(InputError, match=reason) as caught:
        _resumed(folder).load(0, Roster())
    assert caught.value.problems[0].place == str(path)
    assert _resumed(folder, recompute=True).load(0, Roster()) is None


def test_a_block_that_cannot_be_saved_is_told_and_no_more(tmp_path: Path) -> None:
    told: list[Message] = []
    (tmp_path / "file").write_text("", encoding="utf-8")
    BlockFiles(tmp_path / "file", INSTANCE, CONFIG, warn=told.append).save(0, Roster(), FIRST)
    assert len(told) == 1
    assert told[0].code == "block_not_saved"
    assert "Block 1 could not be saved" in str(told[0])


def test_a_full_disk_leaves_no_half_block(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Message] = []
    before = (folder / "block-01.json").read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    BlockFiles(folder, INSTANCE, CONFIG, warn=told.append).save(0, Roster(), SECOND)
    monkeypatch.undo()
    assert "No space left on device" in str(told[0])
    assert (folder / "block-01.json").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["block-01.json", "block-02.json"]


def test_blocks_that_follow_another_one_are_gone_as_soon_as_this_one_is_kept(folder: Path) -> None:
    BlockFiles(folder, INSTANCE, CONFIG).save(0, Roster(), FIRST)
    assert [path.name for path in folder.iterdir()] == ["block-01.json"]


def test_other_code_is_another_run_where_the_outcome_must_repeat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reproducible in (True, False):
        config = SolveConfig(reproducible=reproducible)
        folder = tmp_path / f"{reproducible}.blocks"
        BlockFiles(folder, INSTANCE, config).save(0, Roster(), FIRST)
        with monkeypatch.context() as patch:
            patch.setattr(checkpoints, "package_digest", lambda: "another")
            files = BlockFiles(folder, INSTANCE, config, resume=True)
            if reproducible:
                with pytest.raises(InputError, match="another run"):
                    files.load(0, Roster())
            else:
                assert files.load(0, Roster()) == FIRST


def test_what_is_not_a_block_is_never_deleted(folder: Path) -> None:
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    assert [path.name for path in _resumed(folder).finished()] == ["block-01.json", "block-02.json"]
    _resumed(folder).remove()
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_the_folder_goes_when_the_roster_is_written(folder: Path) -> None:
    _resumed(folder).remove()
    assert not folder.exists()
    _resumed(folder).remove()


def test_what_a_kill_left_half_written_goes_with_the_blocks(folder: Path) -> None:
    (folder / ".block-02.json.0a1b2c3d.part").write_text("{", encoding="utf-8")
    _resumed(folder).remove()
    assert not folder.exists()
