"""A page as a tree, read without a browser."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"meta", "br", "hr", "link", "img", "input", "base", "area", "col", "embed", "source", "track", "wbr"})


class Element:
    """A start tag with its attributes, what stands in it, and the text of all that."""

    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element] = []
        self.texts: list[str] = []

    def all(self, *tags: str) -> list[Element]:
        """Every element of these tags inside, in order."""
        found = []
        for child in self.children:
            found += [child] if child.tag in tags or not tags else []
            found += child.all(*tags)
        return found

    @property
    def shown(self) -> list[Element]:
        """Every picture with its table."""
        return [each for each in self.all("div") if (each.attributes.get("class") or "").split()[:1] == ["shown"]]

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.tag == tag, f"</{tag}> closes <{closed.tag}>"

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.texts.append(data)


def parsed(page: str) -> Element:
    """The page; every element but the void ones is closed, in the right order."""
    assert page.startswith("<!DOCTYPE html>")
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> stays open"
    return reader.open[0]
