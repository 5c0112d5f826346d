"""People apart: two people who never stand together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Presence, Roster
from scheduler.rules.base import Finding, NoParameters, Reach, Rule, Source
from scheduler.vocabulary.constraints import Apart, Constraint, Unavailable


class IncompatibleStaff(Rule[NoParameters]):
    """Two people of a pair kept apart never stand at the same hotspot at the same moment: |duty ∩ duty of the other| = 0
    minutes at one hotspot.

    One may come at the minute at which the other leaves. A duty of the history that names its hotspot and reaches into
    the horizon counts; two duties of the history are not compared.
    """

    code = "incompatible_staff"
    formerly = "apart"
    title = "People kept apart"
    sources = (Source("The planner's decision (sheet Pairs)"),)
    columns = ("Pairs.kind",)
    reach = Reach.HOTSPOT

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        pairs = couples(instance, "apart")
        concerned = {staff for pair in pairs for staff in pair}
        where: dict[str, list[tuple[str, Presence]]] = defaultdict(list)
        for hotspot, found in roster.presence(instance).items():
            for item in found:
                if item.staff in concerned:
                    where[item.staff].append((hotspot, item))
        for first, second in pairs:
            for hotspot, one in where[first]:
                for other_hotspot, other in where[second]:
                    minutes = min(one.end, other.end) - max(one.start, other.start)
                    if hotspot == other_hotspot and minutes > 0 and not (one.fixed and other.fixed):
                        here, there = (other, one) if one.fixed else (one, other)
                        yield Finding(
                            self.code,
                            Message(
                                "incompatible_staff_together",
                                (
                                    "{staff} and {other} stand at {hotspot} together for {count} minute on {date}; "
                                    "they are kept apart",
                                    "{staff} and {other} stand at {hotspot} together for {count} minutes on {date}; "
                                    "they are kept apart",
                                ),
                                staff=here.staff,
                                other=there.staff,
                                hotspot=hotspot,
                                count=minutes,
                                date=instance.calendar.date(here.day),
                            ),
                            (here.staff, there.staff),
                            (here.day, there.day),
                            hotspot,
                            amount=minutes,
                            unit="minutes",
                        )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        for first, second in couples(instance, "apart"):
            yield Apart(self.code, first, second)
            for person, other in ((first, second), (second, first)):
                for item in instance.commitments[other]:
                    duties = frozenset(duty.key for duty in instance.duties if duty.overlaps(item.start, item.end))
                    if item.hotspot is not None and duties:
                        yield Unavailable(self.code, person, duties, frozenset({item.hotspot}))


def couples(instance: Instance, kind: str) -> list[tuple[str, str]]:
    """The pairs of one kind, each once however often and in whichever order it is written."""
    found = {(min(p.staff_a, p.staff_b), max(p.staff_a, p.staff_b)): None for p in instance.pairs if p.kind == kind}
    return list(found)
