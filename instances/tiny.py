"""Five people, three days, one hotspot: small enough to be solved by hand.

Monday 2 to Wednesday 4 March 2026 at Porte de Hal (priority 2). Duties: E 06:00–14:00 and L 14:00–22:00 for police, P2
14:00–22:00 for others. DemandProfile each day: two police from 14:00 to 22:00 as a minimum and three as a target, two police
from 06:00 to 14:00 as a target only, two peacekeepers from 14:00 to 22:00. Staff: three police and two peacekeepers of
Saint-Gilles on 40 hours a week, 24 in these three days; G-02 is on leave on Wednesday. P-03 asks not to work on
Tuesday.

Solved by hand, level by level (in minutes; in points for quality):

1. *Police minimum* 0 of 5,760 (2 heads × 480 min × 3 days × priority 2). Two of the three stand on L every day.
2. *Non-police minimum* 960 of 2,880. On Wednesday G-01 is the only peacekeeper and nobody stands alone, so both heads
   miss. On Monday and Tuesday both stand there.
3. *Targets* 3,840 of 10,080 (seven heads × 480 × 3). The minimum needs two of three police on L; the third cannot
   hold E alone, and one person works one duty a day. So E stays empty: 2,880; with the 960 of level 2: 3,840. All three
   police stand on L every day, or its target of three would miss more.
4. *Quality* 840. Hours: all police work 3 × 8 = 24 h, exactly what is due, and G-02 the 16 h due beside the leave;
   G-01 has 24 h due and 16 possible: 480 minutes off, 480 points. There is work for everybody's contract, so the fair
   share is what is due: the 8 h that G-01 misses are 4 h more than the 4 h that are free, 240 points. P-03 works on
   Tuesday: a request of weight 1, 120 points. 480 + 240 + 120 = 840. Nobody works nights or weekends or stands where
   nobody asked for it, there is one hotspot, and everybody starts at 14:00 every day: no other soft rule costs anything.

The optimum is one roster: P-01, P-02, P-03 on L every day, G-01 and G-02 on P2 on Monday and Tuesday.
"""

from __future__ import annotations

from datetime import date, time

from instances.places import Tables, hotspot_rows, organisation_rows
from instances.plan import setting_rows

START = date(2026, 3, 2)


def tables() -> Tables:
    """The workbook as rows by sheet."""
    hal = [row for row in hotspot_rows(("5341",)) if row["code"] == "HAL"]
    keep = {"5341", "STGI"}
    return {
        "Settings": setting_rows("Tiny, solved by hand", START, 3),
        "Organisations": [row for row in organisation_rows(("5341",)) if row["code"] in keep],
        "Hotspots": [{**hal[0], "priority": 2, "neighbours": ""}],
        "Shifts": [
            {"code": "E", "start": time(6), "end": time(14), "categories": "police"},
            {"code": "L", "start": time(14), "end": time(22), "categories": "police"},
            {"code": "P2", "start": time(14), "end": time(22), "categories": "non_police"},
        ],
        "Contracts": [
            {"code": "POL-40", "category": "police", "weekly_hours": 40},
            {"code": "GP-40", "category": "non_police", "weekly_hours": 40},
        ],
        "Staff": [
            {"id": f"{prefix}-0{number}", "name": "synthetic", "organisation": home, "contract": contract, "fte": 1}
            for prefix, home, contract, count in (("P", "5341", "POL-40", 3), ("G", "STGI", "GP-40", 2))
            for number in range(1, count + 1)
        ],
        "Demand": [
            _demand("police", 14, 22, 2, 3),
            _demand("police", 6, 14, 0, 2),
            _demand("non_police", 14, 22, 2, 2),
        ],
        "Absences": [{"staff": "G-02", "from": date(2026, 3, 4), "to": date(2026, 3, 4), "counts_as_work": False}],
        "Requests": [
            {"staff": "P-03", "from": date(2026, 3, 3), "to": date(2026, 3, 3), "kind": "avoid", "weight": 1},
        ],
    }


def _demand(role: str, first: int, last: int, minimum: int, target: int) -> dict[str, object]:
    return {
        "hotspot": "HAL",
        "role": role,
        "days": "Mon-Sun",
        "from": time(first),
        "to": time(last),
        "minimum": minimum,
        "target": target,
    }
