"""The table behind :mod:`scheduler.workbook.sheet_texts`: every text of the result sheets in English, French and Dutch."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str, str]] = {
    # names of things
    "police": ("police", "police", "politie"),
    "non_police": ("non-police", "hors police", "niet-politie"),
    "police_minimum": ("Police minimum", "Minimum police", "Minimum politie"),
    "non_police_minimum": ("Non-police minimum", "Minimum hors police", "Minimum niet-politie"),
    "minimum": ("Minimum", "Minimum", "Minimum"),
    "target": ("Target", "Objectif", "Streefdoel"),
    "targets": ("Targets", "Objectifs", "Streefdoelen"),
    "quality": ("Quality", "Qualité", "Kwaliteit"),
    "yes": ("yes", "oui", "ja"),
    "no": ("no", "non", "nee"),
    "leave": ("(leave)", "(congé)", "(verlof)"),
    "elsewhere": ("(elsewhere)", "(ailleurs)", "(elders)"),
    "off": ("(off)", "(libre)", "(vrij)"),
    "out": ("(–)", "(–)", "(–)"),
    "no_limit": ("no limit", "pas de limite", "geen grens"),
    "hours_figure": ("{hours} h", "{hours} h", "{hours} u"),
    "blank_summed": (
        "blank: {figure}, the sum of hours_by_weekday",
        "vide : {figure}, la somme de hours_by_weekday",
        "leeg: {figure}, de som van hours_by_weekday",
    ),
    "blank_used": (
        "blank: {figure}, as usual for {category}",
        "vide : {figure}, valeur usuelle ({category})",
        "leeg: {figure}, gebruikelijk voor {category}",
    ),
    "person_h": ("person-hours", "heures-personnes", "persoonsuren"),
    "points": ("points", "points", "punten"),
    "week": ("Week {number}", "Semaine {number}", "Week {number}"),
    "page": ("page {page} of {pages}", "page {page} sur {pages}", "pagina {page} van {pages}"),
    # columns
    "id": ("id", "id", "id"),
    "name": ("name", "nom", "naam"),
    "organisation": ("organisation", "organisation", "organisatie"),
    "contract": ("contract", "contrat", "contract"),
    "category": ("category", "catégorie", "categorie"),
    "fte": ("fte", "ETP", "VTE"),
    "count": ("people", "pers.", "pers."),
    "people": ("people", "personnes", "personen"),
    "hours": ("hours", "heures", "uren"),
    "difference": ("±", "±", "±"),
    "difference_help": (
        "Hours over (+) or under (−) what is due, the balance carried in included.",
        "Heures au-dessus (+) ou en dessous (−) du dû, solde entrant compris.",
        "Uren boven (+) of onder (−) het verschuldigde, ingebracht saldo inbegrepen.",
    ),
    "nights": ("nights", "nuits", "nachten"),
    "weekends": ("weekends", "week-ends", "weekends"),
    "holidays": ("holidays", "fériés", "feestdagen"),
    "hotspot": ("hotspot", "hotspot", "hotspot"),
    "role": ("role", "rôle", "rol"),
    "shift": ("shift", "service", "dienst"),
    "level": ("level", "niveau", "niveau"),
    "date": ("date", "date", "datum"),
    "day": ("day", "jour", "dag"),
    "from": ("from", "de", "van"),
    "to": ("to", "à", "tot"),
    "who": ("who", "qui", "wie"),
    "when": ("when", "quand", "wanneer"),
    "rule": ("rule", "règle", "regel"),
    "kind": ("kind", "genre", "soort"),
    "message": ("what", "quoi", "wat"),
    "cell": ("cell", "cellule", "cel"),
    "short_h": ("short, person-hours", "manque, heures-personnes", "tekort, persoonsuren"),
    "heads_missing": ("heads missing", "effectifs manquants", "ontbrekende mensen"),
    "heads_wanted": ("heads wanted", "effectifs demandés", "gevraagde mensen"),
    "was": ("was", "était", "was"),
    "now": ("now", "est", "is nu"),
    "published": ("published", "publié", "gepubliceerd"),
    # Summary
    "made_by": (
        "Roster made by Vigie · a starting point for planners, not legal advice",
        "Horaire établi par Vigie · un point de départ pour les planificateurs, pas un avis juridique",
        "Rooster gemaakt door Vigie · een vertrekpunt voor planners, geen juridisch advies",
    ),
    "period": (
        "{first} to {last} · {days} days",
        "du {first} au {last} · {days} jours",
        "{first} tot {last} · {days} dagen",
    ),
    "verdict_broken": (
        "Not fit for use: hard rules are broken in {count} place(s). See sheet Findings.",
        "Inutilisable : des règles strictes sont enfreintes à {count} endroit(s). Voir la feuille Findings.",
        "Niet bruikbaar: harde regels zijn op {count} plaats(en) overtreden. Zie blad Findings.",
    ),
    "verdict_full": (
        "Every hard rule holds and the whole demand is covered.",
        "Toutes les règles strictes sont respectées et toute la demande est couverte.",
        "Alle harde regels zijn nageleefd en de hele vraag is gedekt.",
    ),
    "verdict_short": (
        "Every hard rule holds. {short} of {required} person-hours asked stay uncovered; it is proven that no roster of "
        "this staff that holds the minimums as well leaves less than {bound}.",
        "Toutes les règles strictes sont respectées. {short} des {required} heures-personnes demandées restent à découvert ; "
        "il est prouvé qu’aucun horaire de cet effectif qui tient aussi bien les minimums n’en laisse moins de {bound}.",
        "Alle harde regels zijn nageleefd. {short} van de {required} gevraagde persoonsuren blijven onbezet; bewezen is dat "
        "geen rooster van dit personeel dat de minima even goed haalt er minder dan {bound} laat.",
    ),
    "verdict_best": (
        "Every hard rule holds. {short} of {required} person-hours asked stay uncovered, and it is proven that no roster of "
        "this staff that holds the minimums as well leaves fewer.",
        "Toutes les règles strictes sont respectées. {short} des {required} heures-personnes demandées restent à découvert, "
        "et il est prouvé qu’aucun horaire de cet effectif qui tient aussi bien les minimums n’en laisse moins.",
        "Alle harde regels zijn nageleefd. {short} van de {required} gevraagde persoonsuren blijven onbezet, en bewezen is "
        "dat geen rooster van dit personeel dat de minima even goed haalt er minder laat.",
    ),
    "verdict_open": (
        "Every hard rule holds. {short} of {required} person-hours asked stay uncovered; "
        "it is not proven that fewer is impossible.",
        "Toutes les règles strictes sont respectées. {short} des {required} heures-personnes demandées restent à découvert ; "
        "il n’est pas prouvé que moins soit impossible.",
        "Alle harde regels zijn nageleefd. {short} van de {required} gevraagde persoonsuren blijven onbezet; "
        "het is niet bewezen dat minder onmogelijk is.",
    ),
    "tile_minimum": ("police minimum held", "minimum police tenu", "minimum politie gehaald"),
    "tile_targets": ("of all demand covered", "de la demande couverte", "van de vraag gedekt"),
    "tile_short": ("person-hours short", "heures-personnes manquantes", "persoonsuren tekort"),
    "tile_requests": ("of requests granted", "des demandes accordées", "van de verzoeken ingewilligd"),
    "tile_broken": ("hard rules broken", "règles strictes enfreintes", "harde regels overtreden"),
    "levels_title": ("How good, and how sure", "Quelle qualité, quelle certitude", "Hoe goed, en hoe zeker"),
    "blocks_title": (
        "Block by block: gap to the best after those before, limits shared",
        "Bloc par bloc : écart au mieux après les précédents, limites réparties",
        "Blok per blok: verschil met het beste na de vorige, grenzen verdeeld",
    ),
    "blocks_dates": ("dates", "dates", "data"),
    "level_value": ("short", "manque", "tekort"),
    "level_bound": ("at least (proven)", "au moins (prouvé)", "minstens (bewezen)"),
    "level_required": ("asked", "demandé", "gevraagd"),
    "level_gap": ("gap", "écart", "verschil"),
    "level_proven": ("proven best", "optimum prouvé", "bewezen optimaal"),
    "level_unit": ("unit", "unité", "eenheid"),
    "weighted_h": ("person-hours × priority", "heures-personnes × priorité", "persoonsuren × prioriteit"),
    "levels_note": (
        "No roster for these facts that is as good at the levels above is shorter than the proven figure. Gap: short − "
        "proven, as a share of what is asked (quality: of its points). A level never spoils the one before it.",
        "Avec ces données, aucun horaire aussi bon aux niveaux précédents ne manque de moins que le chiffre prouvé. Écart : "
        "manque − prouvé, en part du demandé (qualité : de ses points). Un niveau ne dégrade jamais le précédent.",
        "Met deze gegevens komt geen rooster dat op de vorige niveaus even goed is onder het bewezen cijfer. Verschil: tekort "
        "− bewezen, als deel van wat gevraagd is (kwaliteit: van haar punten). Een niveau schaadt nooit het vorige.",
    ),
    "staff_title": ("People and fairness", "Effectif et équité", "Personeel en billijkheid"),
    "due_h": ("hours due", "heures dues", "uren verschuldigd"),
    "planned_h": ("hours planned", "heures planifiées", "uren gepland"),
    "spread_nights": ("spread of nights", "écart de nuits", "spreiding nachten"),
    "spread_weekends": ("spread of weekends", "écart de week-ends", "spreiding weekends"),
    "requests_share": ("requests granted", "demandes accordées", "verzoeken ingewilligd"),
    "assigned": ("duties", "prestations", "diensten"),
    "spread_note": (
        "Spread: most minus fewest among people of the contract who share fte and hotspots and are there all the time.",
        "Écart : maximum moins minimum parmi les personnes du contrat de même ETP et mêmes hotspots, toujours "
        "présentes.",
        "Spreiding: meeste min minste onder mensen van het contract met zelfde VTE en hotspots die er altijd zijn.",
    ),
    "chart_title": (
        "Heads by hour of the week: planned against asked",
        "Effectifs par heure de la semaine : planifié et demandé",
        "Bezetting per uur van de week: gepland tegenover gevraagd",
    ),
    "asked_minimum": ("minimum asked", "minimum demandé", "gevraagd minimum"),
    "asked_target": ("target asked", "objectif demandé", "gevraagd streefdoel"),
    "planned": ("planned", "planifié", "gepland"),
    "run_title": ("How this roster was made", "Comment cet horaire a été établi", "Hoe dit rooster tot stand kwam"),
    "run_status": ("status", "statut", "status"),
    "run_strategy": ("strategy", "stratégie", "strategie"),
    "strategy_separate": (
        "separate zones: each with its own police",
        "zones séparées : chacune avec sa propre police",
        "gescheiden zones: elk met eigen politie",
    ),
    "strategy_single": (
        "single zone: the police of all zones pooled",
        "zone unique : la police de toutes les zones mise en commun",
        "één zone: de politie van alle zones samen",
    ),
    "run_time": ("solving time", "temps de calcul", "rekentijd"),
    "run_seed": ("seed · workers", "graine · processus", "seed · werkers"),
    "run_repeat": ("repeatable", "reproductible", "herhaalbaar"),
    "run_versions": ("versions", "versions", "versies"),
    "run_incidents": ("what went wrong", "incidents", "wat er misging"),
    "run_hash": ("fingerprint of the facts", "empreinte des données", "vingerafdruk van de gegevens"),
    "optimal": ("proven optimal at every level", "optimum prouvé à chaque niveau", "bewezen optimaal op elk niveau"),
    "feasible": (
        "legal; best found within the time",
        "légal ; le meilleur trouvé dans le temps",
        "wettig; beste binnen de tijd",
    ),
    "interrupted": (
        "legal; stopped before the end",
        "légal ; arrêté avant la fin",
        "wettig; gestopt voor het einde",
    ),
    "rejected": (
        "NOT legal: the audit found broken hard rules",
        "PAS légal : l’audit a trouvé des règles strictes enfreintes",
        "NIET wettig: de audit vond overtreden harde regels",
    ),
    "sheet_Roster": ("who works what, where", "qui fait quoi, où", "wie doet wat, waar"),
    "sheet_Posts": ("the briefing sheet of each day", "la feuille de briefing par jour", "het briefingblad per dag"),
    "sheet_Coverage": (
        "planned and asked, hour by hour",
        "planifié et demandé, heure par heure",
        "gepland en gevraagd, uur per uur",
    ),
    "sheet_Shortages": ("every gap, with its place", "chaque manque, avec son lieu", "elk tekort, met zijn plaats"),
    "sheet_Findings": (
        "rules broken and wishes unmet",
        "règles enfreintes, souhaits non exaucés",
        "regels overtreden, wensen niet vervuld",
    ),
    "sheet_Hours": (
        "hours, nights, weekends per person",
        "heures, nuits, week-ends par personne",
        "uren, nachten, weekends per persoon",
    ),
    "sheet_Changes": ("what differs from before", "ce qui a changé", "wat er veranderd is"),
    # Roster
    "roster_help": (
        "Edit a cell by hand if you must: colours and totals follow. Then run `vigie audit`.",
        "Modifiez une cellule au besoin : couleurs et totaux suivent. Puis lancez `vigie audit`.",
        "Pas zo nodig een cel aan: kleuren en totalen volgen. Voer daarna `vigie audit` uit.",
    ),
    "locked": ("locked", "verrouillé", "vergrendeld"),
    "on_duty": ("On duty · {category}", "En service · {category}", "In dienst · {category}"),
    "all_shifts": ("all shifts", "tous services", "alle diensten"),
    "code_title": ("Duty and hotspot", "Service et hotspot", "Dienst en hotspot"),
    "code_help": (
        "Choose from the list: shift, one space, hotspot. Empty means free.",
        "Choisissez dans la liste : service, une espace, hotspot. Vide = libre.",
        "Kies uit de lijst: dienst, één spatie, hotspot. Leeg = vrij.",
    ),
    "code_error": (
        "This is not a shift and a hotspot of this workbook.",
        "Ce n’est pas un service et un hotspot de ce classeur.",
        "Dit is geen dienst en hotspot van deze werkmap.",
    ),
    # the other sheets
    "posts_title": ("Briefing: who stands where", "Briefing : qui est où", "Briefing: wie staat waar"),
    "posts_note": (
        "Police first, then non-police; roles in brackets. People are named by service number.",
        "La police d’abord, puis les autres ; rôles entre crochets. Les personnes sont désignées par leur matricule.",
        "Eerst politie, dan de anderen; rollen tussen haakjes. Mensen staan met hun stamnummer.",
    ),
    "nobody": ("–", "–", "–"),
    "missing": ("missing", "manque", "ontbreekt"),
    "coverage_title": ("Coverage: planned / asked", "Couverture : planifié / demandé", "Dekking: gepland / gevraagd"),
    "coverage_note": (
        "Each cell: heads planned / target, at the worst moment of the hour. As written by the solver: after "
        "hand edits run `vigie audit`.",
        "Chaque cellule : effectif planifié / objectif, au pire moment de l’heure. État écrit par le calcul : "
        "après modification, lancez `vigie audit`.",
        "Elke cel: gepland / streefdoel op het slechtste moment van het uur. Zoals berekend: voer na "
        "wijzigingen `vigie audit` uit.",
    ),
    "key_met": ("target met", "objectif atteint", "streefdoel gehaald"),
    "key_target": ("below target", "sous l’objectif", "onder streefdoel"),
    "key_minimum": ("below minimum", "sous le minimum", "onder minimum"),
    "key_over": ("above maximum", "au-dessus du maximum", "boven maximum"),
    "shortages_title": ("Shortages", "Manques", "Tekorten"),
    "cause": ("why no roster covers it", "pourquoi aucun horaire ne le couvre", "waarom geen rooster het dekt"),
    "cause_history": (
        "only History can cover it (night before)",
        "seule History peut le couvrir (nuit précédente)",
        "alleen History kan het dekken (nacht ervoor)",
    ),
    "cause_no_shift": ("no shift reaches it", "aucun service ne l’atteint", "geen dienst reikt ertoe"),
    "never_nobody": (
        "Only History can cover these: nobody is entered for the night before ({hours} person-hours; more people would not "
        "change that). {places}.",
        "Seule la feuille History peut couvrir ceci : personne n’y est inscrit pour la nuit précédente ({hours} heures-personnes"
        " ; plus de personnel n’y changerait rien). {places}.",
        "Alleen het blad History kan dit dekken: voor de nacht ervoor is niemand ingevuld ({hours} persoonsuren; meer personeel "
        "verandert daar niets aan). {places}.",
    ),
    "never_few": (
        "Only History can cover these: too few are entered for the night before ({hours} person-hours; more people would not "
        "change that). {places}.",
        "Seule la feuille History peut couvrir ceci : trop peu de personnes y sont inscrites pour la nuit précédente ({hours} "
        "heures-personnes ; plus de personnel n’y changerait rien). {places}.",
        "Alleen het blad History kan dit dekken: voor de nacht ervoor zijn te weinig mensen ingevuld ({hours} persoonsuren; meer "
        "personeel verandert daar niets aan). {places}.",
    ),
    "never_no_shift": (
        "No shift that may be worked there reaches these ({hours} person-hours; more people would not change that). {places}.",
        "Aucun service qui peut y être presté ne les atteint ({hours} heures-personnes ; plus de personnel n’y changerait rien). "
        "{places}.",
        "Geen dienst die er gewerkt mag worden, reikt hiertoe ({hours} persoonsuren; meer personeel verandert daar niets aan). "
        "{places}.",
    ),
    "never_levels": (
        "Part of the levels, in hours: {levels}.",
        "Part des niveaux, en heures : {levels}.",
        "Deel van de niveaus, in uren: {levels}.",
    ),
    "shortages_none": ("Nothing is short.", "Rien ne manque.", "Er is geen tekort."),
    "shown_total": (
        "person-hours in the rows shown",
        "heures-personnes dans les lignes visibles",
        "persoonsuren in de getoonde rijen",
    ),
    "findings_title": ("Findings", "Constats", "Bevindingen"),
    "findings_none": (
        "No rule is broken and no wish is unmet.",
        "Aucune règle n’est enfreinte, aucun souhait n’est resté inexaucé.",
        "Geen regel is overtreden en geen wens bleef onvervuld.",
    ),
    "findings_note": (
        "Hard: must be mended before use. Soft: the price paid, in points (1 point = 1 minute of contract "
        "hours). Missing heads are on sheet Shortages.",
        "Strict : à corriger avant usage. Souple : le prix payé, en points (1 point = 1 minute d’heures "
        "contractuelles). Les effectifs manquants sont sur la feuille Shortages.",
        "Hard: te herstellen vóór gebruik. Zacht: de betaalde prijs, in punten (1 punt = 1 minuut "
        "contracturen). Ontbrekende mensen staan op blad Shortages.",
    ),
    "hard": ("hard", "strict", "hard"),
    "soft": ("soft", "souple", "zacht"),
    "hours_title": ("Hours and fairness", "Heures et équité", "Uren en billijkheid"),
    "hours_note": (
        "Planned hours, nights and weekends follow the Roster sheet live; the rest is as solved. The sheet is "
        "protected without a password.",
        "Heures, nuits et week-ends suivent la feuille Roster en direct ; le reste est tel que calculé. Feuille "
        "protégée sans mot de passe.",
        "Uren, nachten en weekends volgen het blad Roster live; de rest is zoals berekend. Het blad is "
        "beveiligd zonder wachtwoord.",
    ),
    "balance_in": ("balance in", "solde entrant", "saldo in"),
    "balance_out": ("balance out", "solde sortant", "saldo uit"),
    "of_which_elsewhere": ("of which elsewhere", "dont ailleurs", "waarvan elders"),
    "nights_before": ("nights before", "nuits avant", "nachten vooraf"),
    "weekends_before": ("weekends before", "week-ends avant", "weekends vooraf"),
    "requests_asked": ("requests", "demandes", "verzoeken"),
    "requests_granted": ("granted", "accordées", "ingewilligd"),
    "granted_short": ("granted", "accordé", "vervuld"),
    "granted_share": ("granted %", "accordé %", "ingewilligd %"),
    "changes_title": ("Changes", "Modifications", "Wijzigingen"),
    "changes_none": (
        "Nothing to compare with: the workbook that was solved held no roster.",
        "Rien à comparer : le classeur de départ ne contenait pas d’horaire.",
        "Niets om mee te vergelijken: de oorspronkelijke werkmap bevatte geen rooster.",
    ),
    "changes_same": (
        "Nothing changed against the roster that stood in the workbook.",
        "Rien n’a changé par rapport à l’horaire qui se trouvait dans le classeur.",
        "Niets is veranderd tegenover het rooster dat in de werkmap stond.",
    ),
    "by_hand": ("edited by hand", "modifié à la main", "met de hand gewijzigd"),
    "by_solver": ("changed by the solve", "modifié par le calcul", "gewijzigd door de berekening"),
}
