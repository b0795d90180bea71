"""Languages: translated sentences, and dates and numbers as an office writes them."""

import datetime as dt
import io
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from bot.domain.days import local_time, office_date
from bot.domain.problem import N_, Problem

LOCALES = Path(__file__).parent.parent / "locales"
DEFAULT = "vi"

_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


class Translator:
    """One language: passed to whoever renders, never ambient."""

    def __init__(self, locale: str, catalogue: Translations) -> None:
        self.locale = locale
        self._catalogue = catalogue

    def __call__(self, msgid: str, **params: object) -> str:
        """Return the sentence `msgid` in this language with its parameters filled in."""
        text = self._catalogue.gettext(msgid)
        return text.format(**params) if params else text

    def n(self, singular: str, plural: str, count: int, **params: object) -> str:
        """Return the sentence in the form that fits `count`, which fills `{count}`."""
        text = self._catalogue.ngettext(singular, plural, count)
        return text.format(count=self.number(count), **params)

    def problem(self, problem: Problem) -> str:
        """Return a problem as a sentence."""
        return self(problem.msgid, **dict(problem.params))

    def number(self, value: int) -> str:
        """Return a whole number with its group marks."""
        return str(format_decimal(value, locale=self.locale))

    def percent(self, part: int, whole: int) -> str:
        """Return a share in percent, at most two decimals, rounded half up: 97,94%.

        Worked out from whole numbers, so that no rate is a hundredth off.
        """
        hundredths = Decimal(part * 100) / Decimal(whole)
        rounded = hundredths.quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"{self.decimal(rounded)}%"

    def decimal(self, value: Decimal) -> str:
        """Return a number with its marks, and no zeros at the end."""
        return str(format_decimal(value, format="#,##0.##", locale=self.locale))

    def decimal_of(self, value: float) -> str:
        """Return a number that a setting holds (2.5), as people write it: 2,5."""
        return self.decimal(Decimal(str(value)))

    def weekday(self, day: dt.date) -> str:
        """Return the name of a day of the week."""
        return self(_WEEKDAYS[day.weekday()])

    def date(self, day: dt.date) -> str:
        """Return a day as offices write it: 26/4/2024, and 05/02/2024."""
        return office_date(day)

    def short_date(self, day: dt.date) -> str:
        """Return a day without its year: 26/4."""
        return self.date(day).rsplit("/", 1)[0]

    def long_date(self, day: dt.date) -> str:
        """Return a day with its weekday: thứ Sáu 26/4/2024."""
        return f"{self.weekday(day)} {self.date(day)}"

    def day_near(self, day: dt.date, today: dt.date) -> str:
        """Return a day with its weekday, its year only when that is not today's."""
        return (
            f"{self.weekday(day)} {self.short_date(day)}"
            if day.year == today.year
            else self.long_date(day)
        )

    def clock(self, instant: dt.datetime) -> str:
        """Return the local time of an instant: 07:31."""
        return local_time(instant).strftime("%H:%M")

    def moment(self, instant: dt.datetime) -> str:
        """Return the local time and day of an instant: 15:42 thứ Ba 23/4/2024."""
        return f"{self.clock(instant)} {self.long_date(local_time(instant).date())}"

    def listing(self, names: Iterable[str]) -> str:
        """Return names as a list in a sentence."""
        return ", ".join(names)


@cache
def translator(locale: str) -> Translator:
    """Return the translator of a language; an unknown one is answered in the default."""
    path = LOCALES / locale / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        if locale == DEFAULT:
            raise FileNotFoundError(path)
        return translator(DEFAULT)
    compiled = io.BytesIO()
    # Compiled in memory: no build step that an installation could forget.
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=locale))
    compiled.seek(0)
    return Translator(locale, Translations(compiled))


Translators = Callable[[str], Translator]
