"""The documentation: every link leads somewhere, every page is listed, its site is built, and the README stays short."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import rules_page
from tests.processes import ends_within

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
OUTSIDE = [ROOT / name for name in ("CONTRIBUTING.md", "benchmarks/README.md", "instances/README.md")]
PAGES = [ROOT / "README.md", *OUTSIDE, *sorted(DOCS.glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
LOADED = re.compile(r"<(?:script|img|iframe|source)[^>]*?\ssrc=\"?([^\" >]+)|<link[^>]*?\shref=\"?([^\" >]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_points_to_a_file(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).is_file()] == []


def test_the_index_of_the_docs_lists_every_page() -> None:
    listed = set(LINK.findall((DOCS / "README.md").read_text(encoding="utf-8")))
    pages = {page.name for kind in ("*.md", "*.ipynb") for page in DOCS.glob(kind)}
    assert pages - {"README.md"} <= listed


def test_the_readme_has_500_to_900_words() -> None:
    """Counted as ``wc -w`` does; the rest belongs in ``docs/``."""
    assert 500 <= len((ROOT / "README.md").read_text(encoding="utf-8").split()) <= 900


def test_the_page_of_the_rules_is_what_they_say() -> None:
    assert rules_page.PAGE.read_text(encoding="utf-8") == rules_page.page(), "run python -m tests.rules_page"


@ends_within(120)
def test_the_site_is_built_without_a_warning_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    words = [sys.executable, "-W", "error", "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    built = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert "WARNING" not in built.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) >= len(PAGES)
    loaded = [target for page in pages for pair in LOADED.findall(page.read_text(encoding="utf-8")) for target in pair]
    assert any(loaded)
    assert [target for target in loaded if target.startswith(("http:", "https:", "//"))] == []
    assert "targets: 80.0 h" in (tmp_path / "site" / "notebook.html").read_text(encoding="utf-8")
    assert 'href="benchmarks/index.html"' in (tmp_path / "site" / "measured.html").read_text(encoding="utf-8")
