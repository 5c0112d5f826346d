"""A rule of a planner's own, as CONTRIBUTING says how to add one: a limit over the whole period, in no file of the package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import pytest
from pydantic import Field

import scheduler.rules as registry
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import CodeOf, Finding, Parameters, Rule, Source
from scheduler.vocabulary.constraints import Constraint, Total


class MostEarliesParameters(Parameters):
    most: int = Field(default=5, ge=0, le=400, description="early duties of a person in the whole period")
    shift: Annotated[str, CodeOf("shifts")] = Field(default="", description="only those of this shift; blank: of any")


class MostEarlies(Rule[MostEarliesParameters]):
    """In the whole period a person works at most ``most`` duties that start before 12:00, of ``shift`` where one is named:
    Σ duties ≤ most."""

    code = "most_earlies"
    title = "Most early duties"
    sources = (Source("A planner's own limit", sourced=False),)
    parameters_class = MostEarliesParameters

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for member in instance.staff:
            days = [a.day for a in roster.line(member.id) if self._counts(instance, a.shift)]
            over = len(days) - self.parameters.most
            if over > 0:
                message = Message(
                    "most_earlies_over",
                    (
                        "{staff} works {count} early duty; the limit is {most}",
                        "{staff} works {count} early duties; the limit is {most}",
                    ),
                    staff=member.id,
                    count=len(days),
                    most=self.parameters.most,
                )
                yield Finding(self.code, message, (member.id,), tuple(reversed(days)), amount=over, unit="duties")

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        early = {duty.key: 1 for duty in instance.duties if self._counts(instance, duty.shift)}
        for member in instance.staff:
            yield Total(self.code, member.id, early, most=self.parameters.most)

    def _counts(self, instance: Instance, code: str) -> bool:
        return self.parameters.shift in {"", code} and instance.shift[code].start < 12 * 60


EVERY = (*registry.RULES, MostEarlies)


@pytest.fixture(scope="module")
def registered() -> Iterator[None]:
    """The rule named in the registry, beside the others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "RULES", EVERY)
        yield
