"""What proves a completion, read from what a head types ("tài liệu minh chứng").

A citation, not a document-management system: the office's own archive keeps the documents.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from bot.domain.reading.table import Document
from bot.domain.states import EvidenceKind
from bot.domain.vietnamese import canonical, fold

_SECRET = re.compile(r"^\W*(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)\W*$", re.MULTILINE)
# "Báo cáo (MẬT)", "Độ mật: Mật": perhaps a mark, perhaps not.
# "BẢO MẬT", "BÍ MẬT NHÀ NƯỚC", "MẬT KHẨU" in a heading are none.
_DOUBTFUL = re.compile(
    r"(?<!\w)(?<!BẢO )(?<!BÍ )MẬT(?!\w)(?!\s+(?:KHẨU|MÃ|ĐỘ)(?!\w))|\b[Đđ]ộ\s+mật\s*:"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One proof: a link, a cited document (`number`, `dated_on`, `place`), or a chat's file.

    `place` is the page or section that proves it ("mục II, trang 3"); `dated_on` is the document's
    own date; `file_size` is in bytes; `sha256` (hex) is of the file's content where it is kept.
    `photo`: Telegram has it as a picture. `unread_day` is the document's date as it was written
    where there is no such day, `doubtful` that it, or what was said with it, may bear a mark of
    secrecy: both are asked about before it counts. Of one that is kept,
    `version` counts its corrections and `late` tells that it came after the report was confirmed.
    """

    kind: EvidenceKind
    url: str | None = None
    number: str | None = None
    dated_on: dt.date | None = None
    place: str | None = None
    file_id: str | None = None
    file_name: str | None = None
    file_size: int | None = None
    sha256: str | None = None
    photo: bool = False
    version: int = 1
    late: bool = False
    unread_day: str | None = None
    doubtful: bool = False

    def dated_after(self, today: dt.date) -> bool:
        """Tell whether the document's own date is still to come."""
        return self.dated_on is not None and self.dated_on > today


def bears_secret_mark(text: str) -> bool:
    """Tell whether a text bears a mark of state secrecy (Luật 117/2025/QH15).

    The mark stands in capitals, alone on its line; "văn bản mật" or "mật khẩu" in a sentence are
    ordinary words.
    """
    return _SECRET.search(unicodedata.normalize("NFC", text)) is not None


def may_bear_secret_mark(text: str) -> bool:
    """Tell whether a text names a mark of secrecy in capitals, or a degree of secrecy, in passing.

    Such a text is neither refused nor taken: the person is asked.
    """
    return _DOUBTFUL.search(unicodedata.normalize("NFC", text)) is not None


def name_bears_secret_mark(file_name: str) -> bool:
    """Tell whether a file's name, its ending aside, is a mark of state secrecy."""
    return bears_secret_mark(file_name) or bears_secret_mark(PurePath(file_name).stem)


def document_bears_secret_mark(document: Document) -> bool:
    """Tell whether a line or a cell of a document, or its name, is a mark of state secrecy."""
    cells = (cell for table in document.tables for row in table.rows for cell in row)
    return name_bears_secret_mark(document.name) or any(
        bears_secret_mark(text) for text in (*document.paragraphs, *cells)
    )


def like(words: str, text: str) -> bool:
    """Tell whether every one of `words` occurs in `text`, tone marks and case aside."""
    folded = fold(canonical(text).text)
    return all(word in folded for word in fold(words).split())
