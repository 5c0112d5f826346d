"""Tables of what is no plain solve: repairs, periods one after the other, strategies, and how long commands take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from benchmarks.bounds import Record
from benchmarks.markdown import circumstances, table


def scenario(record: Record) -> Iterator[str]:
    """Heading, circumstances and table of a record of a kind in :data:`KINDS`."""
    heading, lines = KINDS[record["kind"]]
    yield from ("", f"## {record['instance']}: {heading(record)}", "", circumstances(record), "")
    yield from lines(record)


def _repair(record: Record) -> Iterator[str]:
    """What a repair leaves missing and changes, beside a roster made anew for the same days."""
    anew = {level["name"]: level for level in record["anew"]["levels"]}
    rows = [
        (level["name"], _level(level), _level(anew[level["name"]]) if level["name"] in anew else "–")
        for level in record["levels"]
    ]
    rows.append(("days changed", str(record["changed_days"]), str(record["anew"]["changed_days"])))
    rows.append(("hard rules broken", str(record["violations"]), str(record["anew"]["violations"])))
    rows.append(("first legal roster, s", str(record["first_legal_s"]), "–"))
    yield from table(("value, at least (gap)", "repaired", "made anew"), rows)


def _periods(record: Record) -> Iterator[str]:
    """Nights and weekends of comparable people over all periods: most minus fewest."""
    ways = ("extended", "apart")
    rows = [
        (f"{what}, {figure}", *(str(record[way][what][figure]) for way in ways))
        for what in ("nights", "weekends")
        for figure in ("mean", "widest")
    ]
    rows.append(
        ("broken after each border", *(", ".join(map(str, record[way]["broken_after_border"])) for way in ways))
    )
    yield from table(("most minus fewest in a group", "each from the one before", "each by itself"), rows)


def _strategies(record: Record) -> Iterator[str]:
    """Every level of every strategy, and what is proven."""
    rows = [
        (strategy["strategy"]["name"], level["name"], _level(level), f"{level['least']} to {level['most']}")
        for strategy in record["strategies"]
        for level in strategy["levels"]
    ]
    yield from table(("strategy", "level", "value, at least (gap)", "over the seeds"), rows)
    yield ""
    yield from (f"- {words}" for words in record["said"])


def _commands(record: Record) -> Iterator[str]:
    rows = [(f"`vigie {task}`", f"{seconds:.2f}") for task, seconds in record["seconds"].items()]
    yield from table(("command", "median s"), rows)
    yield ""
    yield f"The page has {record['page_bytes'] / 1000:,.0f} kB; `stress` makes {record['stress_runs']:,} runs."


def _level(level: Mapping[str, float]) -> str:
    required, over = level["required"], level["value"] - level["bound"]
    share = over / (required or level["value"] or 1)
    return f"{level['value']}, {level['bound']} ({100 * share:.2f}%)"


KINDS: Mapping[str, tuple[Callable[[Record], str], Callable[[Record], Iterator[str]]]] = MappingProxyType(
    {
        "repair": (lambda record: f"repair in {record['time_limit_s']:g} s, seed {record['seed']}", _repair),
        "periods": (
            lambda record: f"{record['periods']} periods of {record['weeks']} weeks, {record['time_limit_s']:g} s each",
            _periods,
        ),
        "strategies": (
            lambda record: f"strategies, {record['time_limit_s']:g} s, seeds {', '.join(map(str, record['seeds']))}",
            _strategies,
        ),
        "commands": (lambda record: f"commands on a roster of {record['solved_s']:g} s", _commands),
    }
)
