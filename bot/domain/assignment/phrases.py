"""Vietnamese data: how an assignment cell names units and says what each of them does.

Regular expressions over composed (NFC) text, matched without regard to case unless said otherwise.
No unit, province, ministry or receiver is named here.
"""

# --- collectives: "các Phòng, Trung tâm thuộc Sở" -------------------------------------------

_GROUP_NOUN = (
    r"(?:phòng ban|phòng|trung tâm y tế|trạm y tế|trung tâm|chi nhánh|đơn vị|cơ quan|ban ngành"
    r"|ban|ngành|sở|bộ phận|bộ"
    r"|địa phương|tỉnh|huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu|chi cục|tổ chức"
    r"|đoàn thể|hội|thành viên|cán bộ|công chức|viên chức|người lao động"
    r"|chủ đầu tư|doanh nghiệp|trường học"
    r"|trường (?:THPT|THCS|tiểu học|mầm non|đại học|cao đẳng|phổ thông)|trường|khoa|bệnh viện"
    r"|cơ sở (?:giáo dục|y tế|khám bệnh, chữa bệnh|đào tạo))"
)
_PLACE = r"(?:tỉnh|huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu)"
_OWNER = r"(?:của\s+)?[Ss]ở(?:\s+(?-i:[A-ZĐÔƯ])\w*\s+(?-i:[a-zà-ỹđ])\w*)?"
_QUALIFIER = (
    rf"(?:trực thuộc,\s*thuộc\s+{_OWNER}|thuộc(?:\s*,\s*|\s+và\s+|\s*/\s*)trực thuộc\s+{_OWNER}"
    rf"|(?:trực\s+)?thuộc\s+{_OWNER}|trực thuộc|của\s+{_OWNER}"
    r"|chuyên môn|nghiệp vụ|tham mưu tổng hợp|sự nghiệp|công lập|hành chính|chức năng"
    r"|(?:có\s+)?liên quan|được (?:giao|phân công|kiểm tra)(?:\s+nhiệm vụ)?|phụ trách|còn lại|khác"
    r"|cấp (?:tỉnh|huyện|xã|dưới)|ngang bộ|(?:trực\s+)?thuộc chính phủ"
    r"|ở địa phương|(?:trên địa bàn|trong|thuộc|của|trực thuộc)\s+tỉnh"
    r"|trên địa bàn|ở trung ương|trung ương|nêu trên|dưới đây|sau đây|chính trị\s*-\s*xã hội)"
)
_QUALIFIERS = rf"(?:(?:\s+(?:và\s+)?|\s*,\s*){_QUALIFIER})*"
_GROUP = rf"{_GROUP_NOUN}\b{_QUALIFIERS}"
_GROUPS = rf"{_GROUP}(?:\s*(?:,|/|-|–|\bvà\b)\s*{_GROUP})*"
_BODY = r"(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|Công an|Mặt trận Tổ quốc)"
COLLECTIVE = (
    rf"(?:{_BODY}\s+(?:(?:các|cấp)\s+{_GROUPS}|{_PLACE}(?:\s*,\s*{_PLACE})+)"
    rf"|(?:tất cả|toàn thể|toàn bộ)\s+{_GROUPS}"
    rf"|(?:(?:tất cả|toàn thể|toàn bộ|thủ trưởng|lãnh đạo|người đứng đầu|trưởng)\s+)?"
    rf"(?:các|những|mọi|từng)\s+{_GROUPS}"
    rf"|(?:đơn vị|cơ quan|phòng|bộ phận|tổ chức|cá nhân)"
    rf"(?:\s*,\s*(?:đơn vị|cá nhân|tổ chức))?"
    rf"\s+(?:(?:có\s+)?liên quan|được (?:giao|phân công)(?:\s+nhiệm vụ)?))\b"
)
# "các phòng" right before names is no collective but their shared head.
LIST_HEAD = (
    r"(?:các|những)\s+(?:phòng|trung tâm|đơn vị|sở|ban|ngành|cơ quan)"
    r"(?:\s*,\s*(?:ban|ngành|đơn vị|trung tâm))*"
)
# The head of a unit stands for the unit: "Trưởng phòng X", "Chánh Văn phòng".
HEAD_OF_UNIT = (
    r"(?:(?:phó\s+)?(?:giám đốc|trưởng|chánh)|thủ trưởng|lãnh đạo|người đứng đầu)\s+(?=\S)"
)
# After the name of one, it means all of its kind: "Phòng Tư pháp các huyện, thị xã".
OF_MANY = rf"\s+các\s+{_GROUPS}"
NAMED_BELOW = r"\b(?:dưới đây|sau đây)\b"

# --- names that are not registered -----------------------------------------------------------

# The words a unit's or body's name begins with. Those of the second list also begin ordinary
# words, and count with a capital letter only.
NAME_HEADS = (
    r"Phòng|Trung tâm|Văn phòng|Chi cục|UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng|Tổ giúp việc"
    r"|Tổ công tác|Tổ chuyên viên|Ban chỉ đạo|Ban quản lý|Ban Giám đốc|Bộ phận|Kho bạc|Tòa án"
    r"|Toà án|Viện kiểm sát|Công an|Liên đoàn|Mặt trận|Tỉnh ủy|Huyện ủy|Thành ủy|Đảng ủy"
    r"|Chi bộ|Công đoàn|Đoàn Thanh niên|Đoàn thanh niên|Chi đoàn|Bảo hiểm xã hội|Thanh tra"
    r"|Kế toán trưởng|Chánh Văn phòng|Trưởng phòng|Tổng cục|BHXH|LĐLĐ|UBMTTQ|MTTQ|BQL|BCHQS|BCĐ"
    r"|KBNN|VKSND|TAND|TTYT|Chi nhánh"
)
CAPITAL_HEADS = r"Sở|Bộ|Cục|Vụ|Ban|Tổ|Đội|Hội|Đoàn|Viện|Trường|Học viện|Ngân hàng|Đài|Báo|Công ty"
# What begins with such a word and is no name.
NO_NAMES = (
    r"tổ chức|hội nghị|hội thảo|ban hành|trường hợp|đoàn kiểm tra|bộ máy|vụ việc|thanh tra,|"
    r"hội đồng đánh giá|báo cáo|bộ tài liệu|đội ngũ|bộ phận nào|sở tại|thanh tra việc|vụ án|"
    r"thanh tra, kiểm tra|trường hợp|viện dẫn|công an cấp"
)
# Bodies whose names hold verbs and "về", "các": only the words below end them.
LONG_HEADS = (
    r"(?:Tổng cục|Cục|Vụ|Viện|Hội đồng|Ban Chỉ đạo|Ban chỉ đạo|Học viện|Ban Quản lý|Ban quản lý"
    r"|Văn phòng Đăng ký)"
)
LONG_NAME_STOPS = (
    r"chủ trì|phối hợp (?:với|cùng|thực hiện)|tham mưu|thực hiện|triển khai|có trách nhiệm"
    r"|tổng hợp|theo dõi, đôn đốc|đôn đốc|báo cáo|hướng dẫn|trước|trong|khi|gửi|ban hành|giao"
)
# "các tổ chức hành nghề công chứng": what a collective may go on with besides the qualifiers.
TAIL_WORDS = r"thuộc|của|tại|hành nghề|thông tấn|báo chí|làm"
# What is a whole name by itself, without anything proper to it.
NAMES_ALONE = (
    r"(?:văn phòng|thanh tra|kế toán trưởng|chánh văn phòng|tổ giúp việc|tổ công tác|ban chỉ đạo"
    r"|ban giám đốc|công đoàn|chi đoàn|chi bộ|đảng ủy"
    r"|bộ phận .+|ubnd .+|hđnd .+"
    r"|ủy ban .+|uỷ ban .+|hội đồng .+|tổ .+|ban .+|công an .+"
    r"|bhxh .+|lđlđ .+|ubmttq .+|mttq .+|bchqs .+|bql .+|bcđ .+|kbnn .+|vksnd .+|tand .+"
    r"|chi nhánh .+|bảo hiểm xã hội .+|liên đoàn .+|mặt trận .+"
    r"|kho bạc .+|tòa án .+|toà án .+|viện kiểm sát .+)"
)
# A name ends before one of these words.
NAME_STOPS = (
    r"trước|trong|theo|để|tại|từ|đến|khi|do|phải|sẽ|cần|được|có|là|vào|nhằm|trên|định kỳ|chậm nhất"
    r"|hàng|hằng|thường xuyên|kịp thời|chủ động|tiếp tục|nghiêm túc|đúng|về|cho|gửi|căn cứ|không"
    r"|với|các|cùng|đối với|qua|thông qua|bằng|ngay|sau|chưa|đã|đang|và các|khẩn trương|tích cực"
    r"|chịu|đảm bảo|bảo đảm|nếu"
)

# --- what a unit does ----------------------------------------------------------------------

LEADS = (
    r"(?:(?:đồng )?chủ trì|làm đầu mối|là đầu mối|đầu mối|chịu trách nhiệm chính"
    r"|chịu trách nhiệm chủ trì)"
)
COOPERATES = r"(?:phối hợp|phối kết hợp|cùng phối hợp|tham gia phối hợp|hỗ trợ phối hợp)"
WITH = r"(?:\s*(?:chặt chẽ|thực hiện|đồng bộ|tốt))?\s+(?:cùng với|với|cùng|và)?\s*"

# Following up that ends in settling the matter oneself: "theo dõi, xử lý kịp thời".
SETTLES = (
    r"(?:(?:theo dõi|kiểm tra|tổng hợp|giám sát)\s*(?:,|và)\s*)+"
    r"(?:xử lý|giải quyết|khắc phục|triển khai|xây dựng|cập nhật|tiếp nhận|hoàn thành)"
)
ADVERBS = (
    r"(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|là (?:đơn vị|cơ quan)"
    r"|(?:đơn vị|cơ quan)(?= (?:chủ trì|phối hợp))|được (?:giao|phân công)"
    r"|thường xuyên|tiếp tục|chủ động|kịp thời|nghiêm túc|tích cực|khẩn trương|tập trung|định kỳ"
    r"|trực tiếp|đồng thời|sẽ|phải|cần|cùng|cũng|hàng (?:tháng|quý|năm|tuần|ngày)"
    r"|hằng (?:tháng|quý|năm|tuần|ngày)|ưu tiên|hướng dẫn và|giúp (?:Giám đốc|Lãnh đạo)(?: Sở)?|để"
    r"|khi nhận được [^;.]{0,80}?(?=\s+(?:phải|có trách nhiệm|thực hiện|xử lý)\b))"
)
FOLLOWS = (
    r"(?:theo dõi|đôn đốc|kiểm tra|giám sát|tổng hợp|thống kê|nhắc nhở|kiểm soát"
    r"|đánh giá, theo dõi|nắm tình hình|tiếp nhận báo cáo)"
)
# "tham mưu" of a report or of discipline is the second half of following up, no work of its own.
ADVISES_ON = (
    r"(?:(?:tham mưu|giúp|trình|đề xuất|kịp thời|và|,)\s*)+(?:cho\s+)?"
    r"(?:(?:Lãnh đạo|Giám đốc|Ban Giám đốc|UBND|Chủ tịch)(?:\s+(?:Sở|tỉnh|UBND tỉnh))?\s+)?"
)
REPORTS = (
    rf"(?:{ADVISES_ON})?(?:gửi báo cáo|báo cáo|BC\b|gửi|nộp|gởi|cung cấp|chuyển|đăng ký|thông báo)"
)
CORRECTS = (
    rf"{ADVISES_ON}(?:chỉ đạo|chấn chỉnh|xử lý|phê bình|công nhận|giải pháp|khen thưởng"
    r"|nhắc nhở|đôn đốc|kiểm điểm)"
)
# What one does for a report to another unit: no work of its own when the result goes there.
PREPARES = (
    r"(?:rà soát|đề xuất|cập nhật|cung cấp|góp ý|lập danh sách|đăng ký|tự đánh giá|đánh giá"
    r"|tự chấm điểm"
    r"|thống kê|tổng hợp|báo cáo|xây dựng báo cáo|chuẩn bị|thu thập|kiểm kê|kê khai)"
)
OWN_WORK = (
    r"(?:triển khai|thực hiện|tham mưu|xây dựng|rà soát|soạn thảo|dự thảo|ban hành|tổ chức|xử lý"
    r"|giải quyết|tiếp nhận|công khai|niêm yết|cập nhật|quán triệt|chỉ đạo|công bố|đăng tải"
    r"|nghiên cứu|đề xuất|lập|trình|căn cứ|hướng dẫn|tuyên truyền|phổ biến|bố trí|sắp xếp|số hóa"
    r"|số hoá|vận hành|duy trì|hoàn thành|hoàn thiện|đảm bảo|bảo đảm|khắc phục|áp dụng|sử dụng"
    r"|tạo lập|đào tạo|bồi dưỡng|tập huấn|biên soạn|in ấn|phát hành|mua sắm|thẩm định|thẩm tra"
    r"|đánh giá|khảo sát|thanh tra|kiểm kê|ký|phát động|chuẩn bị|phụ trách|đăng|đẩy mạnh"
    r"|tăng cường"
    r"|nâng cao|cải tiến|khai thác|chấp hành|quản lý|giao|phân công|điều phối|thành lập|kiện toàn"
    r"|cử|bám sát|đưa|tự|tham gia|hỗ trợ|cung cấp|góp ý|viết|làm|chịu|nộp)"
)
# A report that goes to another unit of the office: "về Văn phòng", "gửi Văn phòng", "cho …".
SENDS_TO = r"(?:về|cho|gửi|tới|đến|gửi về|gửi cho|qua|báo cáo)\s+(?=\S)"
RECEIVER = r"(?:lãnh đạo|giám đốc|chủ tịch|cấp|cơ quan|bộ|sở|ubnd|tỉnh|hệ thống)\b"
COMPILES = r"\btổng hợp\b"
URGED = r"(?:theo dõi|đôn đốc|hướng dẫn|nhắc nhở|kiểm tra|,|và|\s)+"
URGED_WORK = r"(?:triển khai|thực hiện|xây dựng|hoàn thành|tổ chức)"

# --- where a sentence names its units --------------------------------------------------------

# "Chủ trì: …", "Đơn vị phối hợp: …", and columns written into one cell.
LABEL = (
    r"(?:(?:các\s+)?(?:đơn vị|cơ quan|phòng|bộ phận)\s+)?"
    r"(?P<role>chủ trì(?:\s*,?\s*(?:thực hiện|tham mưu))?|phối hợp(?:\s+thực hiện)?|thực hiện"
    r"|đầu mối|phụ trách|tham mưu|theo dõi(?:\s*,\s*đôn đốc)?|đôn đốc|giám sát|kiểm tra|tổng hợp"
    r"|tham gia|hỗ trợ)\s*:\s*"
)
# The same without a colon, before a unit only: "Chủ trì Văn phòng".
OPEN_LABEL = r"(?P<role>chủ trì)\s+(?=\S)"
# Before the units: "Giao Văn phòng chủ trì", "đề nghị các phòng …".
# "UBND tỉnh giao Sở X chủ trì": who gives the order is no subject.
GIVES = r"\s*(?:giao(?:\s+cho)?|phân công)\s+"
ASKS = r"(?:giao(?:\s+cho)?|phân công|do|riêng|đề nghị|yêu cầu)\s+"
# What the unit named before asks of others: still its own deed.
REQUESTS = r"(?:đề nghị|yêu cầu)\s+"
# Before a comma and the units: "Định kỳ cuối mỗi tháng, Kế toán trưởng tổng hợp …".
LEAD_IN = (
    r"(?:định kỳ|hàng|hằng|vào|trong|trước|sau|khi|đối với|trên cơ sở|căn cứ|theo|năm|quý|tháng"
    r"|cuối|đầu|giữa|ngoài ra|đồng thời|ngay|từ|riêng|bên cạnh|tùy|tuỳ|để|chậm nhất|ngày|nếu"
    r"|trường hợp|thời gian|6 tháng|06 tháng|mỗi)\b"
)
TIME_LEAD_IN = r"(?:trong\s+)?năm\s+\d{4}\s*,?\s+(?=\S)"
# "Đối với bộ phận X, …": what it names is no subject.
NO_SUBJECT = r"(?:đối với|trường hợp|việc|khi|nếu|lưu ý|ghi chú)\b"
# "(chủ trì)", "(đơn vị phối hợp)": no remark, but what the unit before does.
ROLE_IN_BRACKETS = rf"\(\s*(?:(?:là\s+)?(?:đơn vị|cơ quan)\s+)?(?:{LEADS}|{COOPERATES})"
NOTE = r"\(\s*(?:lưu ý|ghi chú)"

# "Các phòng (trừ Văn phòng)".
LEAVES_OUT = r"(?<!loại )(?<!khấu )(?<![^\W_])(?:trừ|không (?:bao )?gồm|không kể)\s+(?=\S)"

# --- dates that are written and may not have been read ----------------------------------------

_FIGURE = (
    r"(?:\d|(?-i:[IVX]{1,4})(?![^\W_])"
    r"|(?:mồng|mùng|một|hai|ba|bốn|tư|sáu|bảy|bẩy|tám|chín|mười|giêng|chạp|tết)(?![^\W_]))"
)
# "trước ngày 15", "chậm nhất là hết ngày 5", "sau 05 ngày", "trước Tết".
CLASS_WORDS = (
    r"(?:trước|chậm nhất|muộn nhất|đến hết|đến ngày|đến tháng|hạn cuối|thời hạn|hạn nộp|hạn"
    r"|trong vòng|trong tháng|trong quý|trong ngày|sau ngày|sau(?=\s+\d+\s+(?:ngày|tuần|tháng)\b)"
    r"|trong(?=\s+\d+\s+(?:ngày|tuần|tháng)\b))"
)
CLASSED_DATE = (
    rf"(?<![^\W_]){CLASS_WORDS}(?:\s*:)?(?:\s+(?:là|vào|trong|trước|hết|cuối|đầu|dịp|ngày|tháng"
    rf"|quý|thời điểm))*\s+(?P<date>{_FIGURE})"
)
_DAY = r"\d{1,2}\s?[/.]\s?\d{1,2}(?:\s?[/.]\s?\d{2,4})?(?![\w/])"
_YEAR = r"(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?"
BARE_DATE = (
    rf"(?:(?:ngày\s+)?{_DAY}|ngày\s+\d{{1,2}}\s+tháng\s+\d{{1,2}}{_YEAR}"
    rf"|(?:tháng|quý)\s+(?:\d{{1,2}}|(?-i:[IVX]{{1,4}}))(?![\w-]){_YEAR})"
)
# "hoàn thành 10/12", "gửi số liệu 20/6": no other date's owner may stand between.
FINISHES = r"(?<![^\W_])(?:hoàn thành|hoàn tất|xong|gửi|nộp|báo cáo|trình|cung cấp)(?![^\W_])"
RIGHT_BEFORE_DATE = r"(?:thực hiện|chủ trì(?: thực hiện)?|phối hợp|tổng hợp|triển khai|vào)"
OTHERS_DATE = (
    r"(?<![^\W_])(?:số(?=\s*:?\s*\d)|nghị quyết|nghị định|quyết định|công văn|kế hoạch"
    r"|thông tư|luật|chỉ thị|văn bản|thông báo|kết luận|hướng dẫn|giấy mời|tờ trình"
    r"|phụ lục|mục|biểu|mẫu|theo|từ|kỳ|trước|trong|sau|đến|của|báo cáo (?:tháng|quý))(?![^\W_])"
)
