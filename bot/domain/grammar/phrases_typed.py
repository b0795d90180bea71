"""The words of dates that people type in chat, as data for `bot.intake.dates`."""

# Days typed in chat, counted from the day of typing.
DAYS_FROM_TODAY = {
    "hôm kia": -2,
    "hôm qua": -1,
    "hôm nay": 0,
    "nay": 0,
    "mai": 1,
    "ngày mai": 1,
    "sáng mai": 1,
    "chiều mai": 1,
    "kia": 2,
    "ngày kia": 2,
    "mốt": 2,
    "ngày mốt": 2,
}
# What may stand before a day without changing it, and what moves it to the day before.
LEAD = (
    "cho đến", "chậm nhất", "đến", "đến hết", "hết", "tới", "trong", "vào", "xin đến", "xin tới",
    "xin gia hạn đến", "gia hạn đến", "lùi đến",
)  # fmt: skip
BEFORE = "trước"
DAY, MONTH = "ngày", "tháng"
# "mùng 5": a day below ten.
EARLY_DAY = ("mùng", "mồng")
# Of a week, a month and so on: its first day, and where its middle is.
BEGIN_OF = {"đầu tháng": 1, "đầu quý": 3, "đầu năm": 12}
MIDDLE_OF_MONTH = "giữa tháng"
WEEKDAY_OF = {"đầu tuần": 0, "giữa tuần": 2}
# Which week after this one, and which month, quarter or year.
THIS_PERIOD = ("này", "nay", "")
NEXT_PERIOD = ("sau", "tới", "tiếp theo", "kế tiếp")
FRIDAY_OF = ("tuần", "hết tuần", "cuối tuần", "trong tuần")
END_OF = {
    "tháng": 1,
    "hết tháng": 1,
    "cuối tháng": 1,
    "trong tháng": 1,
    "quý": 3,
    "hết quý": 3,
    "cuối quý": 3,
    "trong quý": 3,
    "năm": 12,
    "hết năm": 12,
    "cuối năm": 12,
    "trong năm": 12,
}
WEEKDAYS_TYPED = {
    "thứ hai": 0,
    "thứ 2": 0,
    "thứ ba": 1,
    "thứ 3": 1,
    "thứ tư": 2,
    "thứ 4": 2,
    "thứ năm": 3,
    "thứ 5": 3,
    "thứ sáu": 4,
    "thứ 6": 4,
    "thứ bảy": 5,
    "thứ 7": 5,
    "chủ nhật": 6,
}
WEEK = "tuần"
MORE = {"nữa": 0}
AFTER = {"sau": 0}
COUNTED_IN = {"ngày": 0, "tuần": 1, "tháng": 2}
SPELT_NUMBERS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
