"""Names of reporting periods, within a sentence. Pure."""

from bot.domain.problem import N_
from bot.domain.windows import PeriodKind, ReportPeriod
from bot.i18n import Translator

NAMES = {
    PeriodKind.MONTH: N_("month {number}/{year}"),
    PeriodKind.QUARTER: N_("quarter {roman}/{year}"),
    PeriodKind.HALF: N_("first six months of {year}"),
    PeriodKind.NINE: N_("nine months of {year}"),
    PeriodKind.YEAR: N_("year {year}"),
}
SECOND_HALF = N_("last six months of {year}")
ROMAN = ("", "I", "II", "III", "IV")


def period_name(period: ReportPeriod, tr: Translator) -> str:
    """Return a period's name within a sentence."""
    second = period.kind is PeriodKind.HALF and period.number == 2
    return tr(
        SECOND_HALF if second else NAMES[period.kind],
        number=period.number,
        roman=ROMAN[period.number] if period.kind is PeriodKind.QUARTER else "",
        year=period.year,
    )


def short_period(period: ReportPeriod, tr: Translator) -> str:
    """Return a period's name as it fits under a picture or into a row: "3/24", "II/24", "2024"."""
    year = f"{period.year % 100:02d}"
    if period.kind is PeriodKind.MONTH:
        return f"{period.number}/{year}"
    if period.kind is PeriodKind.QUARTER:
        return f"{ROMAN[period.number]}/{year}"
    if period.kind is PeriodKind.HALF:
        return tr(N_("half {number}/{year}"), number=period.number, year=year)
    return str(period.year)
