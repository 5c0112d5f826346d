"""The rules of a dossier as they are shown: each with its sources, and a row for each of its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.analysis.figures_in_force import ContractFigure, ParameterFigure
from scheduler.messages.formats import figure as plain_figure
from scheduler.messages.formats import parameter_value
from scheduler.messages.texts import Texts
from scheduler.workbook.contract_notes import CONTRACTS, figure, usual_figure
from scheduler.workflows.dossier import RuleInForce

BEYOND = " †"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure by its name, with its default and what is in force: pieces that stay on one line each. ``says`` is what it
    means."""

    name: str
    default: tuple[str, ...]
    in_force: tuple[str, ...]
    changed: bool
    says: str = ""


@dataclass(frozen=True, slots=True)
class RuleRows:
    """``steered`` says which further columns steer the rule; blank where there are none. ``broken`` is of a hard
    rule, ``places`` and ``points`` are of what is paid."""

    title: str
    sources: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    steered: str
    broken: str
    places: str
    points: str


_COVERAGE = ("demand", "guarantee")
"""Rules that are paid for in hours of coverage, at the levels before quality."""


def hard_rows(found: Iterable[RuleInForce], texts: Texts) -> Iterator[RuleRows]:
    """Every hard rule, without what is weighed of it."""
    for item in found:
        if item.rule.hard:
            parameters = tuple(one for one in item.parameters if not _price(one))
            yield _rule(item, (*_columns(item, texts), *_parameters(item, parameters, texts)), texts)


def priced_rows(found: Iterable[RuleInForce], texts: Texts) -> Iterator[RuleRows]:
    """Every rule that has a price, and the prices of hard ones."""
    for item in found:
        prices = tuple(one for one in item.parameters if not item.rule.hard or _price(one))
        if not item.rule.hard or prices:
            columns = () if item.rule.hard else tuple(_columns(item, texts))
            yield _rule(item, (*columns, *_parameters(item, prices, texts)), texts)


def _price(found: ParameterFigure) -> bool:
    return "cost" in found.name


def _rule(found: RuleInForce, rows: tuple[FigureRow, ...], texts: Texts) -> RuleRows:
    language = texts.language
    sources = tuple(
        words.text(language) + ("" if source.sourced else f" [{texts('unsourced')}]")
        for words, source in zip(found.rule.origins(), found.rule.sources, strict=True)
    )
    others = ", ".join(column_name(name, texts) for name in found.others)
    points = "–" if found.rule.code in _COVERAGE else plain_figure(found.cost, language)
    return RuleRows(
        found.rule.heading().text(language), sources, rows, texts("dossier_also", columns=others) if others else "",
        plain_figure(found.broken, language), plain_figure(found.findings, language), points,
    )  # fmt: skip


def _columns(found: RuleInForce, texts: Texts) -> Iterator[FigureRow]:
    for name, figures in found.columns.items():
        column = CONTRACTS.column(name.partition(".")[2])
        yield FigureRow(
            texts.name("column", column.name), tuple(usual_figure(column, texts).split(", ")), _in_force(figures, texts),
            any(item.changed for item in figures), CONTRACTS.help(column).text(texts.language),
        )  # fmt: skip


def _in_force(figures: tuple[ContractFigure, ...], texts: Texts) -> tuple[str, ...]:
    """The contracts that have another figure than the default, and that the others have the default."""
    own = [
        texts("dossier_but", contract=item.contract.code, figure=one_figure(item, texts) + BEYOND * item.laxer)
        for item in figures
        if item.changed
    ]
    if len(own) == len(figures):
        return tuple(own)
    usual = texts("dossier_as_default")
    return (*own, texts("dossier_but", contract=texts("dossier_others"), figure=usual)) if own else (usual,)


def _parameters(found: RuleInForce, figures: Iterable[ParameterFigure], texts: Texts) -> Iterator[FigureRow]:
    descriptions = found.rule.descriptions()
    for item in figures:
        in_force = one_figure(item, texts) + BEYOND * item.laxer if item.changed else texts("dossier_as_default")
        yield FigureRow(
            item.key, (one_figure(item, texts, default=True),), (in_force,), item.changed,
            descriptions[item.name].text(texts.language).replace("`", ""),
        )  # fmt: skip


def one_figure(item: ContractFigure | ParameterFigure, texts: Texts, *, default: bool = False) -> str:
    """What is in force, or the default, with its unit."""
    value = item.default if default else item.figure
    if isinstance(item, ParameterFigure):
        return parameter_value(value, texts.language)
    column = CONTRACTS.by_field(item.field)
    return str(value) if column is None else figure(column, value, texts)


def column_name(name: str, texts: Texts) -> str:
    """``Staff.fte`` as the language calls it."""
    sheet, _, column = name.partition(".")
    return f"{texts.sheet(sheet)}.{texts.name('setting' if sheet == 'Settings' else 'column', column)}"
