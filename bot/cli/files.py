"""A plan's file as the command line names it, and how it is to be read."""

import argparse

from bot.domain.errors import UserError
from bot.domain.plan import PlanReading
from bot.domain.problem import N_
from bot.domain.reading.column_phrases import Column
from bot.domain.reading.columns import find_column
from bot.domain.reading.reader import read_plan
from bot.domain.reading.table import Document
from bot.domain.units.registry import UnitRegistry
from bot.intake.document import read_document
from bot.intake.ocr import ocr_pdf


def open_document(data: bytes, args: argparse.Namespace) -> Document:
    """Return the document in a file's bytes; with `--ocr` a scan's text is recognised first.

    Raises:
        UnreadableDocument: it is no document, or it is broken.
    """
    name = args.file.name
    return read_document(ocr_pdf(data, name) if args.ocr else data, name)


def read_document_as_plan(
    document: Document, registry: UnitRegistry, args: argparse.Namespace
) -> PlanReading:
    """Return the plan in a document, with the year and the columns that were typed.

    Raises:
        UnreadableDocument: it is no plan.
        UserError: a column was not named as it should be.
    """
    return read_plan(document, registry, year=args.year, columns=_columns(args.column))


def _columns(typed: list[str]) -> dict[int, Column] | None:
    """Return the columns of "2=Nhiệm vụ" or "2=title", counted from 1, by their place from 0."""
    found: dict[int, Column] = {}
    for word in typed:
        place, _, meaning = word.partition("=")
        column = _meaning(meaning.strip())
        if not place.strip().isdecimal() or int(place) < 1 or column is None:
            raise UserError(
                N_("“{word}” names no column. For example: --column 2=title --column 4=deadline."),
                word=word,
            )
        found[int(place) - 1] = column
    return found or None


def _meaning(word: str) -> Column | None:
    names = {column.value: column for column in Column}
    return names.get(word.lower()) or find_column(word)
