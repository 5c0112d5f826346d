"""``vigie dossier``: what it writes, says and refuses."""

from __future__ import annotations

from pathlib import Path

from scheduler.workbook.save import save_facts
from scheduler.workflows.run_log import NAME
from tests.commands.called import refused, vigie, vigie_json
from tests.workflows.living import edited, roster_file, world


def test_it_writes_one_document_in_the_language_asked_for(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    assert "d.html" in vigie("dossier", path, "-o", tmp_path / "d.html").stdout
    content = (tmp_path / "d.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in content
    vigie("dossier", path, "-o", tmp_path / "d.html", "--lang", "nl", "--force")
    assert '<html lang="nl">' in (tmp_path / "d.html").read_text(encoding="utf-8")
    assert not (tmp_path / NAME).exists(), "no roster was written"


def test_the_language_is_that_of_the_workbook(tmp_path: Path) -> None:
    vigie("dossier", roster_file(tmp_path, language="fr"), "-o", tmp_path / "d.html")
    assert '<html lang="fr">' in (tmp_path / "d.html").read_text(encoding="utf-8")


def test_as_an_object(tmp_path: Path) -> None:
    found = vigie_json("dossier", roster_file(tmp_path), "-o", tmp_path / "d.html")
    assert (found["schema"], found["violations"], found["output"]) == (1, 0, str(tmp_path / "d.html"))


def test_an_edited_roster_is_said_and_a_broken_one_ends_with_3(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    by_hand = edited(path, {("P1", 3): ""}, "edited.xlsx")
    found = vigie_json("dossier", by_hand, "-o", tmp_path / "edited.html")
    assert (found["edited"], found["violations"]) == (1, 0)
    broken = edited(path, {("P1", 0): "N HAL", ("P1", 1): "E HAL"}, "broken.xlsx")
    found = vigie_json("dossier", broken, "-o", tmp_path / "broken.html", code=3)
    assert found["violations"] > 0
    assert (tmp_path / "broken.html").exists()


def test_what_it_refuses(tmp_path: Path) -> None:
    path, out = roster_file(tmp_path), tmp_path / "d.html"
    save_facts(tmp_path / "facts.xlsx", world(), None)
    assert "vigie solve" in refused("dossier", tmp_path / "facts.xlsx", "-o", out)
    assert ".html" in refused("dossier", path, "-o", tmp_path / "d.pdf")
    assert "nowhere" in refused("dossier", path, "-o", tmp_path / "nowhere" / "d.html")
    assert "missing.xlsx" in refused("dossier", tmp_path / "missing.xlsx", "-o", out)
    assert not out.exists()
    out.write_text("minutes of the last meeting")
    assert "--force" in refused("dossier", path, "-o", out)
    assert out.read_text() == "minutes of the last meeting"
