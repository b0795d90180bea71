"""What a head says of a completion, read: its proofs, and the note of what was done."""

import datetime as dt
import re
from dataclasses import dataclass

from bot.domain.evidence import Evidence
from bot.domain.states import EvidenceKind
from bot.domain.vietnamese import fold

MAX_LINK = 1000
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
# "123/BC-STP", "45/2020/NĐ-CP", "8787/UBND": a number, a slash, capitals.
_NUMBER = re.compile(r"\b\d{1,6}(?:/\d{4})?/[A-ZĐ][A-ZĐa-zđ]*(?:[-–][A-ZĐ][A-ZĐa-zđ0-9]*)*")
_DATED = re.compile(
    r"^\s*[,(]?\s*(?:ngày|ngay|of|dated)\s+"
    r"((\d{1,2})(?:\s*[/.-]\s*|\s+(?:tháng|thang)\s+)(\d{1,2})"
    r"(?:(?:\s*[/.-]\s*|\s+(?:năm|nam)\s+)(\d{4}|\d\d)(?!\d|[/.-]\d))?)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:mục|muc|trang|tr\.|phần|phan|điều|dieu|khoản|khoan|phụ lục|phu luc"
    r"|section|page|pages|article|clause|annex)\s*"
    r"(?:\d+|[IVXLC]+)\b(?:[.\d]*)(?:\s*[-–]\s*\d+)?",
    re.IGNORECASE,
)
_BARE_DAY = re.compile(
    r"(?<![\d/.-])((\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d\d))?)(?!\d|[/.-]\d)"
)
# Where one sentence ends and the next begins.
_BREAK = re.compile(r"(?<=[.;!?…])\s+|\n+")
# What is said of a document beside its number, folded: by themselves these tell nothing.
_IDLE_WORDS = (
    "bao cao quyet dinh ke hoach to trinh cong van ban thong nghi tu chi thi huong dan ket luan "
    "bien giay tai lieu minh chung tep file anh so ky hieu ngay thang nam cua xem o theo kem va "
    "link duong duoc gui day la report decision plan document dated no of see at and the in here"
)
_IDLE = frozenset(_IDLE_WORDS.split())


@dataclass(frozen=True, slots=True)
class Account:
    """What was said with a report: its proofs and, beside them, a note of what was done."""

    proofs: tuple[Evidence, ...]
    note: str


def read_account(text: str, today: dt.date) -> Account:
    """Read links, a document's number, date and page, and the note out of a head's text.

    A day and month without a year is the latest one up to the local day `today`: nobody cites a
    document of the future. The note is the sentences, as typed, that say more than the proofs.
    """
    links = list(_LINK.finditer(text))
    addresses = [match.group().rstrip(".,;)") for match in links]
    proofs = [Evidence(EvidenceKind.LINK, url=address[:MAX_LINK]) for address in addresses]
    spans = [
        (match.start(), match.start() + len(address))
        for match, address in zip(links, addresses, strict=True)
    ]
    documents, cited = _documents(_blanked(text, spans), today)
    return Account((*proofs, *documents), _note(text, [*spans, *cited]))


def _documents(text: str, today: dt.date) -> tuple[list[Evidence], list[tuple[int, int]]]:
    """Return the documents that a text cites, and where it does.

    A page or section belongs to the number before it, and one before any to the first.
    """
    numbers = list(_NUMBER.finditer(text))
    places = list(_PLACE.finditer(text)) if numbers else []
    spans = [place.span() for place in places]
    found = []
    for at, number in enumerate(numbers):
        start = number.start() if at else 0
        end = numbers[at + 1].start() if at + 1 < len(numbers) else len(text)
        dated = _DATED.match(text[number.end() :])
        day = _day(dated, today)
        own = [place.group() for place in places if start <= place.start() < end]
        found.append(
            Evidence(
                EvidenceKind.DOCUMENT,
                number=number.group(),
                dated_on=day,
                place=", ".join(own) or None,
                unread_day=dated.group(1) if dated and day is None else None,
            )
        )
        spans.append((number.start(), number.end() + (dated.end() if dated else 0)))
    return found, spans


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return `text`, as long as it was, with spaces where the spans are."""
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _note(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the sentences that say more than the proofs at `spans`; all of them without any.

    A proof that opens a sentence is left out; any other stays, lest the sentence lose its sense.
    """
    if not spans:
        return _single(text)
    bare = _blanked(text, spans)
    ends = [
        match.span()
        for match in _BREAK.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in spans)
    ]
    said = []
    start = 0
    for end, next_start in [*ends, (len(text), len(text))]:
        words = re.findall(r"\w+", fold(bare[start:end]))
        if any(word not in _IDLE for word in words):
            opens = len(bare[start:end]) - len(bare[start:end].lstrip(" ,;:.)–-\t"))
            said.append(_single(text[start + opens : end]))
        start = next_start
    return " ".join(said)


def read_details(text: str, today: dt.date) -> tuple[dt.date | None, str | None]:
    """Return the day and the page or section that a text names without a document's number."""
    places = [place.group() for place in _PLACE.finditer(text)]
    return _day(_bare_day(text), today), ", ".join(places) or None


def unread_day(text: str, today: dt.date) -> str | None:
    """Return a document's date as a text writes it, where there is no such day."""
    documents = [one for one in read_account(text, today).proofs if one.number]
    if documents:
        return next((one.unread_day for one in documents if one.unread_day), None)
    found = _bare_day(text)
    return found.group(1) if found and _day(found, today) is None else None


def _bare_day(text: str) -> re.Match[str] | None:
    return _BARE_DAY.search(_blanked(text, [place.span() for place in _PLACE.finditer(text)]))


def _single(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")


def _day(found: re.Match[str] | None, today: dt.date) -> dt.date | None:
    if found is None:
        return None
    _, day, month, year = found.groups()
    try:
        whole = int(year or today.year)
        written = dt.date(whole + 2000 if whole < 100 else whole, int(month), int(day))
        return written if year or written <= today else written.replace(year=today.year - 1)
    except ValueError:
        return None
