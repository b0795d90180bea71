"""Vietnamese data: the words that make a number a target. Patterns are for canonical text."""

AT_LEAST_BEFORE = (
    r"(?:tối thiểu|ít nhất|thấp nhất|trên|không dưới|không thấp hơn|không ít hơn|từ|lớn hơn"
    r"|hơn)(?: là)?"
)
AT_MOST_BEFORE = (
    r"(?:tối đa|nhiều nhất|không quá|không vượt quá|không lớn hơn|không cao hơn|nhỏ hơn"
    r"|(?<!không )(?:dưới|thấp hơn|ít hơn))(?: là)?"
)
REACHES = r"(?:đạt|phải đạt|bằng|tỷ lệ|mức|hoàn thành|lên|giảm|tăng)"
AT_LEAST_AFTER = r"(?:trở lên|hoặc cao hơn)"
AT_MOST_AFTER = r"(?:trở xuống|hoặc thấp hơn)"

# A noun of a unit is at most this many words, and ends before these.
UNIT_WORDS = 3
UNIT_END = (
    r"(?:được|trở|thuộc|của|và|về|tại|có|đã|do|cho|theo|trong|thực|giải|mỗi|trên|đến|là|để|với"
    r"|một|hằng|hàng|/)"
)
# What is counted here is time, age or a place in a list, no result.
NO_UNIT = (
    r"(?:tuổi|tháng|ngày|giờ|năm|quý|tuần|phút|giây|ngày làm việc|h\b|tầng|cấp|khoản|điều|mục"
    r"|đến\b|-)"
)

NONE_ALLOWED = (
    r"\bkhông (?:có|còn|để|phát sinh|xảy ra|để xảy ra|để phát sinh)(?: có)?"
    r"(?: (?:bất kỳ|một|các))?"
    r" (?:trường hợp|cán bộ|công chức|viên chức|hồ sơ|sai phạm|vi phạm|đơn thư|văn bản|đảng viên"
    r"|tổ chức|cá nhân|đơn vị|vụ|tình trạng|phản ánh|nhiệm vụ|khiếu nại|tai nạn|học sinh|ca)"
    r"(?:[^.;:]{0,80}?\bnào\b)?"
)
