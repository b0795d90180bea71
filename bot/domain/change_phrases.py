"""The Vietnamese words of one-message forms, and what items added in chat are called."""

import re

# "phối hợp: VP" begins the cooperating units.
COOPERATE = re.compile(r"(?:^|[;,.\n]|\s)\s*(?:phối hợp|phoi hop)\s*:?\s*", re.IGNORECASE)
LEAD = re.compile(r"^\s*(?:chủ trì|chu tri)\s*:?\s*", re.IGNORECASE)
# In this order: a name may hold a comma or "và" itself.
BETWEEN_UNITS = (re.compile(r"[;\n]+"), re.compile(r",+"), re.compile(r"\s+và\s+"))
COLLECTIVE = re.compile(r"^(?:tất cả|tat ca|các|cac|mọi|moi)\s", re.IGNORECASE)
# "từ 22/4 đến 30/4", "22/4 – 30/4", "đến 30/4".
FROM_DAY = re.compile(r"^\s*(?:từ ngày|từ|tu ngay|tu|from)\s+", re.IGNORECASE)
UNTIL_DAY = re.compile(r"^\s*(?:đến hết|đến|hết|den het|den|het|until|to)\s+", re.IGNORECASE)
BETWEEN_DAYS = re.compile(
    r"\s*[>→–—]\s*|\s+-\s+|\s+(?:đến hết|đến|den het|den|to|until)\s+", re.IGNORECASE
)
# One line each of /them.
FIELDS = {
    "title": ("nhiệm vụ", "việc", "nội dung", "tên", "task", "title"),
    "product": ("sản phẩm", "product"),
    "deadline": ("hạn", "thời hạn", "tiến độ", "thời gian", "deadline", "due"),
    "units": ("chủ trì", "đơn vị", "đơn vị chủ trì", "lead", "units"),
    "cooperate": ("phối hợp", "đơn vị phối hợp", "cooperate"),
    "source": ("căn cứ", "văn bản", "nguồn", "source"),
}
ADDED, ADDED_SECTION = "BS", "Nhiệm vụ bổ sung"
PLAN_CLOSED = "đã đóng kế hoạch “{title}”"
NEUTRAL = "Nhiệm vụ {code} (có tài liệu mật)"
MERGED = "sáp nhập vào {unit}"
UNSAID = "(không ghi lại)"
TAKEN_BACK = "rút lại"
NEW_UNITS = "giao lại đơn vị thực hiện"
