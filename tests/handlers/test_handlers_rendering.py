"""Whatever a plan's text contains: valid HTML, never too long, never broken inside an item."""

import datetime as dt
import re
from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.evidence import Evidence
from bot.domain.problem import Problem
from bot.domain.records import ItemFacts, Report
from bot.domain.reminder import Digest, Line
from bot.domain.states import EvidenceKind, ReportState
from bot.domain.status import DeadlineState, Progress
from bot.domain.work import DeadlineKind, Duty
from bot.i18n import translator
from bot.services.messages import (
    Card,
    ChatLostMessage,
    ConfirmMessage,
    DecisionMessage,
    MorningMessage,
    Outgoing,
    PartView,
    PastMessage,
    Reported,
)
from handlers import render_card, render_lists, render_reminders
from handlers.commands import COMMANDS, help_text
from handlers.joining import welcome
from handlers.render import render
from handlers.words import SIGNS, clip, due
from tests.builders import day, make_line, make_part, vn

TR = translator("vi")
TODAY = day("2024-04-19")
HOSTILE = "<b>&\"' 🙂 </i><script>{count} {0} %s &amp; &lt;"
ALLOWED_TAGS = {"b", "i", "a", "code"}
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

letters = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120)
hostile = st.one_of(
    letters,
    st.just(HOSTILE),
    st.sampled_from(["&<>\"'", "🙂", "ệ", "a b "]).map(lambda piece: piece * 1500),
)


class Checker(HTMLParser):
    """Fails on tags that Telegram does not take, or that do not close in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED_TAGS, tag
        assert {name for name, _ in attrs} <= {"href"}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def visible(html: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", html))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def check(messages: Sequence[Outgoing]) -> None:
    """Fail unless Telegram would take every message."""
    assert messages
    for message in messages:
        checker = Checker()
        checker.feed(message.html)
        checker.close()
        assert checker.open == []
        assert "<" not in re.sub(r"</?(?:b|i|code)>|<a href=\"[^\"<>]*\">|</a>", "", message.html)
        assert 1 <= units(visible(message.html).strip()) <= 4096
        buttons = [button for row in message.buttons for button in row]
        assert len(buttons) <= 100
        assert all(len(row) <= 8 for row in message.buttons)
        assert all(button.label.strip() for button in buttons)
        assert all(1 <= len(button.data.encode()) <= 64 for button in buttons)


def lines(count: int, **other: Any) -> tuple[Line, ...]:
    """Return lines of every state, each with its own code."""
    due = ("2024-04-12", "2024-04-19", "2024-04-26", "2024-12-31", None)
    return tuple(
        make_line(
            TODAY.isoformat(),
            **{"title": HOSTILE * 3, "unit": f"Phòng {number % 7} {HOSTILE}", **other},
            id=number,
            item_id=10**17 + number,
            code=f"X.{number}",
            due=due[number % 5],
            kind=DeadlineKind.DATE if due[number % 5] else DeadlineKind.ONGOING,
        )
        for number in range(count)
    )


def codes(messages: Sequence[Outgoing]) -> list[str]:
    """Return the codes that begin lines, in order."""
    return re.findall(r"^<b>(X\.\d+)</b>", "\n".join(m.html for m in messages), re.MULTILINE)


def morning(found: Sequence[Line], names: Sequence[str] = ("Phòng",)) -> MorningMessage:
    return MorningMessage(10**17, Digest(TODAY, tuple(names), tuple(found), len(found)))


SIZES = [0, 1, 40, 300]


@pytest.mark.parametrize("count", SIZES)
def test_a_morning_names_what_presses_once_and_whole(count: int) -> None:
    found = [line for line in lines(count) if line.part.due and line.part.due.month < 12]

    messages = render_reminders.morning(morning(found), TR)

    check(messages)
    assert sorted(codes(messages)) == sorted(line.part.code for line in found)


@pytest.mark.parametrize("count", SIZES)
def test_what_was_past_is_named_once_and_whole(count: int) -> None:
    found = lines(count)

    messages = render_lists.past(PastMessage(10**17, HOSTILE * 200, TODAY, found), TR)

    check(messages)
    assert sorted(codes(messages)) == sorted(line.part.code for line in found)


def test_every_button_stands_under_the_message_that_names_its_item() -> None:
    messages = render_lists.past(PastMessage(1, "KH", TODAY, lines(300)), TR)

    for message in messages[:-1]:
        shown = set(codes([message]))
        assert {button.label for row in message.buttons for button in row} == shown


def test_a_line_is_the_same_whether_its_message_is_split_or_not() -> None:
    alone = render_lists.past(PastMessage(1, "K", TODAY, lines(1)), TR)[0].html.split("\n")[-1]

    whole = render_lists.past(PastMessage(1, "K", TODAY, lines(300)), TR)

    assert alone in "\n".join(m.html for m in whole).split("\n")


@QUICK
@given(title=hostile, unit=letters, label=letters, names=st.lists(letters, max_size=3))
def test_lists_take_any_text(title: str, unit: str, label: str, names: list[str]) -> None:
    found = lines(12, title=title, unit=unit, label=label)

    check(render_reminders.morning(morning(found[:4], names), TR))
    check(render_lists.past(PastMessage(1, title or "x", TODAY, found), TR))


def proofs(text: str) -> tuple[Evidence, ...]:
    return (
        Evidence(EvidenceKind.LINK, url=f"https://e.vn/{text[:900]}"),
        Evidence(EvidenceKind.DOCUMENT, number="123/BC-STP", dated_on=TODAY, place=text[:1500]),
        Evidence(EvidenceKind.FILE, file_name=text),
    )


def a_report(text: str, state: ReportState = ReportState.AWAITING) -> Report:
    at = vn("2024-04-18 15:42")
    return Report(10**17, 1, 1, 1, text[:128], text, state, at, at, text[:128], text, False)


@QUICK
@given(text=hostile, count=st.integers(0, 30))
def test_a_card_takes_any_text_and_any_number_of_parts(text: str, count: int) -> None:
    item = ItemFacts(1, 1, 1, "X.1", text, text, text, text, (text,) * 3, (text,) * 9)
    views = tuple(
        PartView(line, proofs(text), a_report(text), a_report(text, ReportState.RETURNED))
        for line in lines(count, title=text, unit=text[:150], progress=Progress.RETURNED)
    )
    ids = tuple(range(count))

    card = render_card.card(Card(item, text, TODAY, views, ids, ids[:9], ids), TR)

    check([card])


@QUICK
@given(text=hostile, progress=st.sampled_from(Progress), duty=st.sampled_from(Duty))
def test_what_is_said_of_one_part_takes_any_text(
    text: str, progress: Progress, duty: Duty
) -> None:
    submitted = vn("2024-04-18 15:42")
    line = make_line(
        title=text, unit=text[:150], progress=progress, duty=duty, submitted_at=submitted
    )
    part = line.part
    done = Reported(part, line, proofs(text) * 4, text, True, False, (part,) * 6)

    check(render(ConfirmMessage(a_report(text), line, proofs(text) * 4), TR))
    for state in (ReportState.ACCEPTED, ReportState.RETURNED):
        check(render(DecisionMessage(5, a_report(text, state), line), TR))
    check(render(ChatLostMessage(text[:255], (text[:150],)), TR))
    check([render_card.reported(done, TODAY, TR), render_card.ask_reason(make_part(), None, TR)])


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_help_and_welcome_are_valid_in_both_languages(locale: str) -> None:
    tr = translator(locale)

    check([help_text(tr), welcome(tr)])
    assert all(f"/{c.name}" in help_text(tr).html for c in COMMANDS if c.in_menu)


@given(text=st.text(max_size=200), length=st.integers(1, 80))
def test_a_clipped_text_is_one_line_and_no_longer_than_asked(text: str, length: int) -> None:
    clipped = clip(text, length)

    assert units(clipped) <= max(length, 2)
    assert "\n" not in clipped
    assert clipped == " ".join(text.split()) or clipped.endswith("…")


def test_a_text_is_cut_at_a_word() -> None:
    assert clip("Rà soát danh mục văn bản", 16) == "Rà soát danh…"
    assert clip("Rà soát", 16) == "Rà soát"


@pytest.mark.parametrize("state", DeadlineState)
def test_every_state_has_a_sign_and_its_word_beside_it(state: DeadlineState) -> None:
    line = Line(make_part(), make_line().standing)
    shown = {
        DeadlineState.OVERDUE: make_line(due="2024-04-12"),
        DeadlineState.DUE: make_line(due="2024-04-19"),
        DeadlineState.DUE_SOON: make_line(due="2024-04-26"),
        DeadlineState.ON_TRACK: make_line(due="2024-12-31"),
        DeadlineState.NO_DEADLINE: make_line(due=None, kind=DeadlineKind.ONGOING),
    }.get(state, line)
    finished = {
        DeadlineState.EARLY: "2024-04-25 09:00",
        DeadlineState.ON_TIME: "2024-04-26 09:00",
        DeadlineState.LATE: "2024-04-27 09:00",
    }
    if state in finished:
        shown = make_line(progress=Progress.DONE, submitted_at=vn(finished[state]))

    assert shown.standing.state is state
    card = render_card.card(
        Card(
            ItemFacts(1, 1, 1, "I.1", "", "T", "", "", ("Phòng",), ()),
            "KH",
            TODAY,
            (PartView(shown, (), None, None),),
            (),
            (),
            (),
        ),
        TR,
    )
    sign_and_words = next(row for row in card.html.split("\n") if row.startswith(SIGNS[state]))
    assert re.search(r"[a-zđ]{2}", visible(sign_and_words).lower())


def test_who_cooperates_without_a_date_of_its_own_is_not_called_late() -> None:
    lead = make_line(due="2024-04-12")
    other = make_line(due="2024-04-12", duty=Duty.COOPERATE)

    assert "quá 7 ngày" in due(lead, TODAY, TR)
    assert due(other, TODAY, TR) == "hạn thứ Sáu 12/4, đơn vị chủ trì chưa xong"


def test_a_card_names_the_target_that_its_item_states() -> None:
    item = ItemFacts(1, 1, 1, "I.1", "", "T", "", "", ("Phòng",), (), "đạt từ 95% trở lên")

    card = render_card.card(Card(item, "KH", TODAY, (), (), (), ()), TR)

    assert "Chỉ tiêu: đạt từ 95% trở lên" in visible(card.html)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (dt.date(2024, 4, 26), "26/4/2024"),
        (dt.date(2024, 2, 5), "05/02/2024"),
        (dt.date(2024, 2, 29), "29/02/2024"),
        (dt.date(2024, 12, 31), "31/12/2024"),
        (dt.date(2025, 1, 1), "01/01/2025"),
        (dt.date(2024, 3, 9), "09/3/2024"),
    ],
)
def test_days_are_written_as_an_office_writes_them(when: dt.date, expected: str) -> None:
    assert TR.date(when) == expected


def test_half_past_midnight_is_shown_on_vietnams_day() -> None:
    assert TR.moment(vn("2024-03-01 00:30")) == "00:30 thứ Sáu 01/3/2024"


def test_a_problem_keeps_braces_of_what_it_quotes() -> None:
    assert "{x}" in TR.problem(Problem("There is no file {name}.", (("name", "{x}"),)))
