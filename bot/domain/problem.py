"""A sentence for a person to look at, kept apart from the language it is said in."""

from dataclasses import dataclass


def N_(msgid: str) -> str:  # noqa: N802 - gettext's customary marker
    """Return `msgid` unchanged; marks it for extraction into the catalogues."""
    return msgid


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person must look at.

    `msgid` is a whole English sentence with `{named}` placeholders, marked with `N_`; `params`
    are its values in order. `bot.i18n.Translator.problem` renders it.
    """

    msgid: str
    params: tuple[tuple[str, str], ...] = ()


def problem(msgid: str, **params: object) -> Problem:
    """Return a `Problem`, its parameters turned into text."""
    return Problem(msgid, tuple((name, str(value)) for name, value in params.items()))
