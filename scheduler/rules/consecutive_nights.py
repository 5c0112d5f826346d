"""Most nights worked in a row."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.constraints import Constraint, Run, Unavailable
from scheduler.instance import DutyKey, Instance
from scheduler.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.rules.streaks import settle, streaks
from scheduler.rules.work import elsewhere_duty


class ConsecutiveNights(Rule[NoParameters]):
    """After night work on ``max_consecutive_nights`` dates in a row comes a date without.

    Night work is what :meth:`Instance.is_night` says with the contract's night window. History and duties elsewhere at night
    count; a day duty or a day off breaks the series.
    """

    code = "consecutive_nights"
    title = {"en": "Nights in a row", "fr": "Nuits consécutives", "nl": "Opeenvolgende nachten"}
    sources = (Source("General practice: at most 5 nights in a row for police, 3 for others", sourced=False),)
    columns = ("Contracts.max_consecutive_nights", "Contracts.night_from", "Contracts.night_to")

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        for member in instance.staff:
            most = instance.contract(member.id).max_consecutive_nights
            duties = roster.duties(instance, member.id)
            if most is None or len(duties) == 0:
                continue
            cells = {duty.day for duty in duties if instance.is_night(member.id, duty)}
            for first, last in streaks(cells | _fixed_nights(instance, member.id)):
                here = [day for day in range(first, last + 1) if day in cells]
                if last - first + 1 > most and here:
                    change = next((day for day in here if day >= first + most), here[-1])
                    yield Finding(
                        self.code,
                        f"{member.id} works {last - first + 1} nights in a row from {instance.calendar.date(first)}; "
                        f"at most {most} are allowed",
                        (member.id,),
                        (change, *(day for day in here if day != change)),
                        amount=last - first + 1 - most,
                        unit="nights",
                    )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        nights: dict[str, frozenset[DutyKey]] = {}
        for member in instance.staff:
            most = instance.contract(member.id).max_consecutive_nights
            if most is None:
                continue
            if member.contract not in nights:
                nights[member.contract] = frozenset(
                    duty.key for duty in instance.duties if instance.is_night(member.id, duty)
                )
            counts = nights[member.contract]
            settled = settle(_fixed_nights(instance, member.id), instance.days, most)
            blocked = frozenset(key for key in counts if key[0] in settled.closed)
            if blocked:
                yield Unavailable(self.code, member.id, blocked)
            yield Run(self.code, member.id, counts, most=most, carried=settled.carried, always=settled.always)


def _fixed_nights(instance: Instance, staff: str) -> set[int]:
    return {
        item.day
        for item in instance.commitments[staff]
        if item.day < instance.days and instance.is_night(staff, elsewhere_duty(item))
    }
