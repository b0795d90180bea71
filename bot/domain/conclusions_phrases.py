"""The words around units and dates in a line of a conclusion, as data for `conclusions`."""

# Before a date: "hạn 30/6", "hạn: thứ Sáu".
DUE_LABELS = ("thời hạn", "hạn chót", "hạn")
# Before a unit: "giao HCTP", "chủ trì: HCTP".
UNIT_LABELS = ("đơn vị chủ trì", "chủ trì", "đơn vị", "giao")
# Between units, where the whole is no name of its own.
AND = "và"
# Behind who leads, in a plan's column of who does what.
COOPERATING = "phối hợp: {units}"
# Said where there is nothing to say.
NONE = ("chưa rõ", "không", "chưa có", "chưa xác định", "?")
# How a date begins, though it may be none: "31/6", "ngày 31 tháng 6", "thứ chín".
DATE_LIKE = (
    r"(?:(?:trước|trong|đến|hết)\s+)*(?:ngày|tháng|quý|tuần|thứ|năm)?\s*"
    r"\d{1,2}\s*(?:[/.-]|tháng|$)"
)
