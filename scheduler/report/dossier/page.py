"""The dossier as an HTML document: what stands in its sections, as sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from scheduler.analysis.contract_spreads import FEWEST
from scheduler.analysis.roster_verdict import verdict
from scheduler.messages.formats import date, figure, moment, percent
from scheduler.messages.languages import Language
from scheduler.messages.message import AllOf
from scheduler.messages.texts import Texts
from scheduler.report.dossier.log_section import log_lines, log_table
from scheduler.report.dossier.rule_figures import column_name, hard_rows, one_figure, priced_rows
from scheduler.report.dossier.spread_figures import spread_pictures, spread_tables
from scheduler.report.level_figures import level_figure
from scheduler.report.page.figure import Head, Table, heads
from scheduler.report.page.render import render
from scheduler.rules.demand import counted
from scheduler.rules.support.spread import spread
from scheduler.system.versions import rules_digest
from scheduler.vocabulary.constraints import Level
from scheduler.workbook.sheets import sheet as sheet_of
from scheduler.workbook.uncoverable import sentences
from scheduler.workflows.dossier import NO_EFFECT, Dossier, Exceeding

PACKAGE = "scheduler.report.dossier"
SECTIONS = ("short", "inputs", "rules", "exceeding", "prices", "fairness", "decisions", "proof", "versions", "log")


def dossier_page(found: Dossier, language: Language) -> str:
    """The whole document in a language."""
    texts = Texts(language)
    rules, prices = tuple(hard_rows(found.rules, texts)), tuple(priced_rows(found.rules, texts))
    points = texts("dossier_prices_sum", points=figure(sum(item.cost for item in found.rules), language))
    css = files(PACKAGE).joinpath("templates", "dossier.css").read_text(encoding="utf-8")
    name, title = texts("dossier_title"), found.review.instance.title
    return render(
        "dossier.html", language, texts("labelled", label=name, words=title) if title else name, package=PACKAGE, css=css,
        sections=SECTIONS, head=tuple(_head(found, texts)), short=tuple(_short(found, texts)),
        inputs=_inputs(found, texts),
        never=tuple(_never(texts)), no_effect=_no_effect(texts),
        ignored=[note.text(language) for note in found.ignored],
        rules=rules, prices=prices, points=points,
        exceeding=_exceeding(found, texts), own_limits=tuple(_own_limits(found, texts)),
        column=texts.name("column", "decision_date"),
        pictures=spread_pictures(found.spreads, texts), spreads=tuple(spread_tables(found.spreads, texts)), fewest=FEWEST,
        comparable=_comparable(found, texts),
        decisions=tuple(_decisions(found, texts)), overrides=_overrides(found, texts),
        versions_published=_published(found, texts),
        levels=_levels(found, texts), uncovered=tuple(sentences(found.review.instance, texts)),
        since=[said.text(language) for said in found.review.since], versions=_versions(found, texts),
        log=tuple(log_lines(found.log, texts)), log_table=log_table(found.log, texts),
    )  # fmt: skip


def _head(found: Dossier, texts: Texts) -> Iterator[str]:
    calendar = found.review.instance.calendar
    first, last = texts.long_date(calendar.start), texts.long_date(calendar.date(calendar.days - 1))
    yield texts("period", first=first, last=last, days=calendar.days)
    yield texts("dossier_file", file=found.file, at=moment(found.made, texts.language))


def _short(found: Dossier, texts: Texts) -> Iterator[tuple[str, bool]]:
    """Sentences, and whether each needs somebody's attention."""
    review, publication = found.review, found.decisions.publication
    accepted, repaired = len(review.accepted), review.repairs is not None
    words = verdict(texts, review.assessment, broken=review.violations, accepted=accepted, repaired=repaired)
    yield words, bool(review.violations)
    if found.edited:
        yield texts("dossier_edited", count=found.edited), True
    elif found.decisions.edits is None:
        yield texts("dossier_edits_unknown"), True
    if publication is None:
        yield texts("dossier_draft"), False
    else:
        at, until = moment(publication.at, texts.language), date(publication.until, texts.language)
        yield texts("dossier_published", version=publication.version, at=at, until=until), False
    if not found.exceeding:
        yield texts("dossier_exceeds_none"), False
    else:
        said = texts("dossier_exceeds", count=len(found.exceeding))
        undated = texts("dossier_undated", count=found.undated) if found.undated else ""
        yield f"{said} {undated}".rstrip(), bool(found.undated)
    yield next(log_lines(found.log, texts)), found.log.chain is None or found.log.chain.broken is not None


def _inputs(found: Dossier, texts: Texts) -> Table:
    names = [texts(f"dossier_head_{key}") for key in ("sheet", "content", "use", "rows")]
    rows = tuple(
        (texts.sheet(item.sheet), texts.purpose(sheet_of(item.sheet).purpose), texts(f"dossier_use_{item.use.value}"),
         figure(item.rows, texts.language))
        for item in found.inputs
    )  # fmt: skip
    return Table(texts("dossier_inputs"), heads(*names, first=3), rows)


def _never(texts: Texts) -> Iterator[str]:
    yield texts("dossier_never_answers", sheet=texts.sheet("Calls"))
    for what in ("performance", "absence", "person", "tracking"):
        yield texts(f"dossier_never_{what}")


def _no_effect(texts: Texts) -> str:
    columns = AllOf(tuple(column_name(f"{sheet}.{column}", texts) for sheet, column in NO_EFFECT))
    return texts("dossier_no_effect", columns=columns)


def _exceeding(found: Dossier, texts: Texts) -> Table | None:
    if not found.exceeding:
        return None
    names = [texts(f"dossier_head_{key}") for key in ("cell", "figure", "contract", "default", "force", "decided")]
    return Table(
        texts("dossier_exceeding"),
        heads(*names, first=9),
        tuple(_exceeding_row(item, texts) for item in found.exceeding),
    )


def _exceeding_row(item: Exceeding, texts: Texts) -> tuple[str, ...]:
    contract = getattr(item.figure, "contract", None)
    on = "" if item.decided is None else date(item.decided, texts.language)
    decided = texts("dossier_decided_late", date=on) if item.late else on or texts("dossier_no_date")
    return (
        item.place, item.name.text(texts.language), texts("dossier_all_contracts") if contract is None else contract.code,
        one_figure(item.figure, texts, default=True), one_figure(item.figure, texts), decided,
    )  # fmt: skip


def _own_limits(found: Dossier, texts: Texts) -> Iterator[str]:
    for contract, count in found.own_limits.items():
        yield texts("dossier_own_limits", contract=contract, count=count)


def _comparable(found: Dossier, texts: Texts) -> str:
    compared = [item for item in spread(found.review.instance, found.review.roster) if item.people > 1]
    if not compared:
        return ""
    most = {"nights": max(item.nights for item in compared), "weekends": max(item.weekends for item in compared)}
    return texts("dossier_comparable", **most)


def _decisions(found: Dossier, texts: Texts) -> Iterator[str]:
    decided = found.decisions
    yield texts("dossier_locked", count=decided.duties_locked, sheet=texts.sheet("Locked"))
    yield texts("dossier_kept_free", count=decided.days_kept_free)
    if decided.edits is None:
        yield texts("dossier_edits_unknown")
    elif not found.edited:
        yield texts("dossier_edits_none")
    else:
        yield texts(
            "dossier_edits",
            count=found.edited,
            kinds=_counts({f"change_{k.value}": n for k, n in decided.edits.items()}, texts),
        )
        costs = found.review.costs
        if costs is not None and costs.together:
            shown = (_change(level, cost, texts) for level, cost in costs.together.items() if cost)
            worded = " · ".join(shown)
            if worded:
                yield texts("dossier_edits_cost", costs=worded)
    if decided.repaired is not None:
        causes = _counts({f"cause_{cause}": n for cause, n in decided.repaired.items()}, texts)
        yield texts("dossier_repaired", count=sum(decided.repaired.values()), causes=causes or "–", late=decided.late)


def _change(level: Level, cost: int, texts: Texts) -> str:
    sign = "+" if cost > 0 else "−"
    return f"{texts(level.code)} {sign}{level_figure(level, abs(cost), texts.language)}"


def _counts(counts: dict[str, int], texts: Texts) -> str:
    return ", ".join(texts("dossier_count_of", what=texts(code), count=count) for code, count in counts.items())


def _overrides(found: Dossier, texts: Texts) -> Table | None:
    rows = []
    titles = {item.rule.code: item.rule.heading().text(texts.language) for item in found.rules}
    for decision in found.decisions.overrides:
        item = decision.override
        effect = texts("dossier_accepted" if decision.used else "dossier_override_idle")
        on, about = date(item.decided_on, texts.language), date(item.date, texts.language)
        rows.append((titles[item.rule], about, item.decided_by, on, " ".join(item.reason.split()), effect))
    names = [texts(f"dossier_head_{key}") for key in ("rule_only", "about", "by", "on", "reason", "effect")]
    caption = texts("dossier_overrides_caption", sheet=texts.sheet("Overrides"))
    return Table(caption, heads(*names, first=9), tuple(rows)) if rows else None


def _published(found: Dossier, texts: Texts) -> Table | None:
    versions = found.decisions.versions
    names = [texts(f"dossier_head_{key}") for key in ("version", "announced", "cancelled")]
    rows = tuple(
        (str(v.number), figure(v.announced, texts.language), figure(v.cancelled, texts.language)) for v in versions
    )
    return Table(texts("dossier_published_caption"), heads(*names), rows) if rows else None


def _levels(found: Dossier, texts: Texts) -> Table:
    language, rows = texts.language, []
    for level in counted(found.review.instance, found.review.levels):
        kind = Level(level.name)
        gap = texts("proven") if level.proven else "–" if level.gap is None else percent(level.gap, language)
        bound = "–" if level.bound is None else level_figure(kind, level.bound, language)
        asked = level_figure(kind, level.required, language) if kind.unit == "minutes" else "–"
        rows.append((texts(level.name), level_figure(kind, level.value, language), bound, asked, gap))
    names = [texts(f"head_{key}") for key in ("level", "value", "bound", "required", "gap")]
    return Table(texts("dossier_levels_caption"), heads(*names), tuple(rows), note=texts("weighted"))


def _versions(found: Dossier, texts: Texts) -> Table:
    review, record, publication = found.review, found.review.record, found.decisions.publication
    rows = [
        (texts("dossier_file_sha"), found.file_sha256),
        (texts("dossier_facts_sha"), review.instance.sha256),
    ]
    if record is not None:
        since = " · ".join(said.text(texts.language) for said in review.since)
        status = since or "–" if review.status is None else texts(review.status.value)
        rows += [
            (texts("dossier_solved_sha"), record.instance_sha256),
            (texts("dossier_rules_digest"), f"{rules_digest()} / {record.rules_digest or '–'}"),
            (texts("run_status"), status),
            (texts("run_seed"), f"{record.seed} · {record.workers}"),
            (texts("run_time"), f"{figure(round(record.wall_s, 1), texts.language)} s"),
            (
                texts("dossier_solver_versions"),
                ", ".join(f"{name} {number}" for name, number in record.versions.items()),
            ),
        ]
    if publication is not None:
        rows.append((texts("dossier_published_digest"), publication.digest))
    heading = (Head(texts("dossier_head_what")), Head(texts("dossier_head_value")))
    return Table(texts("dossier_versions_caption"), heading, tuple(rows))
