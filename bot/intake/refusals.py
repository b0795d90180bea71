"""Why a file is refused, each as a sentence that says what to do."""

from bot.domain.plan import UnreadableDocument
from bot.domain.problem import N_
from bot.intake.limits import MAX_BYTES, MEGABYTE


def empty(name: str) -> UnreadableDocument:
    """Return the error for a file with nothing in it."""
    return UnreadableDocument(N_("The file {name} is empty."), name=name)


def too_big(name: str) -> UnreadableDocument:
    """Return the error for a file of more bytes than are taken."""
    return UnreadableDocument(
        N_("The file {name} is larger than {limit} MB; send the plan alone."),
        name=name,
        limit=MAX_BYTES // MEGABYTE,
    )


def broken(name: str) -> UnreadableDocument:
    """Return the error for a damaged file."""
    return UnreadableDocument(
        N_("The file {name} is damaged; open it, save it under another name and send that."),
        name=name,
    )


def locked(name: str) -> UnreadableDocument:
    """Return the error for a file that asks for a password."""
    return UnreadableDocument(
        N_("The file {name} has a password; remove the password and send the file again."),
        name=name,
    )


def too_large(name: str) -> UnreadableDocument:
    """Return the error for a file that unpacks to more than the bound."""
    return UnreadableDocument(
        N_("The file {name} is too large when unpacked; send the plan alone."), name=name
    )


def too_heavy(name: str) -> UnreadableDocument:
    """Return the error for a file that takes too much time or memory."""
    return UnreadableDocument(
        N_("Reading the file {name} takes too long; send the plan alone, or as Word (.docx)."),
        name=name,
    )


def too_many_rows(name: str, limit: int) -> UnreadableDocument:
    """Return the error for a table longer than any plan."""
    return UnreadableDocument(
        N_(
            "The file {name} has more than {limit} rows; keep the plan's rows and delete the rest."
        ),
        name=name,
        limit=limit,
    )


def too_many_pages(name: str, limit: int) -> UnreadableDocument:
    """Return the error for a file with more pages or sheets than any plan."""
    return UnreadableDocument(
        N_("The file {name} has more than {limit} pages or sheets; send the plan alone."),
        name=name,
        limit=limit,
    )


def too_much_text(name: str) -> UnreadableDocument:
    """Return the error for a file with more text than any plan."""
    return UnreadableDocument(
        N_("The file {name} has far more text than a plan; send the plan alone."), name=name
    )


def unknown_kind(name: str) -> UnreadableDocument:
    """Return the error for a file that is no document."""
    return UnreadableDocument(
        N_(
            "Files like {name} cannot be read; save the plan as Word (.docx), Excel (.xlsx), PDF"
            " or text."
        ),
        name=name,
    )


def not_text(name: str) -> UnreadableDocument:
    """Return the error for bytes that are neither a known format nor text."""
    return UnreadableDocument(
        N_("The file {name} is not text that can be read; save it as UTF-8 text and try again."),
        name=name,
    )


def old_word(name: str) -> UnreadableDocument:
    """Return the error for a .doc file on a machine without LibreOffice."""
    return UnreadableDocument(
        N_("The file {name} is of an old Word format (.doc); save it as .docx and send that."),
        name=name,
    )
