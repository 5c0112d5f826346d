"""The XML parts of a workbook as streams: each is read once, from front to back, and what all of them may cost is bounded.

A file of a few kilobytes can expand to millions of elements. Nothing here looks back, and nothing is kept that nobody asks
for; where a workbook asks for more than the budget, reading ends with :class:`TooLargeError`.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

MOST_ELEMENTS = 6_000_000
"""XML elements read of one workbook; a cell with a value is two of them. Some three times the roster of 2,000 people over a
year, and about ten seconds of work."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

Attributes = Mapping[str, str]
Starts = Mapping[str, Callable[[Attributes], None]]
"""What to do where an element begins, by its name; others are passed over."""
Ends = Mapping[str, Callable[[], None]]


class TooLargeError(Exception):
    """The workbook asks for more work than the budget allows."""


class DamagedError(Exception):
    """A part is missing, or not what it should be."""


class EnoughError(Exception):
    """Raised by a handler that needs no more of a part."""


@dataclass
class Archive:
    """The parts of one workbook, and what is left of its budget."""

    file: zipfile.ZipFile
    elements: int = field(default=0, init=False)

    def parse(
        self,
        name: str,
        starts: Starts,
        ends: Ends | None = None,
        text: Callable[[str], None] | None = None,
        *,
        of: str = MAIN,
    ) -> None:
        """Walk through a part and heed the elements of one namespace.

        Raises :class:`DamagedError` or :class:`TooLargeError`, and what the handlers raise.
        """
        begin = {f"{of} {tag}": handler for tag, handler in starts.items()}
        finish = {f"{of} {tag}": handler for tag, handler in (ends or {}).items()}

        def started(tag: str, attributes: dict[str, str]) -> None:
            self.elements += 1
            if self.elements > MOST_ELEMENTS:
                raise TooLargeError
            handler = begin.get(tag)
            if handler is not None:
                handler(attributes)

        def ended(tag: str) -> None:
            handler = finish.get(tag)
            if handler is not None:
                handler()

        def declared(*_: object) -> None:
            raise DamagedError("a document type")

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = started
        parser.EndElementHandler = ended if finish else None
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = declared
        try:
            # All at once: given piece by piece, some versions of expat look at a long comment again with every piece.
            parser.Parse(self.file.read(name), True)
        except EnoughError:
            return
        except (expat.ExpatError, KeyError, zipfile.BadZipFile, ValueError) as error:
            raise DamagedError(name) from error

    def has(self, name: str) -> bool:
        try:
            self.file.getinfo(name)
        except KeyError:
            return False
        return True

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """The kind and the target of every relation of a part (of the package itself where ``name`` is empty), by id."""
        folder, base = posixpath.split(name)
        found: dict[str, tuple[str, str]] = {}

        def relation(given: Attributes) -> None:
            if given.get("TargetMode") != "External" and {"Id", "Type", "Target"} <= given.keys():
                target = posixpath.normpath(posixpath.join("/", folder, given["Target"])).lstrip("/")
                found[given["Id"]] = given["Type"], target

        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if self.has(relations):
            self.parse(relations, {"Relationship": relation}, of=RELATIONS)
        return found

    def workbook(self) -> str:
        """The name of the part that lists the sheets."""
        kinds = self.relations("").values()
        return next((target for kind, target in kinds if kind.endswith("/officeDocument")), "xl/workbook.xml")
