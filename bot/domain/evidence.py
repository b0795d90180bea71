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

MAX_LINK = 1000
KIND_WORDS = 3
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
# "123/BC-STP", "45/2020/NĐ-CP", "8787/UBND": a number, a slash, capitals.
_NUMBER = re.compile(r"\b\d{1,6}(?:/\d{4})?/[A-ZĐ][A-ZĐa-zđ]*(?:[-–][A-ZĐ][A-ZĐa-zđ0-9]*)*")
_DATED = re.compile(
    r"^\s*,?\s*(?:ngày|ngay|of|dated)\s+(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:mục|muc|trang|tr\.|phần|phan|điều|dieu|khoản|khoan|phụ lục|phu luc"
    r"|section|page|pages|article|clause|annex)\s*"
    r"(?:\d+|[IVXLC]+)\b(?:[.\d]*)(?:\s*[-–]\s*\d+)?",
    re.IGNORECASE,
)
_BARE_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?![\d/.-])")
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
    `photo`: Telegram has it as a picture. Of one that is kept, `version` counts its corrections
    and `late` tells that it came after the report was confirmed.
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


@dataclass(frozen=True, slots=True)
class Account:
    """What was said with a report: its proofs and, beside them, a note of what was done."""

    proofs: tuple[Evidence, ...]
    note: str


def read_account(text: str, today: dt.date) -> Account:
    """Read links, a document's number, date and page, and the note out of a head's text.

    A day and month without a year is the latest one up to the local day `today`: nobody cites a
    document of the future. The note is what is left.
    """
    links = [match.group().rstrip(".,;)") for match in _LINK.finditer(text)]
    proofs = [Evidence(EvidenceKind.LINK, url=link[:MAX_LINK]) for link in links]
    rest = text
    for link in links:
        rest = rest.replace(link, " ", 1)
    cited = _NUMBER.search(rest)
    if cited is None:
        return Account(tuple(proofs), _single(rest))
    dated = _DATED.match(rest[cited.end() :])
    places = [place.group() for place in _PLACE.finditer(rest)]
    said = rest[: cited.start()] + rest[cited.end() + (dated.end() if dated else 0) :]
    for place_words in places:
        said = said.replace(place_words, " ", 1)
    proofs.append(
        Evidence(
            EvidenceKind.DOCUMENT,
            number=cited.group(),
            dated_on=_day(dated, today),
            place=", ".join(places) or None,
        )
    )
    # What is left beside a citation is often only the document's kind ("Quyết định").
    note = _single(said)
    return Account(tuple(proofs), note if len(note.split()) > KIND_WORDS else "")


def read_details(text: str, today: dt.date) -> tuple[dt.date | None, str | None]:
    """Return the day and the page or section that a text names without a document's number."""
    places = [place.group() for place in _PLACE.finditer(text)]
    rest = text
    for words in places:
        rest = rest.replace(words, " ", 1)
    return _day(_BARE_DAY.search(rest), today), ", ".join(places) or None


def _single(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")


def _day(found: re.Match[str] | None, today: dt.date) -> dt.date | None:
    if found is None:
        return None
    day, month, year = found.groups()
    try:
        written = dt.date(int(year or today.year), int(month), int(day))
        return written if year or written <= today else written.replace(year=today.year - 1)
    except ValueError:
        return None


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
