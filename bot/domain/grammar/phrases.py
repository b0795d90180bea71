"""The words of Vietnamese administrative deadlines, as data for the engine in `grammar.reader`.

Rows are (what the words can be, a value, the phrases separated by "|"). A phrase is matched in
canonical spelling (`vietnamese.canonical`), the longest first, up to six words. Where phrases look
alike without marks the first row counts for texts typed without marks.
"""

from bot.domain.grammar.tokens import Tag, lexicon

_TIME_UNITS = [
    (Tag.DAY, 0, "ngày"),
    (Tag.WEEK, 0, "tuần|tuần lễ"),
    (Tag.MONTH, 0, "tháng"),
    (Tag.MONTH_LETTER, 0, "t|th"),
    (Tag.QUARTER, 0, "quý|quí"),
    (Tag.QUARTER_LETTER, 0, "q"),
    (Tag.YEAR, 0, "năm"),
    (Tag.HOUR, 0, "giờ|h|g"),
    (Tag.MINUTE, 0, "phút"),
    (Tag.WORKING, 0, "làm việc|hành chính"),
    (Tag.SESSION, 0, "sáng|chiều|trưa|tối|đêm|buổi sáng|buổi chiều"),
]

_CLASSES = [
    (Tag.BEFORE, 0, "trước|trước thời điểm|trước thời hạn|trước hạn|trước mốc|trước cuối ngày"),
    (Tag.BY, 0, "chậm nhất|chậm nhất là|chậm nhất vào|chậm nhất trong|chậm nhất đến|muộn nhất"),
    (Tag.BY, 0, "muộn nhất là|trễ nhất|trễ nhất là|không muộn hơn|không chậm hơn|không quá"),
    (
        Tag.BY,
        0,
        "hạn chót|hạn cuối|hạn cuối cùng|thời hạn cuối|đến hạn|đến hết|tính đến|tính đến hết",
    ),
    (
        Tag.BY,
        0,
        "hết|kết thúc|đúng|đúng vào|cho đến|cho tới|cho đến hết|tới hết|kết thúc vào",
    ),
    (
        Tag.IN,
        0,
        "trong|vào|lúc|vào lúc|vào dịp|nội trong|trong suốt|trong khoảng|trong thời gian",
    ),
    (Tag.TO, 0, "đến|tới|-|đến hết|cho đến|cho tới|cho đến hết|tới hết"),
    (Tag.BY, 0, "đến|tới"),
    (Tag.AFTER, 0, "sau|ngay sau|liền sau"),
    (Tag.FROM, 0, "từ|kể từ|bắt đầu từ|tính từ|bắt đầu|khởi đầu từ"),
    (Tag.NOW, 0, "từ nay|từ bây giờ|từ nay trở đi"),
    (Tag.OF, 0, "của|thuộc|trong|các"),
    (Tag.EDGE, 1, "đầu|đầu tiên|thứ nhất"),
    (Tag.EDGE, 2, "giữa"),
    (Tag.EDGE, 3, "cuối|cuối cùng"),
    (Tag.HALF, 1, "nửa đầu"),
    (Tag.HALF, 2, "nửa cuối|nửa sau"),
    (Tag.THIRD, 1, "thượng tuần"),
    (Tag.THIRD, 2, "trung tuần"),
    (Tag.THIRD, 3, "hạ tuần"),
    (Tag.NEXT, 1, "sau|tiếp|tiếp theo|kế tiếp|tới|liền kề|sau liền kề|liền sau|kế tiếp theo"),
    (Tag.NEXT, 1, "tiếp theo liền kề|tiếp sau|liền kề sau|kế"),
    (Tag.THIS, 0, "nay|này"),
    (Tag.WHOLE, 0, "cả|toàn|trọn|suốt|xuyên suốt|trong cả|trong toàn"),
    (Tag.JOIN, 0, ",|;|và|&|+|và trong|cùng"),
    (Tag.JOIN | Tag.OR, 0, "hoặc|hay|hoặc là"),
    (Tag.FIGURES, 0, "số liệu|số liệu tính|số liệu lấy|lấy số liệu|tính số liệu|kỳ số liệu"),
    (Tag.FIGURES, 0, "số liệu báo cáo|thời kỳ số liệu|kỳ báo cáo tính|thời gian lấy số liệu"),
    (Tag.JOIN | Tag.NEXT, 1, "và tiếp theo"),
    (Tag.FOLLOWING, 0, "các quý tiếp theo|những quý tiếp theo|các tháng tiếp theo"),
    (
        Tag.FOLLOWING,
        0,
        "các năm tiếp theo|những năm tiếp theo|các năm sau|năm tiếp theo và các năm sau",
    ),
    (
        Tag.FOLLOWING,
        0,
        "những năm sau|các quý sau|các tháng sau|các năm kế tiếp|hàng năm tiếp theo",
    ),
    (Tag.ONWARD, 0, "trở đi|về sau"),
    (Tag.ABOUT, 0, "khoảng|dự kiến|khoảng cuối|ước"),
]

_HABITS = [
    (Tag.EVERY, 0, "hàng|hằng|mỗi|từng|định kỳ hàng|định kỳ hằng|định kỳ mỗi|theo từng|vào mỗi"),
    (Tag.EVERY, 0, "định kì hàng|định kì hằng|định kỳ theo|theo định kỳ hàng|theo định kỳ hằng"),
    (Tag.PERIODIC, 0, "định kỳ|định kì|theo định kỳ|báo cáo định kỳ|thực hiện định kỳ"),
    (Tag.CYCLE, 0, "kỳ báo cáo|kì báo cáo|kỳ|thuộc kỳ báo cáo|của kỳ báo cáo|mỗi kỳ báo cáo"),
    (Tag.TIMES, 0, "lần|một lần|lần một|01 lần"),
    (Tag.DAILY, 0, "hàng ngày|hằng ngày|mỗi ngày|hàng giờ|hằng giờ|từng ngày|hàng buổi"),
    (Tag.ONGOING, 0, "thường xuyên|thường kỳ|liên tục|thường xuyên liên tục|quanh năm"),
    (Tag.CONTINUOUS, 0, "liên tục|kịp thời"),
    (Tag.SUDDEN, 0, "đột xuất|phát sinh"),
]

_EVENTS = [
    (Tag.WITHIN, 0, "trong vòng|trong thời hạn|trong thời gian|tối đa|không quá|không muộn hơn"),
    (Tag.WITHIN, 0, "chậm nhất|chậm nhất là|muộn nhất|sau|trong|chậm nhất sau|tối thiểu|ít nhất"),
    (
        Tag.WITHIN,
        0,
        "trong vòng tối đa|trong thời hạn không quá|thời hạn|không chậm quá|tối đa không quá",
    ),
    (Tag.SINCE, 0, "kể từ|kể từ khi|kể từ thời điểm|tính từ|tính từ khi|từ|từ khi|từ lúc"),
    (Tag.SINCE, 0, "từ thời điểm|sau|sau khi|ngay sau khi|khi|ngay khi|sau thời điểm|ngay từ khi"),
    (Tag.SINCE, 0, "kể từ lúc|tính từ thời điểm|ngay sau|kể từ sau khi|kể từ thời gian"),
    (Tag.WHEN, 0, "khi|ngay khi|sau khi|ngay sau khi|kể từ khi|từ khi|mỗi khi|trong trường hợp"),
    (Tag.WHEN, 0, "ngay sau|sau thời điểm|ngay từ khi"),
    (Tag.PER, 0, "theo|căn cứ|tùy theo|tùy thuộc|phụ thuộc|đúng theo|bám sát|tùy|đảm bảo theo"),
    (Tag.PER, 0, "thực hiện theo|hoàn thành theo|bảo đảm theo|đúng|đảm bảo|bảo đảm|đáp ứng"),
]

_NUMBERS = [
    (Tag.NUMERAL, number, words)
    for number, words in enumerate(
        [
            "một|giêng",
            "hai",
            "ba",
            "tư|bốn",
            "năm",
            "sáu",
            "bảy|bẩy",
            "tám",
            "chín",
            "mười",
            "mười một|một một",
            "mười hai|chạp",
        ],
        start=1,
    )
]

# Parts of greater numbers, and words that turn a time round or put another in its place: seen, so
# that they are never taken for what a date is for.
_DOUBTED = [
    (Tag.NUMERAL, 0, "mươi|lăm|nhăm|mốt"),
    (Tag.OVER, 0, "hết|kết thúc"),
    (Tag.TO, 0, "→|~|kết thúc|kết thúc vào"),
    (Tag.BY, 0, "không sau|không trễ hơn|không trễ quá"),
    (Tag.DENIED, 0, "không|chưa|không phải|sớm nhất|không sớm hơn|chưa hoàn thành|chưa xong"),
    (Tag.EXCEPT, 0, "trừ|ngoại trừ|loại trừ|không kể|không tính|không bao gồm|trừ ra"),
    (Tag.MOVED, 0, "gia hạn|được gia hạn|gia hạn thời gian|lùi|lùi sang|lùi đến|hoãn|hoãn đến"),
    (Tag.MOVED, 0, "chuyển sang|chuyển đến|dời|dời sang|dời đến|đẩy sang|kéo dài đến|thay cho"),
    (Tag.MOVED, 0, "điều chỉnh thành|điều chỉnh sang|điều chỉnh đến|thay bằng|thay vì|kéo dài"),
]

# "l" for "I" is the scanner's.
_ROMAN = [
    (Tag.ROMAN, 1, "i"),
    (Tag.ROMAN, 2, "ii"),
    (Tag.ROMAN, 3, "iii"),
    (Tag.ROMAN, 4, "iv"),
    (Tag.ROMAN, 5, "v"),
    (Tag.ROMAN, 6, "vi"),
    (Tag.ROMAN | Tag.MISSPELT, 1, "l"),
    (Tag.ROMAN | Tag.MISSPELT, 2, "ll|il|li"),
    (Tag.ROMAN | Tag.MISSPELT, 3, "lll|iil|ili|lii|ill|lil|lli"),
    (Tag.ROMAN | Tag.MISSPELT, 4, "lv|iiii"),
]

_WEEKDAYS = [
    (Tag.WEEKDAY, number, words)
    for number, words in enumerate(
        [
            "thứ hai|thứ 2",
            "thứ ba|thứ 3",
            "thứ tư|thứ 4",
            "thứ năm|thứ 5",
            "thứ sáu|thứ 6",
            "thứ bảy|thứ 7",
            "chủ nhật|chúa nhật",
        ]
    )
]

_OTHERS = [
    (Tag.STAGE, 0, "giai đoạn|nhiệm kỳ|thời kỳ|các năm"),
    (Tag.STAGE, 1, "năm học"),
    (Tag.LUNAR, 1, "giêng|chạp|âm lịch|mùng|mồng|rằm"),
    (
        Tag.BUT,
        0,
        "riêng|riêng đối với|đối với|còn lại|trong đó|trừ|ngoài ra|cụ thể|cụ thể như sau",
    ),
    (Tag.SEND, 0, "gửi|được gửi|gởi|nộp|gửi về|trình|báo cáo về|gửi đến|gửi tới|về"),
    (
        Tag.HEAD,
        0,
        "tiến độ|thời gian|thời hạn|hạn|riêng|riêng đối với|đối với|thời điểm|còn lại|hạn nộp",
    ),
    (Tag.HEAD | Tag.FILLER, 0, "gia hạn|được gia hạn|gia hạn thời gian"),
    (Tag.HEAD, 0, "hoàn thành|xong|hoàn tất|hoàn thành xong|thực hiện xong"),
    (Tag.HEAD, 0, "thời gian thực hiện|thời gian hoàn thành|thời hạn hoàn thành|lộ trình|mốc"),
    (Tag.FILLER, 0, "hoàn thành|xong|thực hiện|triển khai|hoàn tất|là|vào|thời gian|thời hạn"),
    (Tag.FILLER, 0, "hạn|tiến độ|triển khai thực hiện|tổ chức thực hiện|ban hành|hoàn thành xong"),
    (Tag.FILLER, 0, "thời gian thực hiện|thời gian hoàn thành|thời hạn hoàn thành|phải|được|và"),
    (Tag.FILLER, 0, "hoàn thành việc|phải hoàn thành|nộp|gửi|cần|thời điểm|cụ thể|như sau|riêng"),
    (Tag.FILLER, 0, "tổ chức|dự kiến|khoảng|trong|thực hiện xong|hạn nộp|ngày|lộ trình|bắt đầu"),
    (
        Tag.DOCUMENT,
        0,
        "quyết định|công văn|nghị định|thông tư|thông báo|chỉ thị|nghị quyết|văn bản",
    ),
    (
        Tag.DOCUMENT,
        0,
        "kế hoạch số|tờ trình|luật|công điện|qđ|cv|nđ|tt|kl|kết luận|kế hoạch|đề án",
    ),
    (Tag.DOCUMENT, 0, "hướng dẫn|chương trình|chương trình hành động|số|báo cáo số"),
    (
        Tag.PRODUCT,
        0,
        "báo cáo|bc|kế hoạch|dự thảo|tờ trình|đề án|hồ sơ|danh mục|quyết định|số liệu",
    ),
    (Tag.ARTICLE, 0, "điều|khoản|mục|phụ lục|điểm|chương|tiểu mục|iso|tcvn|mức độ|mức|cấp độ"),
    (Tag.NTH, 0, "lần|lần thứ|đợt|đợt thứ|thứ"),
    (Tag.TIME_WORD, 0, "hạn|thời hạn|thời gian|kỳ|kì|tết|hè|vụ|niên độ|nhiệm kỳ|đợt|định kỳ"),
]

LEXICON = lexicon(
    [
        *_TIME_UNITS,
        *_CLASSES,
        *_HABITS,
        *_EVENTS,
        *_NUMBERS,
        *_ROMAN,
        *_WEEKDAYS,
        *_OTHERS,
        *_DOUBTED,
    ]
)

# Single words that a typing error often strips of a mark ("trươc", "thang"): mended, with a
# warning, where a number or another such word follows.
OFTEN_MISSPELT = "trước|tháng|quý|cuối|giữa"

# Words the reading puts together itself.
DAY_EVENT = "ngày {date}"
SUDDEN_EVENT = "đột xuất"
