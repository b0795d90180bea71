"""Vietnamese data: the generic words that unit names are made of; no unit is named here.

Words are written as keys of `units.text.bare`: lower case, without diacritics, unless said
otherwise.
"""

# What the name of a unit inside the office begins with; the longest fits first.
HEADS = (
    "trung tam",
    "van phong",
    "chi cuc",
    "ban quan ly",
    "phong",
    "ban",
    "to",
    "doi",
    "bo phan",
    "truong",
    "benh vien",
    "vien",
    "quy",
)
# Heads that are written with one letter: "P. HCTP".
HEAD_LETTERS = {"p": "phong"}
# Words of a name that its initials leave out.
CONNECTIVES = frozenset(("va", "cua", "so", "ve", "cac"))
# What parts a name into components of their own: "Thanh tra – Bổ trợ tư pháp".
COMPONENT_BREAK = r"\s+và\s+|\s*[-–—,;/&]\s*"
# Abbreviations that stand for several things: Thanh tra, Trung tâm, Thông tư, thủ tục.
AMBIGUOUS = frozenset(("tt", "vp ubnd"))
# After a unit whose whole name is generic ("Văn phòng"), these make it another body.
OTHER_BODY = (
    "ubnd",
    "uy ban",
    "hdnd",
    "hoi dong",
    "tinh uy",
    "huyen uy",
    "thanh uy",
    "chinh phu",
    "quoc hoi",
    "trung uong",
    "doan",
    "dang ky",
    "cong chung",
    "luat su",
    "thua phat lai",
    "dieu phoi",
    "dai dien",
    "bo",
    "cuc",
    "tong cuc",
    "tinh",
    "huyen",
)
# What may follow a unit's name and still belongs to it: "Văn phòng Sở", "Phòng X thuộc Sở".
OWNER_TAIL = r"(?:\s+(?:truc\s+)?thuoc|\s+cua)?\s+so\b"
# Column names of a list of units.
CSV_COLUMNS = {
    "name": ("name", "ten", "ten don vi", "don vi", "phong ban"),
    "short": ("short", "viet tat", "ten viet tat", "ten tat", "ky hieu"),
    "aliases": ("aliases", "alias", "ten khac", "cach goi khac", "bi danh"),
    "group": ("group", "nhom", "loai", "khoi", "loai don vi"),
}
