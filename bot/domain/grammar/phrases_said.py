"""How deadlines are said in Vietnamese: the templates of `grammar.canonical`, as data."""

# Templates of `grammar.canonical`, each read back by the grammar as what it was made of.
LABELLED = "{label}: {phrase}"
ONGOING = "Thường xuyên"
UNSPECIFIED = "Theo {ref}"
ON_DAY = "ngày {day}"
BEFORE_DAY = "trước ngày {day}"
SPAN = "từ ngày {first} đến ngày {last}"
IN_MONTH = "trong tháng {month}/{year}"
PERIODS = {
    (1, 3): "trong quý I/{year}",
    (4, 6): "trong quý II/{year}",
    (7, 9): "trong quý III/{year}",
    (10, 12): "trong quý IV/{year}",
    (1, 6): "trong 06 tháng đầu năm {year}",
    (7, 12): "trong 06 tháng cuối năm {year}",
    (1, 12): "trong năm {year}",
}
RRULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAY_NAMES = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
ON_WEEKDAY = "{weekday} hằng tuần"
BEFORE_WEEKDAY = "trước {weekday} hằng tuần"
# Keys: the months of a rule, and whether its days fall after the period reported on.
LAST_DAY_OF = {
    ((), False): "hằng tháng",
    ((3, 6, 9, 12), False): "hằng quý",
    ((6, 12), False): "định kỳ 6 tháng",
    ((12,), False): "hằng năm",
}
MONTHS_OF = {
    ((), False): "hằng tháng",
    ((), True): "của tháng tiếp theo",
    ((3, 6, 9, 12), False): "của tháng cuối quý",
    ((1, 4, 7, 10), False): "của tháng đầu quý",
    ((1, 4, 7, 10), True): "của tháng đầu quý sau",
    ((2, 5, 8, 11), False): "của tháng giữa quý",
    ((6, 12), False): "của tháng cuối 6 tháng",
    ((12,), False): "của tháng cuối năm",
}
ON_DAYS = "ngày {days} {months}"
BEFORE_DAYS = "trước ngày {days} {months}"
LIST_OF_DAYS = ", "
ON_YEARLY = "ngày {day} hằng năm"
MONTH_YEARLY = "tháng {month} hằng năm"
BEFORE_YEARLY = "trước ngày {day} hằng năm"
NO_PREFIX = ("trước ", "đột xuất")
AFTER_EVENT = "sau khi {event}"
FROM_EVENT = "trong vòng {count} {unit} kể từ khi {event}"
BEFORE_EVENT = "{count} {unit} trước khi {event}"
SPAN_UNITS = {
    "day": "ngày",
    "workday": "ngày làm việc",
    "week": "tuần",
    "month": "tháng",
    "hour": "giờ",
    "workhour": "giờ làm việc",
}
