"""The capacity of an instance as pictures of a page."""

from __future__ import annotations

from scheduler.analysis.waterfall import Waterfall
from scheduler.errors import ContradictionError
from scheduler.messages.message import shown
from scheduler.messages.texts import Texts
from scheduler.problem.instance import Instance
from scheduler.report.page.pictures.cascade import Cascade, Fall
from scheduler.report.waterfall_lines import home_name, step_name, waterfall_title
from scheduler.rules.support.said import role_name
from scheduler.workflows.waterfalls import waterfalls


def capacity(instance: Instance, t: Texts) -> tuple[Cascade, ...]:
    """What becomes of the hours of everybody of whom something is required, and of all others who can stand somewhere; nothing
    where locks contradict each other."""
    try:
        found = waterfalls(instance)
    except ContradictionError:
        return ()
    return tuple(
        _cascade(instance, item, t) for item in found if item.people and (item.required is not None or item.plannable)
    )


def _cascade(instance: Instance, item: Waterfall, t: Texts) -> Cascade:
    falls = [Fall(step_name(step.stage, t.language), step.minutes, step.change) for step in item.steps]
    falls.append(Fall(t("waterfall_plannable"), item.plannable, 0))
    need, title = item.required, waterfall_title(instance, item, t.language)
    home, role = home_name(instance, item.home) if item.home else "", shown(role_name(item.role), t.language)
    minimum, target = (need.minimum, need.target) if need else (None, None)
    return Cascade(title, tuple(falls), minimum, target, home, role, item.people)
