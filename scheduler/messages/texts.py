"""The sentences of the command line in the users' languages: one table, English the fallback."""

from __future__ import annotations

LANGUAGES = ("en", "fr", "nl")

_TABLE: dict[str, tuple[str, str, str]] = {
    "problems": (
        "{count} problem(s) in {path}:",
        "{count} problème(s) dans {path} :",
        "{count} probleem/problemen in {path}:",
    ),
    "impossible": (
        "No roster is possible with {path}: what it asks for cannot all hold ({count} contradiction(s)):",
        "Aucun horaire n'est possible avec {path} : tout ce qui y est exigé ne peut être respecté ({count} contradiction(s)) :",
        "Met {path} is geen rooster mogelijk: niet alles wat geëist wordt, is haalbaar ({count} tegenstrijdigheid/-heden):",
    ),
    "note": ("note", "remarque", "opmerking"),
    "check_fine": (
        "{path} can be solved (people: {staff}, hotspots: {hotspots}, days: {days} from {start}).",
        "{path} peut être résolu (personnes : {staff}, hotspots : {hotspots}, jours : {days} à partir du {start}).",
        "{path} kan opgelost worden (personen: {staff}, hotspots: {hotspots}, dagen: {days} vanaf {start}).",
    ),
    "written": ("Written: {path}", "Écrit : {path}", "Geschreven: {path}"),
    "safe": (
        "The roster is safe in {path}.",
        "L'horaire est en sécurité dans {path}.",
        "Het rooster staat veilig in {path}.",
    ),
    "unrescued": (
        "No place takes the roster as a file. Here it is as CSV:",
        "Aucun emplacement n'accepte l'horaire comme fichier. Le voici en CSV :",
        "Geen enkele plaats neemt het rooster als bestand aan. Hier is het als CSV:",
    ),
    "rescued": (
        "{reason} The roster is safe in {path}.",
        "{reason} L'horaire est en sécurité dans {path}.",
        "{reason} Het rooster staat veilig in {path}.",
    ),
    "exported_broken": (
        "The roster breaks hard rules in {count} place(s); `vigie audit` names them.",
        "L'horaire enfreint des règles strictes à {count} endroit(s) ; `vigie audit` les nomme.",
        "Het rooster overtreedt op {count} plaats(en) harde regels; `vigie audit` noemt ze.",
    ),
    "begun": (
        "Solving for up to {seconds} s (people: {staff}, hotspots: {hotspots}, days: {days}).",
        "Calcul pendant {seconds} s au plus (personnes : {staff}, hotspots : {hotspots}, jours : {days}).",
        "Berekening gedurende hoogstens {seconds} s (personen: {staff}, hotspots: {hotspots}, dagen: {days}).",
    ),
    "compiling": (
        "First run after installing: the search is compiled once, about a minute that does not count in the time limit.",
        "Première exécution après l'installation : la recherche est compilée une fois, une minute environ qui ne compte pas"
        " dans la durée maximale.",
        "Eerste keer na de installatie: de zoekmethode wordt eenmalig gecompileerd, ongeveer een minuut die niet meetelt"
        " in de tijdslimiet.",
    ),
    "compiled": (
        "Compiling took {seconds} s, once; it is not part of the time limit.",
        "La compilation a pris {seconds} s, une seule fois ; elle ne compte pas dans la durée maximale.",
        "Het compileren duurde {seconds} s, eenmalig; het telt niet mee in de tijdslimiet.",
    ),
    "progress_short": ("short now", "manque", "tekort nu"),
    "progress_least": ("proven least", "minimum prouvé", "bewezen minimum"),
    "progress_block": ("block {part}", "bloc {part}", "blok {part}"),
    "progress_building": (
        "Building a first roster",
        "Construction d'un premier horaire",
        "Een eerste rooster wordt gemaakt",
    ),
    "progress_enough": (
        "Good enough to stop? Yes, within 1 % of what is possible (Ctrl-C keeps it).",
        "Assez bon pour arrêter ? Oui, à moins de 1 % du possible (Ctrl-C le garde).",
        "Goed genoeg om te stoppen? Ja, binnen 1 % van het mogelijke (met Ctrl-C).",
    ),
    "progress_not_yet": (
        "Good enough to stop? Not yet: coverage may still improve.",
        "Assez bon pour arrêter ? Pas encore : la couverture peut s'améliorer.",
        "Goed genoeg om te stoppen? Nog niet: de bezetting kan nog beter.",
    ),
    "seconds_left": ("{seconds} s left", "reste {seconds} s", "nog {seconds} s"),
    "blocks_left": (
        "{folder} holds finished blocks of an earlier run; all is solved anew. --resume goes on with them, if they fit.",
        "{folder} contient des blocs terminés d'une exécution antérieure ; tout est recalculé. --resume les reprend, s'ils"
        " conviennent.",
        "{folder} bevat afgewerkte blokken van een eerdere run; alles wordt opnieuw berekend. --resume gaat ermee verder, als ze"
        " passen.",
    ),
    "no_blocks_left": (
        "{folder} holds no finished block to resume; all is solved from the beginning.",
        "{folder} ne contient aucun bloc terminé à reprendre ; tout est calculé depuis le début.",
        "{folder} bevat geen afgewerkt blok om mee verder te gaan; alles wordt van het begin af berekend.",
    ),
    "stage_first roster": ("first roster", "premier horaire", "eerste rooster"),
    "stage_resumed": ("resumed", "repris", "hervat"),
    "stage_CP-SAT": ("CP-SAT", "CP-SAT", "CP-SAT"),
    "stage_annealing": ("annealing", "recuit", "uitgloeien"),
    "stage_column generation": ("columns", "colonnes", "kolommen"),
    "stage_quality": ("quality", "qualité", "kwaliteit"),
    "stage_proof": ("proof", "preuve", "bewijs"),
    "stopping": (
        "Stopping; the best roster so far will be written. Ctrl-C again abandons it.",
        "Arrêt ; le meilleur horaire trouvé sera écrit. Ctrl-C une seconde fois l'abandonne.",
        "Er wordt gestopt; het beste rooster tot nu toe wordt geschreven. Nogmaals Ctrl-C geeft het op.",
    ),
    "none_yet": (
        "There is no roster yet, so there is none to write.",
        "Il n'y a pas encore d'horaire ; il n'y a donc rien à écrire.",
        "Er is nog geen rooster; er valt dus niets te schrijven.",
    ),
    "status_optimal": (
        "Proven: no better roster exists at any level.",
        "Prouvé : aucun meilleur horaire n'existe, à aucun niveau.",
        "Bewezen: op geen enkel niveau bestaat een beter rooster.",
    ),
    "status_feasible": (
        "A legal roster; not every level is proven.",
        "Un horaire légal ; tous les niveaux ne sont pas prouvés.",
        "Een wettig rooster; niet elk niveau is bewezen.",
    ),
    "status_interrupted": (
        "A legal roster, kept when the run ended before all was done.",
        "Un horaire légal, gardé quand le calcul s'est arrêté avant la fin.",
        "Een wettig rooster, bewaard toen de berekening vóór het einde stopte.",
    ),
    "level_police_minimum": ("Police minimum", "Minimum police", "Minimum politie"),
    "level_non_police_minimum": ("Non-police minimum", "Minimum hors police", "Minimum niet-politie"),
    "level_targets": ("Targets", "Objectifs", "Streefdoelen"),
    "level_quality": ("Quality", "Qualité", "Kwaliteit"),
    "head_days": ("days", "jours", "dagen"),
    "blocks": (
        "Gap of each block, as it was solved (a week further), to what nobody could beat after the blocks before it and with the"
        " block's part of yearly and period limits:",
        "Écart de chaque bloc, tel que calculé (une semaine de plus), par rapport à l'optimum possible après les blocs précédents"
        " et avec la part du bloc dans les limites annuelles et de période :",
        "Verschil van elk blok, zoals berekend (een week verder), met wat na de vorige blokken en met het deel van het blok in de"
        " jaar- en periodegrenzen niemand kan overtreffen:",
    ),
    "head_level": ("level", "niveau", "niveau"),
    "head_value": ("value", "valeur", "waarde"),
    "head_bound": ("bound", "borne", "grens"),
    "head_required": ("required", "demandé", "gevraagd"),
    "head_gap": ("gap", "écart", "verschil"),
    "proven": ("proven", "prouvé", "bewezen"),
    "hours": ("h", "h", "u"),
    "points": ("points", "points", "punten"),
    "shortages": (
        "{count} shortage(s), {hours} person-hours, listed on the sheet Shortages.",
        "{count} manque(s), {hours} heures-personnes, voir la feuille Shortages.",
        "{count} tekort(en), {hours} persoonsuren, zie het blad Shortages.",
    ),
    "no_shortage": ("No shortage.", "Aucun manque.", "Geen tekort."),
    "audit_fine": (
        "No hard rule is broken: {assignments} duties of {staff} people.",
        "Aucune règle stricte n'est enfreinte : {assignments} services de {staff} personnes.",
        "Geen enkele harde regel is overtreden: {assignments} diensten van {staff} personen.",
    ),
    "audit_broken": (
        "{count} hard rule finding(s):",
        "{count} infraction(s) à une règle stricte :",
        "{count} overtreding(en) van een harde regel:",
    ),
    "soft": (
        "Priced: {count} finding(s), {shown} shown (--all for every one).",
        "Avec un prix : {count} constat(s), {shown} montré(s) (--all pour tous).",
        "Met een prijs: {count} bevinding(en), {shown} getoond (--all voor alle).",
    ),
    "edited": (
        "{count} cell(s) edited by hand since the solve:",
        "{count} cellule(s) modifiée(s) à la main depuis le calcul :",
        "{count} cel(len) met de hand gewijzigd sinds de berekening:",
    ),
    "unproven": (
        "–: nothing is proven of this roster there.",
        "– : rien n'y est prouvé pour cet horaire.",
        "–: daar is voor dit rooster niets bewezen.",
    ),
    "edits_together": (
        "In brackets: by how much a level is worse (+) or better (−) than if that cell alone were as before."
        " All together: {cost}.",
        "Entre parenthèses : de combien un niveau est moins bon (+) ou meilleur (−) que si cette seule cellule était comme avant."
        " Toutes ensemble : {cost}.",
        "Tussen haakjes: hoeveel slechter (+) of beter (−) een niveau is dan wanneer alleen die cel was zoals voorheen."
        " Alle samen: {cost}.",
    ),
    "cost_none": ("no cost", "sans coût", "geen kosten"),
    "cost_unknown": ("cost not known", "coût inconnu", "kosten onbekend"),
    "unedited": (
        "No cell was edited by hand since the solve.",
        "Aucune cellule n'a été modifiée à la main depuis le calcul.",
        "Geen cel werd met de hand gewijzigd sinds de berekening.",
    ),
    "no_record": (
        "The workbook holds no record of a solve: hand edits cannot be told.",
        "Le classeur ne contient pas de trace d'un calcul : les modifications à la main ne peuvent être reconnues.",
        "De werkmap bevat geen spoor van een berekening: wijzigingen met de hand zijn niet te herkennen.",
    ),
    "facts_changed": (
        "The facts of the workbook (staff, demand, absences …) have changed since the solve.",
        "Les faits du classeur (personnel, demande, absences …) ont changé depuis le calcul.",
        "De feiten van de werkmap (personeel, vraag, afwezigheden …) zijn veranderd sinds de berekening.",
    ),
    "rules_changed": (
        "It was solved with the rules of another version of Vigie: its proof no longer counts. Solve it again.",
        "Il a été calculé avec les règles d'une autre version de Vigie : sa preuve ne vaut plus. Relancez le calcul.",
        "Het werd berekend met de regels van een andere versie van Vigie: het bewijs geldt niet meer. Bereken het opnieuw.",
    ),
    "free": ("free", "libre", "vrij"),
    "hard": ("hard", "stricte", "hard"),
    "priced": ("priced", "avec un prix", "met een prijs"),
    "default": ("default", "par défaut", "standaard"),
    "blank": ("blank:", "vide :", "leeg:"),
    "source": ("source", "source", "bron"),
    "unsourced": ("no public source found", "sans source publique", "geen openbare bron gevonden"),
    "columns": ("columns", "colonnes", "kolommen"),
    "advice": (
        "A starting point, not legal advice: every figure is a cell of the workbook.",
        "Un point de départ, pas un avis juridique : chaque chiffre est une cellule du classeur.",
        "Een vertrekpunt, geen juridisch advies: elk cijfer is een cel van de werkmap.",
    ),
    "rules_words": (
        "Each rule as the audit applies it. What a night, a weekend, leave and other terms are stands at the end.",
        "Chaque règle telle que l'audit l'applique ; le texte est en anglais. Les termes (nuit, week-end, congé …) sont définis"
        " à la fin.",
        "Elke regel zoals de audit hem toepast; de tekst is in het Engels. De termen (nacht, weekend, verlof …) staan achteraan.",
    ),
    "terms": ("Terms", "Termes", "Termen"),
    "weighted": (
        "Police minimum hours are weighted by the hotspot's priority.",
        "Les heures du minimum police sont pondérées par la priorité du hotspot.",
        "De uren van het minimum politie zijn gewogen met de prioriteit van de hotspot.",
    ),
    "capacity_pools": (
        "Capacity before any roster, in person-hours (proven short: missing in every legal roster of these people):",
        "Capacité avant tout horaire, en heures-personnes (manque prouvé : dans tout horaire légal de cet effectif) :",
        "Capaciteit vóór elk rooster, in persoonsuren (bewezen tekort: ontbreekt in elk wettig rooster van dit personeel):",
    ),
    "capacity_posts": (
        "Full-time staff each hotspot asks for, before any absence:",
        "Personnel à temps plein demandé par hotspot, avant toute absence :",
        "Voltijds personeel dat elke hotspot vraagt, vóór elke afwezigheid:",
    ),
    "head_pool": ("pool", "pool", "pool"),
    "head_people": ("people", "personnes", "personen"),
    "head_fte": ("fte", "etp", "vte"),
    "head_due": ("due", "dû", "te werken"),
    "head_most": ("at most", "au plus", "hoogstens"),
    "head_minimum": ("minimum", "minimum", "minimum"),
    "head_target": ("target", "objectif", "streefdoel"),
    "head_short_minimum": ("proven short", "manque prouvé", "bewezen tekort"),
    "head_short_target": ("of target", "sur objectif", "op streefdoel"),
    "head_hotspot": ("hotspot", "hotspot", "hotspot"),
    "category_police": ("police", "police", "politie"),
    "category_non_police": ("non-police", "hors police", "niet-politie"),
    "status_rejected": (
        "The audit disagrees with the solver: this roster breaks a hard rule and must not be used.",
        "L'audit contredit le calcul : cet horaire enfreint une règle stricte et ne doit pas être utilisé.",
        "De audit spreekt de berekening tegen: dit rooster overtreedt een harde regel en mag niet gebruikt worden.",
    ),
    "hint_new": (
        "`vigie new FILE` writes an empty workbook, `vigie new FILE --example NAME` one of: {names}.",
        "`vigie new FICHIER` écrit un classeur vide, `vigie new FICHIER --example NOM` un de : {names}.",
        "`vigie new BESTAND` schrijft een lege werkmap, `vigie new BESTAND --example NAAM` een van: {names}.",
    ),
}


def text(language: str, key: str, **figures: object) -> str:
    """One sentence with its figures."""
    index = LANGUAGES.index(language) if language in LANGUAGES else 0
    return _TABLE[key][index].format(**figures)
