"""The language of a command: asked for in any way, else that of the workbook; its help is worded in it."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from scheduler.commands import help as helping
from scheduler.commands.exits import INTERRUPTED, USAGE, reason_of
from scheduler.commands.help import helps
from scheduler.commands.main import app
from scheduler.commands.speech import CLICK, MisusedError, Speech, asked_for, begin, known, spoken
from scheduler.messages.languages import Language
from scheduler.messages.message import Message
from scheduler.messages.translate import Wording
from scheduler.workbook.template import new_workbook
from tests.commands.called import vigie


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "en")
    before = gettext.textdomain()
    yield
    gettext.textdomain(before)


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, None),
        (["check", "x.xlsx"], {"VIGIE_LANG": "fr"}, Language.FR),
        (["check", "--lang", "nl", "x.xlsx"], {"VIGIE_LANG": "fr"}, Language.NL),
        (["check", "--lang=fr", "--lang", "nl"], {}, Language.NL),
        (["check", "--nonsense", "--lang=fr"], {}, Language.FR),
        (["check", "--lang"], {}, None),
        (["check", "--lang", "de"], {"VIGIE_LANG": "fr"}, None),
        (["check", "--", "--lang=fr"], {}, None),
        ([], {"VIGIE_LANG": "tlh"}, None),
    ],
)
def test_the_language_is_known_whatever_the_arguments_are(
    arguments: list[str], environment: dict[str, str], language: Language | None
) -> None:
    assert asked_for(arguments, environment) is language


def test_what_is_asked_for_goes_before_what_the_workbook_says() -> None:
    speech = Speech(None)
    with click.Context(app, obj=speech):
        for asked, workbook, language in ((None, None, "en"), (None, "nl", "nl"), (Language.FR, "nl", "fr")):
            assert spoken(asked, workbook) == language
            assert speech.language == language
    with click.Context(app, obj=Speech(Language.FR)):
        assert spoken(None, "nl") is Language.FR, "it may stand before the command"
    assert known("de") is known(None) is None


def test_click_speaks_the_language_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIGIE_LANG", raising=False)
    begin(["check", "--lang", "fr"])
    assert gettext.textdomain() == "vigie"
    with pytest.raises(click.UsageError) as caught:
        app.main(["check"], prog_name="vigie", standalone_mode=False)
    assert caught.value.format_message().startswith(gettext.gettext("Missing argument"))
    assert {sentence if isinstance(sentence, str) else sentence[0] for sentence in CLICK} >= {"Missing argument"}


def _help(arguments: list[str], language: Language, capsys: pytest.CaptureFixture[str]) -> str:
    app.main([*arguments, "--help"], prog_name="vigie", standalone_mode=False, obj=Speech(language, language))
    return capsys.readouterr().out


def test_everything_that_helps_say_is_looked_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: set[str] = set()

    def translated(context: str, wording: Wording, language: Language) -> str:
        assert language is Language.NL
        asked.add(context)
        return f"<{context}>"

    monkeypatch.setattr(helping, "translated", translated)
    pages = {name: _help([name], Language.NL, capsys) for name in app.commands}
    whole = _help([], Language.NL, capsys)
    assert asked == {said.code for said in helps(app)}
    assert "<help.vigie>" in whole
    assert "<help.version>" in whole
    assert "<help.solve>" in whole
    assert "<help.help>" in whole
    assert "<help.lang>" in whole
    assert "<help.solve.force>" in pages["solve"]
    assert "<help.new.force>" in pages["new"]
    assert "<help.json>" in pages["solve"]
    assert "<help.export.json>" in pages["export"]
    for page in pages.values():
        assert "<help.lang>" in page
        assert "<help.help>" in page


def test_english_help_is_as_it_is_declared(capsys: pytest.CaptureFixture[str]) -> None:
    page = _help([], Language.EN, capsys)
    assert "\n  vigie check zone.xlsx                    every problem at once, then the capacity\n" in page
    assert "\\b" not in page
    assert "\b" not in page
    assert "Ctrl-C stops the search and writes the best roster so far;" in _help(["solve"], Language.EN, capsys)


def test_a_code_of_help_has_one_wording() -> None:
    said = list(helps(app))
    assert len({(it.code, it.wording) for it in said}) == len({it.code for it in said})
    assert all("\b" not in str(it.wording) for it in said)


def test_reasons_are_said_in_a_language() -> None:
    assert reason_of(KeyboardInterrupt(), Language.EN) == ("Interrupted.", INTERRUPTED)
    wrong = MisusedError(Message("recompute_alone", "--recompute goes with --resume."))
    assert reason_of(wrong, Language.EN) == ("--recompute goes with --resume. See `vigie --help`.", USAGE)


def test_what_is_said_before_a_workbook_is_read_is_in_its_language(tmp_path: Path) -> None:
    path, there = tmp_path / "zone.xlsx", tmp_path / "there.xlsx"
    new_workbook(path, Language.NL)
    there.write_bytes(b"")
    refused = ("publish", path, "-o", there)
    assert "there.xlsx bestaat al" in vigie(*refused, code=USAGE).stderr
    assert "there.xlsx existe déjà" in vigie(*refused, "--lang", "fr", code=USAGE).stderr
    misused = vigie("publish", path, code=USAGE).stderr
    assert "Missing option" in misused
    assert "See `vigie" in misused
