"""The folder is the architecture: who may import whom, and how long a file may grow."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "cli.py", ROOT / "vigie.py", *sorted((ROOT / "scheduler").rglob("*.py"))]
MODULES = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in SOURCES}
SOLVERS = {"ortools", "numba", "highspy"}


def imports(path: Path, *, everywhere: bool) -> Iterator[str]:
    """Modules that a file imports: at its top level, or ``everywhere`` in it, also those for type checkers alone."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        typing = isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        if typing and not everywhere:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif everywhere or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


@pytest.mark.parametrize("path", SOURCES, ids=MODULES.get)
def test_only_the_engine_knows_a_solver(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(path, everywhere=True)} & SOLVERS
    if "engine" not in path.relative_to(ROOT).parts:
        assert not used


def test_the_engine_does_use_solvers() -> None:
    """The test above would be empty if imports were not found."""
    engine = [path for path in SOURCES if "engine" in path.relative_to(ROOT).parts]
    used = {name.split(".")[0] for path in engine for name in imports(path, everywhere=True)}
    assert {"ortools", "numba"} <= used


LAYERS = (
    ("scheduler.messages",),
    ("scheduler.errors", "scheduler.problem.frozen"),
    ("scheduler.system",),
    ("scheduler.problem",),
    ("scheduler.vocabulary",),
    ("scheduler.rules",),
    ("scheduler.config", "scheduler.result"),
    ("scheduler.analysis",),
    ("scheduler.backends",),
    ("scheduler.engine",),
    ("scheduler.horizon",),
    ("scheduler.workbook",),
    ("scheduler.workflows",),
    ("scheduler.report",),
    ("scheduler",),
    ("scheduler.commands",),
    ("scheduler.__main__", "vigie", "cli"),
)
"""From the ground up: a module imports those of its own layer and of the layers below, also where it does so late."""


def layer(module: str) -> int:
    """The layer of the longest name that a module's begins with."""
    found = [
        (len(name), height)
        for height, names in enumerate(LAYERS)
        for name in names
        if f"{module}.".startswith(f"{name}.")
    ]
    return max(found)[1]


def test_every_name_of_a_layer_is_there() -> None:
    packages = {name.rpartition(".")[0] for name in MODULES.values()}
    assert {name for names in LAYERS for name in names} <= {*MODULES.values(), *packages}


@pytest.mark.parametrize("path", SOURCES, ids=MODULES.get)
def test_no_import_runs_upward(path: Path) -> None:
    known, mine = set(MODULES.values()), layer(MODULES[path])
    above = sorted(name for name in {*imports(path, everywhere=True)} & known if layer(name) > mine)
    assert above == []


def test_no_module_imports_itself_in_a_circle() -> None:
    known = {name: path for path, name in MODULES.items()}
    graph = {
        name: {target for target in imports(path, everywhere=False) if target in known and target != name}
        for name, path in known.items()
    }
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for target in sorted(graph[name]):
                walk(target, (*trail, name))
            done.add(name)

    for name in sorted(graph):
        walk(name, ())
    assert len(done) == len(MODULES)


def compiled(function: ast.FunctionDef) -> bool:
    """Whether numba compiles it: a nest of loops that is faster in one piece."""
    return any(ast.unparse(decorator) in {"compiled", "compiled_part"} for decorator in function.decorator_list)


@pytest.mark.parametrize("path", SOURCES, ids=MODULES.get)
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None and not compiled(node):
            assert node.end_lineno - node.lineno < 70, node.name


@pytest.mark.parametrize("path", SOURCES, ids=MODULES.get)
def test_every_file_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def loaded(code: str) -> set[str]:
    """Top-level modules that a fresh interpreter has loaded after running ``code``."""
    script = f"{code}\nimport sys; print(' '.join(sorted(name.split('.')[0] for name in sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.splitlines()[-1].split())


HEAVY = {"ortools", "numba", "pandas", "openpyxl", "xlsxwriter", "holidays"}


def test_the_command_line_loads_nothing_heavy_before_a_command_needs_it() -> None:
    assert not loaded("import scheduler.commands.main") & (HEAVY | {"numpy", "pydantic", "rich"})


def test_help_loads_nothing_heavy() -> None:
    code = "import vigie\ntry:\n    vigie.main(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0"
    assert not loaded(code) & (HEAVY | {"numpy", "pydantic"})


def test_the_library_loads_no_solver_and_no_spreadsheet_before_it_is_asked() -> None:
    assert not loaded("import scheduler") & HEAVY
    assert not loaded("import scheduler.horizon.rolling") & {"ortools", "numba"}
    assert "ortools" in loaded("import scheduler.engine.search")


def test_whatever_can_hang_has_a_time_limit_of_its_own() -> None:
    """Tests that wait for another process, or for a signal."""
    texts = {
        path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)
    }
    waiting = {
        path
        for path, text in texts.items()
        if any(word in text for word in ("Popen(", "local_processes(", "raise_signal("))
    }
    assert len(waiting) > 5
    assert not {path for path in waiting if "ends_within(" not in texts[path] and "mark.timeout(" not in texts[path]}
