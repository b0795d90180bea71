"""Vietnamese data: how a plan without a table names its parts, its tasks and what belongs to them.

Every pattern is for folded text (lower case, without diacritics, single spaces) unless it says so.
"""

from bot.domain.reading.column_phrases import Column

# A part that holds tasks, and one that holds none whatever else its heading says.
TASK_PART = (
    r"nhiem vu|giai phap|noi dung|cong viec|cac hoat dong|cong tac trong tam|cong tac chu yeu"
    r"|ke hoach (?:cu the|thuc hien)"
)
OTHER_PART = (
    r"^(?:to chuc thuc hien|phan cong|kinh phi|co so|can cu|dac diem|danh gia|ket qua|tinh hinh"
    r"|thuc trang|che do|trach nhiem|to chuc trien khai|hieu qua|phuong thuc to chuc"
    r"|(?:cac )?dieu kien)"
)
AIMS_PART = (
    r"^(?:cac )?(?:muc tieu|muc dich|yeu cau|quan diem|nguyen tac|chi tieu|dinh huong|pham vi"
    r"|doi tuong|su can thiet)"
)
# Inside a part of tasks only a short heading of this kind takes its paragraphs out again.
INNER_OTHER = (
    r"^(?:cac )?(?:muc tieu|muc dich|yeu cau|quan diem|nguyen tac|kinh phi|to chuc thuc hien)"
    r"(?: (?:va|chung|cu the|tong quat|thuc hien|yeu cau|quan diem)|,|$)"
)

# A line of this kind, not the first under "KẾ HOẠCH", begins the text after the title.
AFTER_TITLE = r"^(?:can cu|thuc hien|de (?:thuc hien|trien khai|tiep tuc)|nham|trien khai|xet)\b"
# "đến năm 2025" says how far a plan looks, not which year it is for.
UNTIL_YEAR = r"\b(?:den|toi) (?:het )?nam (?:19|20)\d\d"
BASIS = r"^(?:can cu|xet de nghi)\b"
CLOSING = r"^tren day la\b"
RECIPIENTS = r"^noi nhan\b"
PAGE_NUMBER = r"^[-–\s]*(?:trang )?\d{1,3}(?:/\d{1,3})?[-–\s]*$"
ORDINALS = {"nhat": "1", "hai": "2", "ba": "3", "tu": "4", "nam": "5", "sau": "6"}

# Words after which no sentence ends: what follows a page break goes on with it. These bear their
# marks, as "độ", "bảo vệ" and "hồ sơ" may well end one.
UNFINISHED = (
    r"(?:[,(\-]|\b(?:và|của|các|với|cho|tại|theo|về|trong|do|bằng|hoặc|những|từ|đến|là|để|như"
    r"|thuộc|được|phối hợp|không))$"
)

# "Đơn vị chủ trì: …", on a line of its own or inside the text; the whole label must fit.
_BODY = r"(?:(?:cac )?(?:co quan|don vi|phong|dau moi|bo phan|can bo|nguoi)(?:,? don vi)? )"
ATTRIBUTES: tuple[tuple[Column, str], ...] = (
    (
        Column.ASSIGNMENT,
        rf"(?:{_BODY}(?:thuc hien|phu trach|tham muu|chiu trach nhiem|duoc giao)(?: chinh)?"
        rf"|{_BODY}?chu tri(?:,| va) (?:{_BODY})?phoi hop(?: thuc hien)?"
        r"|phan cong(?: (?:thuc hien|nhiem vu))?|trach nhiem(?: thuc hien)?)",
    ),
    (
        Column.LEAD,
        rf"{_BODY}?(?:chu tri|dau moi)(?: (?:thuc hien|tham muu|trien khai|chinh))*",
    ),
    (Column.COOPERATE, rf"{_BODY}?phoi hop(?: (?:thuc hien|trien khai))?"),
    (
        Column.DEADLINE,
        r"(?:thoi gian|thoi han|tien do|lo trinh|thoi diem|han)"
        r"(?:,? (?:va |thuc hien|hoan thanh|trien khai|to chuc|ket thuc|bao cao|du kien))*",
    ),
    (
        Column.PRODUCT,
        r"(?:san pham|ket qua|san pham, ket qua)(?: (?:dau ra|dat duoc|hoan thanh|thuc hien"
        r"|du kien|can dat))*",
    ),
    (Column.TITLE, r"noi dung(?: (?:thuc hien|cong viec|nhiem vu|cu the))?"),
    (Column.BUDGET, r"(?:nguon )?kinh phi(?: thuc hien)?"),
    (Column.NOTE, r"(?:dia diem|doi tuong|hinh thuc|so luong|muc dich|yeu cau|thanh phan)"),
)

# A year that an item only looks towards is not when it is due: "định hướng đến năm 2030".
OUTLOOK = r"(?:dinh huong|tam nhin|huong toi)[, ]*$"
CHECKPOINT_LABEL = "Kiểm điểm hằng năm"
