"""Tables in Markdown, and the circumstances of a record in a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.bounds import Record


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'--|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def circumstances(record: Record, sha: str = "") -> str:
    """Commit, machine, solver and day; ``sha`` is the fingerprint of the instance, where there is one."""
    machine = record["machine"]
    changed = ", with uncommitted changes" if record["changed_since_commit"] else ""
    return (
        f"Commit {record['commit'][:10]}{changed}; {machine['processor']}, {machine['cores']} cores; "
        f"ortools {record['versions'].get('ortools')}; {record['when'][:10]}" + (f"; instance {sha}" if sha else "")
    )
