"""Words of the product column ("Sản phẩm"): what a product is called, and what only goes on.

Nouns are folded: lower case, no tone marks.
"""

# What a document is called. Two of them in a row at the head of a text are two products:
# "Kế hoạch, báo cáo kết quả chuyển đổi số".
PRODUCT_NOUNS = (
    "bao cao",
    "bc",
    "bien ban",
    "chi thi",
    "chuong trinh",
    "cong van",
    "danh muc",
    "de an",
    "du thao",
    "huong dan",
    "ke hoach",
    "ket luan",
    "ket qua",
    "kh",
    "nghi quyet",
    "qd",
    "quy che",
    "quyet dinh",
    "thong bao",
    "to trinh",
    "van ban",
)

# What begins with one of these goes on with the product before it. In canonical form with its tone
# marks: "tài liệu" is no "tại".
CONTINUATIONS = (
    "bao gồm",
    "có",
    "được",
    "đảm bảo",
    "đồng thời",
    "gồm",
    "hoặc",
    "kể cả",
    "kèm",
    "nếu",
    "như",
    "tại",
    "theo",
    "thời hạn",
    "thông qua",
    "trên",
    "trong đó",
    "trong vòng",
    "trước",
    "từ ngày",
    "và",
    "với",
)

CONJUNCTION = "va"
