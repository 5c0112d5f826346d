"""What a rule is: one file, one class, two faces.

``audit`` is written from the text of the law and looks at nothing but facts and a roster. ``declare`` says the same in the
vocabulary of :mod:`scheduler.vocabulary.constraints`. Neither calls the other: tests hold them against each other.
"""

from __future__ import annotations

import inspect
import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message, Name
from scheduler.messages.sentences import closest
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.problem.tables import Tables
from scheduler.vocabulary.constraints import Constraint, Level


class Parameters(BaseModel):
    """The base of a rule's parameters. Each is a row ``<rule>.<parameter>`` of the Settings sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class CodeOf:
    """Says of a parameter that it is a code of a table, blank for none and by default: ``Annotated[str, CodeOf("shifts")]``."""

    table: str


RoleCode = Annotated[str, CodeOf("roles")]
"""A parameter that is the code of a role, or blank. Any parameter whose default is a word is a word in the Settings sheet."""


class NoParameters(Parameters):
    """For rules whose only figures are columns of the workbook."""


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One place in which a roster breaks a rule, or pays for a soft one.

    ``cost`` is None for a broken hard rule; else what the finding adds to the value of ``level``: points of the quality
    level, or weighted person-minutes of a coverage level. ``amount`` and ``unit`` say by how much ("minutes", "days",
    "nights", …). ``days`` are the day numbers of the cells concerned, the one to change first; ``staff`` the people, the
    one to change first. ``message`` is one sentence with its figures, without a full stop.
    """

    rule: str
    message: Message
    staff: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    hotspot: str | None = None
    amount: int = 1
    unit: str = ""
    cost: int | None = None
    level: Level = Level.QUALITY

    def __repr__(self) -> str:
        return f"<Finding {self.rule}: {self.message}>"

    @property
    def hard(self) -> bool:
        """Whether a hard rule is broken; otherwise the finding has a price."""
        return self.cost is None


class Reach(Enum):
    """What a finding of a rule depends on."""

    PERSON = "person"
    """It is about one person, and depends on no cell of anybody else."""
    HOTSPOT = "hotspot"
    """The cells of one hotspot; of a moment those of the people who stand there then, or share a duty with them."""
    WHOLE = "whole"
    """Any cell of the roster."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from. ``sourced`` is False for general knowledge that no public text was found for."""

    text: str
    sourced: bool = True


SEE_RULES = Message("see_rules", "See `vigie rules`.")

P = TypeVar("P", bound=Parameters)


class Rule(ABC, Generic[P]):
    """One rule. Subclasses set the class variables and write the two faces; registering is naming it in ``rules/__init__``.

    The docstring of a subclass is what `vigie rules` publishes: every definition and exemption that its audit applies, beside the
    terms of :mod:`scheduler.rules.support.glossary`. It is in English, as are title, sources and descriptions of parameters;
    other languages are in the catalogues.
    """

    code: ClassVar[str]
    formerly: ClassVar[str] = ""
    """The code in results of version 0.1, where it was another."""
    title: ClassVar[str]
    sources: ClassVar[tuple[Source, ...]]
    columns: ClassVar[tuple[str, ...]] = ()
    """Workbook columns that steer the rule, as ``Contracts.min_rest_hours``."""
    hard: ClassVar[bool] = True
    satisfiable_by_adding_work: ClassVar[bool] = False
    """Whether more work can mend what too little work breaks: a single day off, a patrol too small. When a roster of nothing
    but the locks breaks a rule that is hard and not satisfiable_by_adding_work, the locks cannot all hold."""
    reach: ClassVar[Reach] = Reach.PERSON
    parameters_class: ClassVar[type[Parameters]] = NoParameters
    laxer_when_more: ClassVar[tuple[str, ...]] = ()
    """Parameters of a hard rule that ask more of people the higher they are."""

    def __init__(self, parameters: P | None = None) -> None:
        self.parameters: P = parameters if parameters is not None else self.parameters_class()  # type: ignore[assignment]

    @classmethod
    def heading(cls) -> Message:
        """The title."""
        return Message(f"rule.{cls.code}.title", cls.title)

    @classmethod
    def text(cls) -> tuple[Message, ...]:
        """The published text, paragraph by paragraph: the docstring's words. Items of a list begin with ``- ``."""
        blocks = inspect.cleandoc(cls.__doc__ or "").replace("``", "`").split("\n\n")
        items = (item for block in blocks for item in re.split(r"\n(?=- )", block))
        return tuple(Message(f"rule.{cls.code}.text", " ".join(item.split())) for item in items)

    @classmethod
    def origins(cls) -> tuple[Message, ...]:
        """The texts of the sources, in their order."""
        return tuple(Message(f"rule.{cls.code}.source", source.text) for source in cls.sources)

    @classmethod
    def descriptions(cls) -> dict[str, Message]:
        """What each parameter is, by its name."""
        fields = cls.parameters_class.model_fields.items()
        return {name: Message(f"rule.{cls.code}.{name}", field.description or "") for name, field in fields}

    @classmethod
    def published(cls) -> Iterator[Message]:
        """Everything that the rule says of itself."""
        yield cls.heading()
        yield from cls.text()
        yield from cls.origins()
        yield from cls.descriptions().values()

    @classmethod
    def words(cls) -> frozenset[str]:
        """The parameters that are words; the others are numbers."""
        fields = cls.parameters_class.model_fields.items()
        return frozenset(name for name, field in fields if isinstance(field.default, str))

    @classmethod
    def codes(cls) -> dict[str, str]:
        """The parameters that are codes, each with the table whose codes they take."""
        fields = cls.parameters_class.model_fields.items()
        return {name: mark.table for name, field in fields for mark in field.metadata if isinstance(mark, CodeOf)}

    @classmethod
    def for_instance(cls, instance: Tables) -> Rule[P]:
        """The rule with the parameters that the settings of an instance, or of its tables, give it. Raises :class:`InputError`
        for bad ones."""
        prefix = f"{cls.code}."
        given: dict[str, Any] = {
            key.removeprefix(prefix): int(value) if isinstance(value, float) and value.is_integer() else value
            for key, value in instance.parameters.items()
            if key.startswith(prefix)
        }
        try:
            parameters = cls.parameters_class(**given)
        except ValidationError as error:
            raise InputError(
                [
                    InputProblem("Settings", f"{prefix}{'.'.join(map(str, item['loc']))}", _unfit(item), SEE_RULES)
                    for item in error.errors()
                ]
            ) from error
        unknown: list[InputProblem] = []
        for name, table in cls.codes().items():
            code = getattr(parameters, name)
            if code and code not in (known := table_codes(instance, table)):
                message = Message(
                    "parameter_code_unknown",
                    "is {given}, which is not on sheet {sheet}.",
                    given=code,
                    sheet=Name("sheet", table.capitalize()),
                )
                unknown.append(InputProblem("Settings", f"{prefix}{name}", message, closest(code, known)))
        if unknown:
            raise InputError(unknown)
        return cls(parameters)  # type: ignore[arg-type]

    @abstractmethod
    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Where the roster breaks the rule or pays for it, from the text of the law; knows no vocabulary and no solver."""

    def audit_people(self, instance: Instance, roster: Roster, people: Collection[str]) -> Iterator[Finding]:
        """What the audit of a personal rule finds about some of the people."""
        return (finding for finding in self.audit(instance, roster) if finding.staff[0] in people)

    @abstractmethod
    def declare(self, instance: Instance) -> Iterator[Constraint]:
        """The same, in the vocabulary every engine compiles."""


def table_codes(instance: Tables, table: str) -> tuple[str, ...]:
    """The codes of a table, in the order of its rows."""
    return tuple(item.id if table == "staff" else item.code for item in getattr(instance, table))


def _unfit(error: ErrorDetails) -> Message:
    """Why the value of a parameter is not accepted."""
    given, limits = error["input"], error.get("ctx", {})
    match error["type"]:
        case "greater_than_equal":
            return Message(
                "parameter_too_low", "is {given}; the minimum is {minimum}.", given=given, minimum=limits["ge"]
            )
        case "less_than_equal":
            return Message(
                "parameter_too_high", "is {given}; the maximum is {maximum}.", given=given, maximum=limits["le"]
            )
        case "multiple_of":
            return Message(
                "parameter_no_multiple",
                "is {given}; it must be a multiple of {step}.",
                given=given,
                step=limits["multiple_of"],
            )
        case "int_parsing" | "float_parsing" | "int_type" | "float_type":
            return Message("parameter_not_number", "is {given}; it must be a number.", given=given)
        case "string_type":
            return Message("parameter_not_word", "is {given}; it must be a word.", given=given)
        case "int_from_float":
            return Message("parameter_not_whole", "is {given}; it must be a whole number.", given=given)
        case _:
            return Message("parameter_unfit", "is {given}, which is not accepted.", given=given)
