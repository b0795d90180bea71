"""The words around a date that stands behind the reason for it, as data."""

import re

# What a date at the end stands behind.
BEFORE_DAY = re.compile(
    r"(?<!\w)(?:đến hết|đến|den|tới|toi|until|till|by|to)(?!\w)|[,;:–]|(?<=\s)-(?=\s)"
    # "chờ số liệu 30/6"; but "chờ báo cáo ngày 30/6" says which report.
    r"|(?<!ngày)(?<!ngay)\s(?=\d{1,2}/\d{1,2}(?:/\d{2,4})?\W*$)",
    re.IGNORECASE,
)
# What leads up to it, at the end of the reason.
ASKING = re.compile(
    r"(?:(?<!\w)(?:nên|đề nghị|de nghi|xin|cho|phép|gia hạn|gia han|lùi|hạn|đến|tới|den|toi|hết"
    r"|so|please|extend|until|till|by|to)"
    r"(?!\w)[\s,;:–-]*)+$",
    re.IGNORECASE,
)
