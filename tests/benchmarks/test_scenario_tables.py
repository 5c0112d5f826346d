"""Tables of repairs, periods, strategies and commands: every record that is kept can be told."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.__main__ import RESULTS
from benchmarks.command_timings import tasks
from benchmarks.report import report
from benchmarks.scenario_tables import KINDS, scenario
from benchmarks.strategies import measure as hold_strategies
from scheduler.commands.main import app
from tests.workflows.living import roster_file

CIRCUMSTANCES = {
    "commit": "0" * 40,
    "changed_since_commit": False,
    "machine": {"processor": "any", "cores": 2},
    "versions": {"ortools": "9.15"},
    "when": "2026-11-30T12:00:00+00:00",
}


def test_every_kept_record_is_told() -> None:
    kept = [
        json.loads(line)
        for path in sorted(RESULTS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    told = report(kept).splitlines()
    scenarios = [record for record in kept if record["kind"] in KINDS]
    assert {record["kind"] for record in scenarios} >= {"repair", "periods"}
    for record in scenarios:
        assert list(scenario(record))[1] in told
    assert not any(line.startswith("Failed") for line in told)


def test_strategies_are_told_with_what_is_proven() -> None:
    record = hold_strategies("tiny", ("separate", "single"), (1,), 2.0, 1, staffing=False)
    told = list(scenario({**record, **CIRCUMSTANCES}))
    assert told[1] == "## tiny: strategies, 2 s, seeds 1"
    targets = [line for line in told if line.startswith("| single | targets |")]
    (level,) = [level for level in record["strategies"][1]["levels"] if level["name"] == "targets"]
    assert targets[0].startswith(f"| single | targets | {level['value']}, {level['bound']} (")
    assert told[-1] == f"- {record['said'][-1]}"


def test_every_command_that_is_timed_is_one(tmp_path: Path) -> None:
    words = tasks(tmp_path / "facts.xlsx", roster_file(tmp_path), tmp_path)
    for name, (command, *arguments) in words.items():
        assert command == name.split()[0]
        app.commands[str(command)].make_context("vigie", list(map(str, arguments)))


def test_the_time_of_commands_is_told() -> None:
    record = {
        "kind": "commands", "instance": "tiny", "solved_s": 2.0, "stress_runs": 1000, "page_bytes": 81_234,
        "seconds": {"swap": 1.234}, **CIRCUMSTANCES,
    }  # fmt: skip
    told = list(scenario(record))
    assert "| `vigie swap` | 1.23 |" in told
    assert told[-1] == "The page has 81 kB; `stress` makes 1,000 runs."
