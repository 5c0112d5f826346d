"""Documents of one HTML file: offline, without a script, to read on a screen and to print.

A document is a template that extends ``base.html``, and what is put into it. Another package makes one of its own so::

    from scheduler.report.page.figure import Figure, Head, Table
    from scheduler.report.page.render import render

    render("dossier.html", language, title, package="scheduler.report.dossier", tables=[Table(...)])

``package`` is the package whose folder ``templates`` holds ``dossier.html``; it fills the blocks ``head`` (under the title),
``main`` (sections, each with an ``h2``) and ``foot``, and takes ``{% import "parts.html" as parts with context %}``:
``parts.table(table)``, ``parts.wide(table)`` for a table that may be wider than the page, and ``parts.figure(figure)``, a picture
with its table beneath it. In every template ``t(code, **arguments)`` is a wording of :mod:`scheduler.messages.texts` in the
language, and ``say(message)`` a message. Cells and texts are escaped; pictures are drawn with
:class:`scheduler.report.page.svg.Svg`. No element may have a ``style`` of its own: the document's policy refuses it. Use the
classes of ``page.css``; ``css`` of :func:`~scheduler.report.page.render.render` adds rules to it.
"""
