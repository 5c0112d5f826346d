"""Waterfalls for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from scheduler.analysis.waterfall import FactRef, Required, Stage, Step, Waterfall
from scheduler.messages.formats import hours
from scheduler.messages.languages import Language
from scheduler.messages.message import shown
from scheduler.messages.texts import text
from scheduler.problem.instance import Instance
from scheduler.report.objects import Object
from scheduler.report.terminal import table
from scheduler.rules.support.said import role_name

Where = Callable[[FactRef], str]
"""The cell of a fact, a setting or a sheet."""
NAMED = 3
"""Rules and cells named for a step; the others are counted."""


def waterfall_lines(
    instance: Instance, item: Waterfall, where: Where, language: Language, *, date: bool = False
) -> Iterator[str]:
    """Who it is about, a table of the steps that change something, and what is proven."""
    yield waterfall_title(instance, item, language)
    if item.people:
        told = [step for step in item.steps if step.change or step.stage is Stage.HEADCOUNT]
        rows = [_row(step, where, language, date=date) for step in told]
        rows.append([text(language, "waterfall_plannable"), "", "", hours(item.plannable, language), "", ""])
        heads = [
            text(language, f"waterfall_head_{name}") for name in ("step", "people", "change", "left", "rules", "cells")
        ]
        yield from table(heads, rows, left=(0, 4, 5))
    yield from (f"  {words}" for words in verdict(item, language))


def waterfall_title(instance: Instance, item: Waterfall, language: Language) -> str:
    """Who a waterfall is about."""
    role = shown(role_name(item.role), language)
    if not item.home:
        return text(language, "waterfall_all", role=role, count=item.people)
    return text(language, "waterfall_of", home=home_name(instance, item.home), role=role, count=item.people)


def home_name(instance: Instance, code: str) -> str:
    """The code of an organisation, with its name."""
    return " ".join(filter(None, (code, instance.organisation[code].name)))


def step_name(stage: Stage, language: Language, *, date: bool = False) -> str:
    """What a step is called."""
    special = date and stage in (Stage.HEADCOUNT, Stage.LEAVE)
    return text(language, f"waterfall_{stage.value}{'_date' if special else ''}")


def verdict(item: Waterfall, language: Language) -> Iterator[str]:
    """What is required, what is proven, and what binds."""
    need = item.required
    if need is None:
        yield text(language, "waterfall_no_hotspot")
        return
    yield text(
        language, "waterfall_required", minimum=hours(need.minimum, language), target=hours(need.target, language)
    )
    if need.unreachable_target:
        yield text(
            language, "waterfall_unreachable",
            minimum=hours(need.unreachable_minimum, language), target=hours(need.unreachable_target, language),
        )  # fmt: skip
    if need.history:
        yield text(language, "waterfall_history", hours=hours(need.history, language))
    if item.short_target:
        yield text(
            language, "waterfall_others" if item.borrows else "waterfall_missing",
            minimum=hours(item.short_minimum, language), target=hours(item.short_target, language),
        )  # fmt: skip
    if item.people:
        yield text(language, f"waterfall_{item.binding.value}")


def _row(step: Step, where: Where, language: Language, *, date: bool) -> list[str]:
    first = step.stage is Stage.HEADCOUNT
    sign = "+" if step.change > 0 else "−"
    change = "" if first else f"{sign}{hours(abs(step.change), language)}"
    rules = "" if first else named(step.rules)
    name = step_name(step.stage, language, date=date)
    return [name, str(step.people), change, hours(step.minutes, language), rules, named(map(where, step.facts))]


def named(words: Iterable[str]) -> str:
    """The first words, and how many more there are."""
    told = list(dict.fromkeys(words))
    more = f" +{len(told) - NAMED}" if len(told) > NAMED else ""
    return ", ".join(told[:NAMED]) + more


# -- for programs ------------------------------------------------------------------------------------------------------------


def waterfall_object(item: Waterfall, where: Where) -> Object:
    """Person-minutes. ``home`` is null for the sum of all homes; the changes of all steps add up to ``plannable``."""
    return {
        "home": item.home or None,
        "role": item.role,
        "category": item.category.value,
        "people": item.people,
        "steps": [_step_object(step, where) for step in item.steps],
        "plannable": item.plannable,
        "required": None if item.required is None else _required_object(item.required),
        "short_minimum_proven": item.short_minimum,
        "short_target_proven": item.short_target,
        "others_may_help": item.borrows,
        "may_help_others": item.lends,
        "binding": item.binding.value,
    }


def _step_object(step: Step, where: Where) -> Object:
    return {
        "step": step.stage.value,
        "change": step.change,
        "minutes": step.minutes,
        "people": step.people,
        "people_changed": step.touched,
        "rules": list(step.rules),
        "cells": list(dict.fromkeys(map(where, step.facts))),
    }


def _required_object(need: Required) -> Object:
    return {
        "minimum": need.minimum,
        "target": need.target,
        "unreachable_minimum": need.unreachable_minimum,
        "unreachable_target": need.unreachable_target,
        "history": need.history,
    }
