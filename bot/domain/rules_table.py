"""Every rule with what it means, how it is typed and its limits: data for `rules_text`. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.domain.problem import N_
from bot.domain.rules import Denominator, Window


class Form(StrEnum):
    """The way a rule is typed."""

    TIME = "time"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    DAYS = "days"  # whole numbers, the largest first
    BOUNDS = "bounds"  # whole numbers, the smallest first
    YEAR_DAYS = "year"
    BANDS = "bands"
    TEXT = "text"
    TYPES = "types"


class Area(StrEnum):
    """What belongs together."""

    REMINDING = "reminding"
    ESCALATING = "escalating"
    JUDGING = "judging"
    REPORTING = "reporting"
    DRAFTS = "drafts"
    BOT = "bot"


AREAS = {
    Area.REMINDING: N_("Reminding"),
    Area.ESCALATING: N_("Escalating"),
    Area.JUDGING: N_("Judging and deciding"),
    Area.REPORTING: N_("Periods and figures"),
    Area.DRAFTS: N_("Drafts of documents"),
    Area.BOT: N_("The bot itself"),
}
YES, NO = N_("yes"), N_("no")
FLAGS = {True: YES, False: NO}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it means, how it is typed, and the limits of its values."""

    area: Area
    meaning: str
    form: Form
    low: int = 0
    high: int = 60
    choices: Mapping[Any, str] = field(default_factory=dict)


WEEKDAYS = dict(
    enumerate(
        (
            N_("Monday"),
            N_("Tuesday"),
            N_("Wednesday"),
            N_("Thursday"),
            N_("Friday"),
            N_("Saturday"),
            N_("Sunday"),
        )
    )
)
WINDOWS = {
    Window.MID_MONTH: N_("from the 15th to the 14th (Decree 09/2019)"),
    Window.CALENDAR: N_("calendar month"),
    Window.LATE_MONTH: N_("from the 25th to the 24th"),
}
DENOMINATORS = {
    Denominator.FALLEN_DUE: N_("of those that have fallen due"),
    Denominator.COMPLETED: N_("of those completed"),
    Denominator.ASSIGNED: N_("of all assigned in the period"),
}
WEEKENDS = {
    "none": N_("late from the day after the date written"),
    "forward": N_("a date on a day off moves to the next working day"),
}
_R, _E, _J = Area.REMINDING, Area.ESCALATING, Area.JUDGING
_F, _D, _B = Area.REPORTING, Area.DRAFTS, Area.BOT
RULES: dict[str, Rule] = {
    "morning_at": Rule(_R, N_("When the morning message is sent"), Form.TIME),
    "midday_at": Rule(_R, N_("When what is due today is reminded again"), Form.TIME),
    "last_call_at": Rule(
        _R, N_("Until when a missed morning message is still sent that day"), Form.TIME
    ),
    "ladder": Rule(_R, N_("Working days before the date on which leads are reminded"), Form.DAYS),
    "internal_ladder": Rule(
        _R, N_("Working days before an internal date on which units are reminded"), Form.DAYS
    ),
    "cooperate_ladder": Rule(
        _R, N_("Working days before the date on which cooperating units are reminded"), Form.DAYS
    ),
    "checkpoints": Rule(_R, N_("Checkpoints of work due within the year"), Form.YEAR_DAYS),
    "year_warning": Rule(
        _R, N_("The day after which work misses the scored year: warned of"), Form.YEAR_DAYS
    ),
    "soon_days": Rule(
        _R, N_("From how many working days before it is “due soon”"), Form.NUMBER, 1
    ),
    "risk_days": Rule(
        _E,
        N_("Working days before the date to tell Văn phòng of no report (0: never)"),
        Form.NUMBER,
    ),
    "office_after": Rule(
        _E, N_("Working days late after which Văn phòng is told (0: never)"), Form.NUMBER
    ),
    "leader_after": Rule(
        _E,
        N_("Working days late after which the supervising leader is told (0: never)"),
        Form.NUMBER,
    ),
    "director_after": Rule(
        _E, N_("Working days late after which the Director is told (0: never)"), Form.NUMBER
    ),
    "escalate_again": Rule(
        _E, N_("Every how many working days it is told again (0: never)"), Form.NUMBER
    ),
    "confirmation": Rule(_J, N_("Whether Văn phòng confirms what is reported done"), Form.FLAG),
    "weekend": Rule(
        _J, N_("What a date on a day off means for being late"), Form.CHOICE, choices=WEEKENDS
    ),
    "before_counts": Rule(_J, N_("Whether “trước ngày D” still counts on D itself"), Form.FLAG),
    "outside_software": Rule(
        _J, N_("Whether it is asked if the province's software was updated too"), Form.FLAG
    ),
    "extend_after_due": Rule(
        _J, N_("Whether an extension may be asked for after the date"), Form.FLAG
    ),
    "many_extensions": Rule(
        _J, N_("From which extension on an item is marked as often extended"), Form.NUMBER, 1, 20
    ),
    "undo_minutes": Rule(
        _J, N_("How many minutes one's own last act can be taken back"), Form.NUMBER, 0, 120
    ),
    "working_hours": Rule(
        _J, N_("Working hours of a day, for deadlines counted in hours"), Form.NUMBER, 1, 24
    ),
    "file_types": Rule(_J, N_("Which types of files are taken as evidence"), Form.TYPES),
    "window": Rule(_F, N_("What a reporting month is"), Form.CHOICE, choices=WINDOWS),
    "denominator": Rule(
        _F,
        N_("What the rate of on-time work is counted against"),
        Form.CHOICE,
        choices=DENOMINATORS,
    ),
    "bands": Rule(_F, N_("Points by rate: from so many percent on, so many points"), Form.BANDS),
    "overdue_bands": Rule(_F, N_("Upper ends of the bands of days late"), Form.BOUNDS, 1, 3650),
    "undated_months": Rule(
        _F, N_("After how many months without a date an item is warned of"), Form.NUMBER, 1
    ),
    "briefing_at": Rule(_F, N_("When the draft of the weekly briefing comes"), Form.TIME),
    "briefing_weekday": Rule(
        _F, N_("On which day the weekly briefing comes"), Form.CHOICE, choices=WEEKDAYS
    ),
    "parent_body": Rule(_D, N_("The superior body in the heading of drafts"), Form.TEXT, 0, 200),
    "place": Rule(_D, N_("The place in the heading of drafts"), Form.TEXT, 0, 100),
    "document_code": Rule(_D, N_("The office's letters in a document's number"), Form.TEXT, 0, 30),
    "away_minutes": Rule(
        _B, N_("After how many minutes away the bot says what it missed"), Form.NUMBER, 1, 1440
    ),
    "keep_months": Rule(
        _B, N_("Months for which personal data is kept after the last role"), Form.NUMBER, 1, 240
    ),
    "suggestion_score": Rule(
        _B,
        N_("From which likeness (percent) on a unit is taken as meant when loading unasked"),
        Form.NUMBER,
        50,
        100,
    ),
}
