"""Finding sheets and columns by their canonical English names or by French and Dutch ones.

Names are compared without case, accents, blanks and punctuation. The sheets themselves are in
:mod:`scheduler.workbook.catalogue`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from scheduler.messages.languages import Language
from scheduler.messages.message import Name
from scheduler.workbook.catalogue import SHEETS
from scheduler.workbook.columns import Column, Kind, Sheet, normal

__all__ = [
    "CHOICE_WORDS",
    "COLUMN_ALIASES",
    "LISTS",
    "META",
    "README",
    "RESULT_SHEETS",
    "ROSTER",
    "SETTING_KEYS",
    "SHEETS",
    "Column",
    "Kind",
    "Sheet",
    "choice",
    "find_column",
    "find_result_sheet",
    "find_setting",
    "find_sheet",
    "normal",
    "sheet",
    "sheet_of_table",
]

README = "Read me"
ROSTER = "Roster"
POSTS = "Posts"
_NUMBER = re.compile(r" [0-9]+$")
RESULT_SHEETS = ("Summary", ROSTER, POSTS, "Coverage", "Shortages", "Findings", "Hours", "Changes")
LISTS = "_lists"
"""Hidden sheet with the values of the drop-downs."""
META = "_meta"
"""Very hidden sheet with the record of the run and the solver's own cells."""

_RESULT_ALIASES = {
    "Summary": ("Résumé", "Synthèse", "Samenvatting", "Overzicht"),
    ROSTER: ("Grille", "Horaire", "Planning", "Rooster", "Dienstrooster"),
    POSTS: ("Postes", "Briefing", "Posten"),
    "Coverage": ("Couverture", "Bezetting", "Dekking"),
    "Shortages": ("Manques", "Pénuries", "Tekorten"),
    "Findings": ("Constats", "Bevindingen"),
    "Hours": ("Heures", "Uren"),
    "Changes": ("Modifications", "Changements", "Wijzigingen"),
}

SETTING_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("titre", "titel"),
    "start_date": ("start", "date de début", "début", "startdatum", "begindatum"),
    "days": ("jours", "nombre de jours", "dagen", "aantal dagen"),
    "timezone": ("time zone", "fuseau horaire", "tijdzone"),
    "language": ("langue", "taal"),
    "strategy": ("stratégie", "strategie"),
    "reference_start": ("début de la période de référence", "begin van de referentieperiode"),
    "history_from": ("historique complet depuis", "historiek volledig vanaf"),
    "published_version": ("version publiée", "gepubliceerde versie"),
    "published_at": ("publié le", "gepubliceerd op"),
    "published_until": ("publié jusqu'au", "gepubliceerd tot"),
    "published_hash": ("empreinte publiée", "gepubliceerde vingerafdruk"),
    "legal_holidays": ("jours fériés légaux", "wettelijke feestdagen"),
}
"""Settings that are not rule parameters, with their aliases."""

COLUMN_ALIASES: Mapping[str, tuple[str, ...]] = {
    "key": ("clé", "paramètre", "sleutel", "instelling"),
    "value": ("valeur", "waarde"),
    "code": ("sigle", "afkorting"),
    "name": ("nom", "naam", "libellé", "omschrijving"),
    "kind": ("type", "genre", "nature", "soort", "aard"),
    "municipality": ("commune", "gemeente"),
    "zone": ("zone de police", "politiezone", "police zone"),
    "lat": ("latitude", "breedtegraad"),
    "lon": ("longitude", "lengtegraad"),
    "priority": ("priorité", "prioriteit"),
    "neighbours": ("neighbors", "voisins", "buren"),
    "from": ("de", "du", "dès", "depuis", "à partir de", "van", "vanaf"),
    "to": ("à", "au", "jusque", "jusqu'à", "jusqu'au", "tot", "tot en met", "t/m"),
    "until": ("jusque", "jusqu'à", "jusqu'au", "tot", "tot en met", "t/m"),
    "start": ("début", "heure de début", "begin", "beginuur", "aanvang"),
    "end": ("fin", "heure de fin", "einde", "einduur"),
    "unpaid_break_min": ("pause", "pause non payée", "onbetaalde pauze"),
    "categories": ("catégories", "categorieën"),
    "category": ("catégorie", "categorie"),
    "weekly_hours": ("heures par semaine", "heures semaine", "uren per week", "weekuren"),
    "reference_weeks": ("semaines de référence", "referentieweken"),
    "max_hours_24h": ("heures max 24h", "max uren 24u"),
    "max_hours_week": ("heures max semaine", "max uren week"),
    "min_rest_hours": ("repos min", "heures de repos", "min rust", "rusturen"),
    "max_consecutive_days": ("jours consécutifs max", "max opeenvolgende dagen"),
    "max_consecutive_nights": ("nuits consécutives max", "max opeenvolgende nachten"),
    "min_consecutive_days": ("jours consécutifs min", "min opeenvolgende dagen"),
    "min_days_off": ("jours libres min", "min vrije dagen"),
    "max_weekends_in_row": ("weekends consécutifs max", "max opeenvolgende weekends"),
    "weekend_rest_hours": ("repos de weekend", "weekendrust"),
    "max_weekends_year": ("weekends par an", "weekends per jaar"),
    "min_hours_horizon": ("heures min période", "min uren periode"),
    "max_hours_horizon": ("heures max période", "max uren periode"),
    "shift_limits": ("limites par service", "grenzen per dienst"),
    "hours_by_weekday": (
        *("fixed week", "heures par jour", "semaine fixe", "horaire hebdomadaire"),
        *("uren per weekdag", "uren per dag", "vaste week"),
    ),
    "not_followed_by": ("pas suivi de", "niet gevolgd door"),
    "night_from": ("nuit de", "nacht van"),
    "night_to": ("nuit à", "nacht tot"),
    "min_together": ("ensemble min", "min samen"),
    "needs_police": ("exige police", "police requise", "politie nodig"),
    "id": ("staff id", "matricule", "stamnummer", "personeelsnummer"),
    "organisation": ("organization", "employeur", "organisatie", "werkgever"),
    "roles": ("rôles", "fonctions", "rollen", "functies"),
    "role": ("category", "rôle", "catégorie", "fonction", "rol", "categorie", "functie"),
    "contract": ("contrat", "statut", "statuut"),
    "fte": ("etp", "vte", "temps de travail", "arbeidsregime"),
    "home_hotspot": ("point d'attache", "lieu habituel", "vaste hotspot", "thuishotspot"),
    "hotspots": ("points chauds", "lieux", "plaatsen"),
    "hotspot": ("point chaud", "lieu", "plaats"),
    "days": ("jours", "dagen"),
    "minimum": ("min",),
    "target": ("objectif", "cible", "doel", "streefcijfer"),
    "maximum": ("max",),
    "staff": ("id", "staff id", "agent", "matricule", "personnel", "personeel", "stamnummer", "personeelslid"),
    "counts_as_work": ("compte comme travail", "temps de travail", "telt als werk", "arbeidstijd"),
    "shift": ("service", "prestation", "dienst"),
    "weight": ("poids", "gewicht"),
    "staff_a": ("agent a", "matricule a", "personeelslid a", "stamnummer a"),
    "staff_b": ("agent b", "matricule b", "personeelslid b", "stamnummer b"),
    "date": ("jour", "datum"),
    "rule": ("règle", "regel"),
    "decided_by": ("décidé par", "décideur", "beslist door", "beslisser"),
    "decided_on": ("décidé le", "date de décision", "beslist op", "datum beslissing"),
    "reason": ("motif", "raison", "reden", "motivering"),
    "hours_balance": ("solde d'heures", "urensaldo", "saldo"),
    "nights": ("nuits", "nachten"),
    "weekends": ("week-ends", "weekeinden"),
    "holidays": ("fériés", "jours fériés", "feestdagen"),
    "at": ("appelé le", "le", "moment", "opgeroepen op", "tijdstip"),
    "for_date": ("pour le", "date du service", "voor", "datum van de dienst"),
    "answer": ("réponse", "antwoord"),
    "note": ("remarque", "opmerking"),
    "when": ("quand", "wanneer"),
    "heads": ("effectif", "personnes", "koppen", "personen"),
    "decays": ("décroît", "neemt af"),
    "version": ("versie",),
    "decision_date": (
        *("date de décision", "décision du comité", "date de la décision"),
        *("beslissingsdatum", "datum van de beslissing", "beslissing van het comité"),
    ),
    "notice_days": ("jours de préavis", "préavis", "aankondigingstermijn", "aankondigingsdagen", "dagen vooraf"),
    "worked": ("presté", "gewerkt"),
    "reserve": ("réserve",),
    "lends_percent": (
        *("lending_limit_pct", "prête pour cent", "prêt max", "limite de prêt"),
        *("leent procent", "uitlenen max", "uitleenlimiet"),
    ),
    "short_hours": ("heures manquantes", "ontbrekende uren"),
    "pooling": ("mise en commun", "samenwerking"),
    "shifts": ("services", "diensten"),
    "non_police": ("non policiers", "niet-politie"),
    "federal": ("federal_reserve", "réserve fédérale", "federale reserve", "police fédérale", "federale politie"),
    "guarantee": ("garantie", "waarborg"),
    "without": ("sans", "zonder"),
}
"""French, Dutch and other names of columns, by canonical name; looked up among the columns of one sheet only."""

CHOICE_WORDS: Mapping[str, tuple[str, ...]] = {
    "police": ("politie", "policier", "policiers"),
    "non_police": ("not police", "non policier", "non policiers", "hors police", "niet politie", "civil", "burger"),
    "police_zone": ("zone de police", "zone", "politiezone"),
    "federal": ("fédéral", "fédérale", "police fédérale", "federaal", "federale politie"),
    "municipality": ("commune", "gemeente"),
    "partner": ("partenaire",),
    "lateral": ("appui latéral", "appui", "laterale steun", "lateraal"),
    "separate": ("séparées", "séparés", "séparé", "gescheiden", "afzonderlijk"),
    "single": ("unique", "zone unique", "één zone", "eengemaakt"),
    "want": ("wants", "wanted", "veut", "souhaite", "voulu", "wil", "wenst", "gewenst"),
    "avoid": (
        *("avoids", "does not want", "not wanted", "unwanted"),
        *("évite", "éviter", "ne veut pas", "ne souhaite pas", "non voulu"),
        *("vermijden", "liever niet", "wil niet", "wenst niet", "niet gewenst", "ongewenst"),
    ),
    "together": ("ensemble", "samen"),
    "en": ("English", "anglais", "Engels"),
    "fr": ("French", "français", "Frans"),
    "nl": ("Dutch", "Nederlands", "néerlandais"),
    "no_answer": ("none", "no answer", "aucune", "sans réponse", "pas de réponse", "geen", "geen antwoord"),
    "apart": ("séparé", "séparés", "gescheiden", "uiteen"),
}
"""Other words for the values of choice columns."""


def accepted(kind: str, name: str, others: Iterable[str] = ()) -> tuple[str, ...]:
    """Every spelling of a name that is read: the canonical one, that of each language, and the others."""
    spoken = (Name(kind, name).text(language) for language in Language)
    return tuple(dict.fromkeys((name, *spoken, *others)))


def sheet_names(name: str) -> tuple[str, ...]:
    """What a sheet may be called."""
    return accepted("sheet", name, _RESULT_ALIASES[name] if name in _RESULT_ALIASES else sheet(name).aliases)


def column_names(name: str) -> tuple[str, ...]:
    """What a column may be called."""
    return accepted("column", name, COLUMN_ALIASES.get(name, ()))


def setting_names(name: str) -> tuple[str, ...]:
    """What the key of a setting may be."""
    return accepted("setting", name, SETTING_KEYS[name])


def choice_names(name: str) -> tuple[str, ...]:
    """What may stand for a word of a drop-down."""
    return accepted("choice", name, CHOICE_WORDS.get(name, ()))


@cache
def _sheets() -> Mapping[str, Sheet]:
    return {normal(name): item for item in SHEETS for name in sheet_names(item.name)}


@cache
def _columns(name: str) -> Mapping[str, Column]:
    columns = sheet(name).columns
    others = {normal(other): column for column in columns for other in COLUMN_ALIASES.get(column.name, ())}
    written = {normal(word): column for column in columns for word in accepted("column", column.name)}
    # What a language writes wins over other spellings, and the canonical name over all: on Staff, "id" is no other column.
    return others | written | {normal(column.name): column for column in columns}


@cache
def _settings() -> Mapping[str, str]:
    return {normal(alias): name for name in SETTING_KEYS for alias in setting_names(name)}


@cache
def _result_sheets() -> Mapping[str, str]:
    return {normal(alias): name for name in RESULT_SHEETS for alias in sheet_names(name)}


@cache
def _guides() -> frozenset[str]:
    return frozenset(map(normal, accepted("sheet", README)))


_BY_NAME = {sheet.name: sheet for sheet in SHEETS}
_BY_TABLE = {sheet.table: sheet for sheet in SHEETS if sheet.table}


def sheet(name: str) -> Sheet:
    """The sheet of a canonical name. Raises ``KeyError`` for others."""
    return _BY_NAME[name]


def sheet_of_table(table: str) -> Sheet:
    """The sheet whose rows fill a field of :class:`~scheduler.problem.instance.Instance`."""
    return _BY_TABLE[table]


def find_sheet(title: str) -> Sheet | None:
    """The input sheet that a tab's title names, in any of the languages."""
    return _sheets().get(normal(title))


def find_result_sheet(title: str) -> str | None:
    """The canonical name of the result sheet that a tab's title names; the briefing pages may fill several, with a number."""
    found = _result_sheets().get(normal(title))
    if found is None and _result_sheets().get(normal(_NUMBER.sub("", title))) == POSTS:
        return POSTS
    return found


def is_guide(title: str) -> bool:
    """Whether a tab's title is that of the instructions, in any of the languages."""
    return normal(title) in _guides()


def find_column(sheet_name: str, header: str) -> Column | None:
    """The column of a sheet (canonical name) that a header names, in any of the languages."""
    return _columns(sheet_name).get(normal(header))


def find_setting(key: str) -> str | None:
    """The canonical name of a setting; None for rule parameters and unknown keys."""
    return _settings().get(normal(key))


@lru_cache(maxsize=4096)
def choice(text: str, choices: tuple[str, ...]) -> str | None:
    """The canonical value among ``choices`` that a word names, in any of the languages."""
    word = normal(text)
    return next(
        (value for value in choices if word in map(normal, choice_names(value))),
        None,
    )
