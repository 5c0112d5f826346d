"""The languages that Vigie speaks."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """Members are ISO 639-1 codes, so that they can stand in a workbook and on a command line."""

    EN = "en"
    FR = "fr"
    NL = "nl"
