"""What the pages say, by code."""

from __future__ import annotations

from scheduler.messages.translate import Wording

PAGE: dict[str, Wording] = {
    "ready_separate": "separate",
    "ready_lateral": "lateral",
    "ready_single": "single",
    "ready_police-only": "police-only",
    "ready_no-federal": "no-federal",
    "page_skip": "Skip to the content",
    "page_made_by": "Made by Vigie, on this computer. A starting point for planners, not legal advice.",
    "page_as_table": "{title}: the figures as a table",
    "page_contents": "Contents",
    "page_all_covered": "all covered",
    "page_covered_from": "{low} or more",
    "page_covered_under": "under {high}",
    "page_key_proven": "missing in every roster (proven)",
    "page_key_open": "missing in the best roster found; may be avoidable",
    "page_hours_proven": "{hours} h, proven",
    "page_hours_open": "{hours} h; proven: at least {bound} h",
    "page_hours_unknown": "{hours} h; nothing is proven",
    "page_missing": "hours missing",
    "page_bound": "proven missing at least",
    "page_heat_note": "Covered share of what is asked, in per cent, by hour of the day; –: nothing is asked.",
    "page_hour_of_week": "hour",
    "page_not_on_map": (
        "{count} hotspot has no coordinates and is not on the map.",
        "{count} hotspots have no coordinates and are not on the map.",
    ),
    "page_compare_title": "{title}: which strategy?",
    "page_compare_of": "Compared: {strategies}, with the same people, the same demand and the same rules.",
    "page_compare_of_some": (
        "Compared: {strategies}, with the same demand and the same rules; not everybody takes part in each of them."
    ),
    "page_period": "{first} to {last} · {days} · {hotspots} · {people}",
    "page_count_days": ("{count} day", "{count} days"),
    "page_count_hotspots": ("{count} hotspot", "{count} hotspots"),
    "page_count_people": ("{count} person", "{count} people"),
    "page_seeds": ("Solved {count} time each (seed {seeds}).", "Solved {count} times each (seeds {seeds})."),
    "page_verdict": "Verdict",
    "page_nothing_proven": (
        "No difference between the strategies is proven at any level. More time may prove one; the figures below say how far "
        "apart value and proof still are."
    ),
    "page_nothing_compared": "There is no roster to compare.",
    "page_one_strategy": "Only one strategy has a roster: there is nothing to hold it against.",
    "page_open_too": (
        "{count} further comparison is not proven either way.",
        "{count} further comparisons are not proven either way.",
    ),
    "page_levels": "Hours missing, and how sure that is",
    "page_levels_says": (
        "A bar is what the best roster found misses. Its full part is missing in every roster that holds the levels before "
        "as well; the hatched part may be avoidable."
    ),
    "page_matrix": "row against column",
    "page_better": "better, by at least {margin} h",
    "page_worse": "worse, by at least {margin} h",
    "page_equal": "equal, proven",
    "page_open": "not proven",
    "page_mayor": "What is missing, whatever tool is used",
    "page_curves": "What more people would change",
    "page_curve_says": (
        "A line is what is proven missing in every roster of a strategy with so many people more than today, wherever they help "
        "most; a ring is a roster that was made."
    ),
    "page_curves_of": "What more people would change: {strategy}",
    "page_curve_pool_says": (
        "A line is what is proven missing in every roster, everywhere together, with so many people more or fewer in one group "
        "and all others as today."
    ),
    "page_curve_axes": "Across: people more or fewer than today. Upwards: hours missing.",
    "page_curve_made": "{name}, roster made",
    "page_more_people": "people",
    "page_capacity": "How many hours there are",
    "page_capacity_says": (
        "From the hours of everybody at full time down to those that can be planned where heads are wanted, and what is asked "
        "there."
    ),
    "page_homes": "Home by home: {role}",
    "page_homes_says": (
        "What can be planned at most of everybody's hours at full time, and what is asked at the hotspots of the home."
    ),
    "page_of_asked": "{left} h of {asked} h asked",
    "page_step": "step",
    "page_changes": "change, hours",
    "page_left": "left, hours",
    "page_compared": "What was compared",
    "page_glance": "At a glance",
    "page_figure": "figure",
    "page_where": "Where",
    "page_map_of": "Coverage by hotspot: {strategy}",
    "page_map": "Coverage by hotspot",
    "page_map_says": (
        "The larger the circle, the more person-hours are asked; the darker, the smaller the share that is covered. Circles that "
        "would lie on each other are moved apart. North is up."
    ),
    "page_places_zone": "Hours missing by police zone",
    "page_places_municipality": "Hours missing by municipality",
    "page_against": "against {strategy}",
    "page_places_says": "−: fewer hours missing than under {strategy}; +: more.",
    "page_lending": "Person-days lent and borrowed between police zones",
    "page_when": "When",
    "page_heat_of": "Coverage by hour of the week: {strategy}",
    "page_heat": "Coverage by hour of the week",
    "page_heat_says": (
        "Each row is a hotspot, from the most hours missing to the fewest; each column an hour from Monday to Sunday. White: "
        "nothing is asked."
    ),
    "page_week": "Planned against needed: {category}",
    "page_week_says": "Heads at all hotspots together in each hour of the week, on average over the period.",
    "page_people": "For the people",
    "page_people_says": "{people} people. Nobody is named: the figures are numbers of people.",
    "page_nights": "Nights per person",
    "page_nights_unit": "nights",
    "page_nights_says": "How many people work how many nights in the period.",
    "page_weekends": "Weekends per person",
    "page_weekends_unit": "weekends",
    "page_weekends_says": "How many people work on how many weekends of the period.",
    "page_hours": "Hours against the contract",
    "page_hours_says": "How many people work so many hours over (+) or under (−) what is due.",
    "page_hours_unit": "hours, in steps of {step}",
    "page_shortages": "What is missing, and why",
    "page_shortages_says": "Hours missing in the best roster by hotspot, and what is proven of them all together.",
    "page_shortages_table": "Hours missing by hotspot",
    "page_shortages_of": "Hours missing by hotspot: {strategy}",
    "page_all": "all together",
    "page_no_shortage": "Nothing is missing.",
    "page_cannot": "of which no duty can reach",
    "page_longest": "The {count} gravest of {all} stretches in which heads are missing",
    "page_how": "How to read this",
    "page_how_proven": (
        "“Proven” means: calculated as a bound that no roster of these people under these rules can beat, whatever tool makes "
        "it. “Not proven” means that a better roster may exist, or that it is not yet shown that none does."
    ),
    "page_how_levels": (
        "Levels in order: police minimum, non-police minimum, targets. A later level is never improved at the cost of an earlier "
        "one, and what is proven of a level holds for rosters that are as good at the levels before it. Hours of the police "
        "minimum are weighted by the priority of the hotspot."
    ),
    "page_how_absences": "Absences that become known only after the roster was made are not counted here.",
    "page_roster_title": "{title}: the roster",
    "page_result": "Result",
    "page_broken": (
        "Not fit for use: a hard rule is broken in {count} place.",
        "Not fit for use: hard rules are broken in {count} places.",
    ),
    "page_accepted": (
        "{count} broken hard rule is accepted by decision.",
        "{count} broken hard rules are accepted by decision.",
    ),
    "page_since": "Since the roster was solved: {changes}.",
}
