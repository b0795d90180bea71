"""The words around a date that stands behind the reason for it, as data."""

import re

# What a date at the end stands behind.
BEFORE_DAY = re.compile(
    r"(?<!\w)(?:đến hết|đến|den|tới|toi|until|till|by|to)(?!\w)|[,;:–]|(?<=\s)-(?=\s)",
    re.IGNORECASE,
)
# What leads up to it, at the end of the reason.
ASKING = re.compile(
    r"(?:(?<!\w)(?:nên|đề nghị|de nghi|xin|cho|phép|gia hạn|gia han|lùi|hạn|so|please|extend)"
    r"(?!\w)[\s,;:–-]*)+$",
    re.IGNORECASE,
)
