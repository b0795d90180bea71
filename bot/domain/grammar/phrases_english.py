"""The English words of dates that people type in chat, as data for `bot.intake.dates_english`."""

# What may stand before a day without changing it.
LEAD = r"(?:(?:not )?(?:until|till|by|on|to) )?(?:the )?"
DAYS_FROM_TODAY = {
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
}
# In the words of `phrases_typed`, whose reader then counts.
WEEKDAYS = {
    "monday": "thứ hai",
    "tuesday": "thứ ba",
    "wednesday": "thứ tư",
    "thursday": "thứ năm",
    "friday": "thứ sáu",
    "saturday": "thứ bảy",
    "sunday": "chủ nhật",
}
PERIODS = {"week": "tuần", "month": "tháng", "quarter": "quý", "year": "năm"}
COUNTED_IN = {"day": "ngày", "week": "tuần", "month": "tháng"}
WHICH = {"next": "sau", "coming": "sau", "this": "này", "": "này"}
NUMBERS = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
MONTHS = (
    "jan", "january", "feb", "february", "mar", "march", "apr", "april", "may", "jun", "june",
    "jul", "july", "aug", "august", "sep", "sept", "september", "oct", "october", "nov",
    "november", "dec", "december",
)  # fmt: skip
OPENERS = (
    *DAYS_FROM_TODAY, *WEEKDAYS, *MONTHS, *NUMBERS, "next", "coming", "this", "the", "end",
    "middle",
    "beginning", "start", "in", "within", "until", "till", "by", "on", "to",
)  # fmt: skip
