"""Vietnamese data: what the columns of a plan's table are called, and the marks of its heading.

Every phrase is written folded: lower case, without diacritics, single spaces.
"""

from enum import StrEnum


class Column(StrEnum):
    """What a column of the appendix holds."""

    NUMBER = "number"
    TITLE = "title"
    PRODUCT = "product"
    DEADLINE = "deadline"
    ASSIGNMENT = "assignment"
    LEAD = "lead"
    COOPERATE = "cooperate"
    NOTE = "note"
    BUDGET = "budget"


# The first column whose pattern is found in a header cell gives its meaning, so order matters:
# "Cơ quan phối hợp thực hiện" is no title, "Thời gian thực hiện" no assignment.
COLUMN_PATTERNS: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, r"^(?:stt|tt|t t|s t t|so tt|so thu tu|no|ma so|ma)$"),
    (Column.BUDGET, r"kinh phi|nguon von|du toan"),
    (Column.NOTE, r"^ghi chu|^tai lieu kiem chung|^can cu"),
    (
        Column.DEADLINE,
        r"^(?:ngay|thang|moc) (?:\w+ )?(?:ket thuc|hoan thanh)|^ket thuc$|^den (?:ngay|thang)$"
        r"|bat dau.{0,30}(?:ket thuc|hoan thanh)|^tu ngay.{1,20}den ngay"
        r"|tien do|thoi gian|thoi han|lo trinh|thoi diem|^han\b|han hoan thanh|ky han",
    ),
    (
        Column.ASSIGNMENT,
        r"phan cong|chu tri.{0,20}phoi hop|(?:don vi|co quan)(?: (?!phoi|chu)\w+){0,3} thuc hien"
        r"|(?:don vi|co quan) tham muu",
    ),
    (Column.COOPERATE, r"phoi hop"),
    (Column.LEAD, r"chu tri|dau moi|(?:don vi|co quan|nguoi) phu trach|tham muu chinh"),
    (
        Column.ASSIGNMENT,
        r"trach nhiem|^don vi$|^co quan$|don vi duoc giao|nguoi thuc hien|phu trach",
    ),
    (Column.PRODUCT, r"san pham|ket qua|dau ra|^chi tieu|minh chung"),
    (Column.TITLE, r"nhiem vu|noi dung|cong viec|dau viec|hoat dong|ten (?:viec|de an)|giai phap"),
)

# A column that says when work begins is no deadline; "bắt đầu - kết thúc" says both.
START_PATTERN = r"bat dau|khoi cong|^tu (?:ngay|thang)$"
END_PATTERN = r"ket thuc|hoan thanh|\bden\b"

APPENDIX_PATTERN = r"^(?:phu luc|bieu|danh muc)(?:\s+(?:so\s+)?(?:[ivx]+|\d+[a-z]?))?\s*[:.]?$"
PLAN_PATTERN = r"^ke hoach$"
ATTACHED_PATTERN = r"^\(?\s*(?:kem theo|ban hanh kem|dinh kem)"
YEAR_PATTERN = r"\bnam\s+((?:19|20)\d\d)\b"
YEARS_PATTERN = r"\b((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)\b"

# What stands below a table on the same sheet: receivers and signature.
FOOT_PATTERN = (
    r"^(?:noi nhan|kt\.? |tl\.? |tm\.? |q\.? |giam doc|pho giam doc|nguoi lap|thu truong)"
)

# A header cell longer than this is a sentence, not a name.
HEADER_CELL_LENGTH = 60

# A date in the product column is a milestone where its line states a figure: "60%", "15 hồ sơ".
FIGURE_PATTERN = r"\d\s*%|(?:đạt|tối thiểu|ít nhất|trên|từ|hoàn thành)\s+\d+(?![\d/.])"
