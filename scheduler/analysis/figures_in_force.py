"""The figures that a roster is held to: of every contract and of every rule, beside what they would be by default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.problem.contract_defaults import laxer, usual
from scheduler.problem.facts import Contract
from scheduler.problem.instance import Instance
from scheduler.rules.base import Rule


@dataclass(frozen=True, slots=True)
class ContractFigure:
    """A figure of a contract; None is no limit. ``index`` is that of the contract. ``laxer``: it asks more of people, or protects
    them less, than the default of their category."""

    index: int
    contract: Contract
    field: str
    figure: Any
    default: Any
    laxer: bool

    @property
    def changed(self) -> bool:
        return bool(self.figure != self.default)


@dataclass(frozen=True, slots=True)
class ParameterFigure:
    """A parameter of a rule: a row of sheet Settings, or its default. ``laxer`` as of a contract; a price and a word have no such
    direction."""

    rule: type[Rule[Any]]
    name: str
    figure: float | str
    default: float | str
    laxer: bool

    @property
    def key(self) -> str:
        return f"{self.rule.code}.{self.name}"

    @property
    def changed(self) -> bool:
        return self.figure != self.default


def contract_figures(instance: Instance, field: str) -> tuple[ContractFigure, ...]:
    """One figure of every contract, in the order of the workbook."""
    default = usual(field)
    return tuple(
        ContractFigure(
            index, contract, field, getattr(contract, field), default[contract.category], laxer(contract, field)
        )
        for index, contract in enumerate(instance.contracts)
    )  # fmt: skip


def parameter_figures(instance: Instance, rule: type[Rule[Any]]) -> Iterator[ParameterFigure]:
    """Every parameter of a rule as it is in force."""
    in_force = rule.for_instance(instance).parameters
    for name, field in rule.parameters_class.model_fields.items():
        figure = getattr(in_force, name)
        more = name in rule.laxer_when_more and figure > field.default
        yield ParameterFigure(rule, name, figure, field.default, more)


def own_limits_above(instance: Instance) -> Mapping[str, int]:
    """By contract: how many people have a limit of weekends a year of their own, above the default of their category."""
    found: dict[str, int] = {}
    default = usual("max_weekends_year")
    for member in instance.staff:
        usual_limit = default[instance.category(member.id)]
        own = member.max_weekends_year
        if own is not None and usual_limit is not None and own > usual_limit:
            found[member.contract] = found.get(member.contract, 0) + 1
    return found
