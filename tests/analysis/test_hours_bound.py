"""Hours that cannot be enough, pool by pool."""

from __future__ import annotations

from scheduler.analysis.hours_bound import Missing, hours_bound, short_of_hours
from scheduler.analysis.waterfall_stages import Question, asked_places
from scheduler.problem.facts import Category, Pooling
from tests import builders as b

ZONES = (b.ZONE, b.TOWN, b.ZONE.replace(code="5342"))
SPOTS = (b.hotspot(), b.hotspot("UCCL", zone="5342"))
PEOPLE = (b.person("P1"), b.person("P2", organisation="5342"))
ROWS = tuple(b.demand(minimum=1, target=2, start="06:00", until="22:00").replace(hotspot=spot.code) for spot in SPOTS)
DAY = 16 * 60


def test_what_one_pool_has_too_much_does_not_help_another() -> None:
    instance = b.make(1, people=PEOPLE, organisations=ZONES, hotspots=SPOTS, demand=ROWS)
    places = asked_places(instance, Question(frozenset({"HAL", "UCCL"})))
    assert hours_bound(instance, places, {}) == Missing(2 * DAY, 4 * DAY)
    assert hours_bound(instance, places, {"P1": 3 * DAY, "P2": DAY // 2}) == Missing(DAY // 2, 2 * DAY - DAY // 2)
    assert short_of_hours(instance, places, {"P1": 3 * DAY, "P2": DAY // 2}) == {("UCCL", Category.POLICE)}
    one = instance.replace(strategy=Pooling.SINGLE)
    assert hours_bound(one, places, {"P1": 3 * DAY, "P2": DAY // 2}) == Missing(0, DAY // 2)


def test_what_no_duty_reaches_is_missing_however_many_there_are() -> None:
    night = b.demand(minimum=1, start="22:00", until="06:00")
    instance = b.make(1, demand=(night,))
    places = asked_places(instance, Question(frozenset({"HAL"})))
    assert hours_bound(instance, places, {"P1": 10 * DAY}) == Missing(6 * 60, 6 * 60), (
        "the night before belongs to history"
    )
    past = instance.replace(history=b.past("P1", "N", spot="HAL"))
    assert hours_bound(past, asked_places(past, Question(frozenset({"HAL"}))), {"P1": 120}) == Missing(0, 0)
