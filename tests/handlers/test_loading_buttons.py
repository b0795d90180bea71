"""The buttons under a draft: their data, their limits, and what a press answers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadline import DateDeadline, Ongoing, Unspecified
from bot.domain.draft import Draft, DraftDeadline, DraftItem
from bot.domain.plan import Unit, UnitRef
from bot.domain.problem import problem
from bot.domain.review import KEY_LENGTH, Question, Topic
from bot.domain.states import PlanState
from bot.domain.work import DeadlineKind
from bot.i18n import translator
from bot.services import loading
from bot.services.loading import DraftKey, stamp_of
from bot.services.messages import Outgoing
from bot.services.review import Review
from handlers import render_loading_review
from handlers.callbacks import (
    DraftPress,
    Press,
    data,
    data_with,
    deadline_of,
    deadline_word,
    number_of,
    number_word,
    pattern,
    pattern_with,
    words_of,
)
from handlers.loading_keys import draft_words
from handlers.pages import LIMIT, size
from handlers.render_loading_list import deadline_words
from storage.models import ItemUnitRow
from storage.rows import StoredUnit
from tests.builders import (
    Clock,
    Office,
    day,
    every,
    make_item,
    make_reading,
    ongoing,
    rows,
    vn,
)
from tests.chatting import Talk

NOW = vn("2024-04-19 07:00")
TR = translator("vi")
KEY = DraftKey(9_999_999, stamp_of(vn("2037-12-31 23:59")))
QUESTION = "f" * KEY_LENGTH
LONG = "rà soát <b>&</b> báo cáo " * 400


def sample(press: DraftPress) -> str:
    """Return data of a press that names as many things as it does."""
    words = ["1", "abc12", "0123abcd", "7", "0"]
    for count in range(len(words), 0, -1):
        built = data_with(press, *words[:count])
        if pattern_with(press).match(built):
            return built
    raise AssertionError(press)


def test_every_button_of_a_draft_has_exactly_one_handler(talk: Talk) -> None:
    handlers = [h for group in talk.application.handlers.values() for h in group]
    patterns = [h.pattern for h in handlers if hasattr(h, "pattern") and h.pattern is not None]

    for press in DraftPress:
        assert len([p for p in patterns if p.match(sample(press))]) == 1, press


def test_no_button_of_a_draft_is_taken_for_another() -> None:
    for press in DraftPress:
        others = [o for o in DraftPress if o is not press and pattern_with(o).match(sample(press))]
        assert others == []
        assert not [o for o in Press if pattern(o).match(sample(press))]
    assert not [o for o in DraftPress for p in Press if pattern_with(o).match(data(p, 7))]


@pytest.mark.parametrize("press", DraftPress)
@pytest.mark.parametrize("wrong", ["x{}", "{}\n", "{}:7", "{}٣", "{} "])
def test_data_with_anything_more_is_nobodys(press: DraftPress, wrong: str) -> None:
    assert not pattern_with(press).match(wrong.format(sample(press)))


@given(st.integers(0, 2**140 - 1))
def test_a_number_comes_back_from_its_word(number: int) -> None:
    assert number_of(number_word(number)) == number


@pytest.mark.parametrize(
    "deadline",
    [
        DateDeadline(day("2024-06-28"), "x"),
        DateDeadline(day("2024-06-30"), "x", start=day("2024-06-01")),
        DateDeadline(day("2024-04-29"), "x", before=True),
        DateDeadline(day("2024-04-29"), "x", start=day("2024-01-01"), before=True),
        Ongoing("x"),
        Unspecified("", "x"),
    ],
)
def test_a_deadline_comes_back_from_its_word(
    deadline: DateDeadline | Ongoing | Unspecified,
) -> None:
    assert deadline_of(deadline_word(deadline), "x") == deadline


@pytest.mark.parametrize("word", ["20240631", "x", "", "20240630-2024", "202406300"])
def test_a_word_that_is_no_deadline_is_none(word: str) -> None:
    assert deadline_of(word, "x") is None


def many_units(count: int) -> tuple[StoredUnit, ...]:
    return tuple(
        StoredUnit(10_000 + number, Unit(f"Phòng Nghiệp vụ số {number} của cơ quan chuyên môn"))
        for number in range(count)
    )


def asked(topic: Topic, units: int, **other: object) -> Review:
    item = DraftItem(1, "III.12", "III. CHUNG", LONG, LONG, LONG, LONG)
    draft = Draft(KEY.plan_id, LONG, make_reading().period, PlanState.DRAFT, NOW, items=(item,))
    one = Question(topic, QUESTION, LONG, ("III.12",) * 300, item)
    one = replace(one, **other)  # type: ignore[arg-type]
    return Review(KEY, draft, many_units(units), one, 1, 99, QUESTION, 77)


def hold_to_limits(message: Outgoing) -> None:
    buttons = [button for row in message.buttons for button in row]
    assert len(buttons) <= 100
    assert all(len(row) <= 8 for row in message.buttons)
    assert all(len(button.data.encode()) <= 64 for button in buttons), buttons
    assert all(button.label.strip() for button in buttons)
    assert size(message.html) <= LIMIT + 10


@pytest.mark.parametrize("count", [0, 1, 60, 61, 99, 110, 200])
@pytest.mark.parametrize("topic", [Topic.UNIT, Topic.COLLECTIVE, Topic.LEAD])
def test_a_long_list_of_units_keeps_within_the_limits(topic: Topic, count: int) -> None:
    everyone = (1 << min(count, 110)) - 1
    for page in range(4):
        for chosen in (0, everyone):
            review = asked(topic, count)
            hold_to_limits(render_loading_review.question(review, TR, chosen=chosen, page=page))


def test_every_unit_can_be_reached_by_turning_pages() -> None:
    review = asked(Topic.UNIT, 200)
    shown: set[str] = set()
    page = 0
    for _ in range(4):
        message = render_loading_review.question(review, TR, page=page)
        buttons = [button for row in message.buttons for button in row]
        shown |= {b.data for b in buttons if b.data.startswith(f"{DraftPress.UNIT}:")}
        turn = [b for b in buttons if b.data.startswith(f"{DraftPress.LOOK}:")]
        page = number_of(words_of(turn[0].data)[-1])

    assert len(shown) == 201  # and "not a unit"


def test_the_unit_that_a_name_resembles_stands_first() -> None:
    review = asked(Topic.UNIT, 70)
    name = review.units[65].unit.name
    message = render_loading_review.question(
        replace(review, question=replace(review.question, suggestion=name)), TR
    )

    assert message.buttons[0][0].data.endswith(":10065")


def test_long_cells_and_many_problems_stay_within_one_message() -> None:
    deadlines = tuple(
        DraftDeadline(False, DeadlineKind.RECURRING, every(*["2024-03-14"] * 52))
        for _ in range(40)
    )
    item = replace(asked(Topic.DEADLINE, 3).draft.items[0], deadlines=deadlines)
    problems = tuple(problem("“{words}” <&>", words=f"{n} {LONG}") for n in range(50))
    for topic in Topic:
        hold_to_limits(
            render_loading_review.question(asked(topic, 3, item=item, problems=problems), TR)
        )


def test_a_rule_shows_its_first_days_and_how_many_there_are() -> None:
    rule = every(*(f"2024-{month:02d}-14" for month in range(1, 13)))

    assert deadline_words(rule, TR, most=2).startswith("Chủ nhật 14/01/2024, thứ Tư 14/02/2024…")
    assert "12" in deadline_words(rule, TR, most=2)
    assert deadline_words(rule, TR).count("2024") == 12


# --- pressed -------------------------------------------------------------------------------------


async def drafted(office: Office) -> DraftKey:
    """A draft with one open question: an unknown unit that leads."""
    item = replace(make_item("III.5"), lead=(UnitRef("Ban Lạ"),))
    reading = make_reading(item, make_item("III.6", due=ongoing()))
    return await loading.keep(office.db, office.actor("lan"), reading, b"x", "a.docx", NOW)


async def test_a_summary_opens_its_question_and_an_answer_returns_to_it(
    office: Office, talk: Talk
) -> None:
    key = await drafted(office)
    summary = await talk.press("lan", data_with(DraftPress.SUMMARY, *draft_words(key)))
    look = next(d for d in talk.buttons() if d.startswith(f"{DraftPress.LOOK}:"))
    question = await talk.press("lan", look)
    unit = next(
        d
        for d in talk.buttons()
        if d.startswith(f"{DraftPress.UNIT}:") and d.endswith(f":{office.units['Văn phòng']}")
    )
    after = await talk.press("lan", unit)
    again = await talk.press("lan", unit)

    assert "Kế hoạch công tác" in summary[0]
    assert "Ban Lạ" in question[0]
    assert "Kế hoạch công tác" in after[0]
    assert again == []
    assert "xử lý" in talk.notices()[-1]
    assert await rows(office.db, ItemUnitRow, ItemUnitRow.written == "Văn phòng")


async def test_activation_asks_once_more_while_questions_are_open(
    office: Office, talk: Talk
) -> None:
    key = await drafted(office)
    words = draft_words(key)

    sure = await talk.press("lan", data_with(DraftPress.START, *words))
    active = await talk.press("lan", data_with(DraftPress.START_NOW, *words))
    twice = await talk.press("lan", data_with(DraftPress.START_NOW, *words))

    assert "1 chỗ" in sure[0]
    assert "Kế hoạch công tác" in active[0]
    assert twice == []
    assert "kích hoạt" in talk.notices()[-1]


@pytest.mark.parametrize("press", DraftPress)
async def test_a_head_cannot_press_any_of_them(
    office: Office, talk: Talk, press: DraftPress
) -> None:
    key = await drafted(office)
    named = [*draft_words(key), "0123abcd", "1", "0"]
    built = data_with(press, *named[: sample(press).count(":") - 1])

    said = await talk.press("minh", built)

    assert said == []
    assert "Chỉ Văn phòng" in talk.notices()[-1]


@pytest.mark.parametrize("press", DraftPress)
async def test_data_that_names_nothing_changes_nothing(
    office: Office, talk: Talk, press: DraftPress
) -> None:
    built = data_with(press, "x", "zzzz", "none", "y", "z")
    built = ":".join(built.split(":")[: sample(press).count(":") + 1])

    said = await talk.press("lan", built)

    assert said == []
    assert "không còn" in talk.notices()[-1]


async def test_nhap_alone_says_how_and_offers_the_drafts(office: Office, talk: Talk) -> None:
    await drafted(office)

    said = await talk.say("lan", "/nhap")
    refused = await talk.say("minh", "/nhap")

    assert "/nhap" in said[0]
    assert talk.buttons()[0].startswith(f"{DraftPress.SUMMARY}:")
    assert "Chỉ Văn phòng" in refused[0]


@pytest.mark.parametrize(
    ("where", "taken"), [("private", True), ("office", True), ("hc", False), ("leaders", False)]
)
async def test_plans_are_loaded_in_private_and_in_the_offices_own_chat_only(
    office: Office, talk: Talk, where: str, taken: bool
) -> None:
    said = await talk.say("lan", "/nhap 2026", where)

    assert len(said) == 1
    assert ("Kế hoạch chỉ nạp trong chat riêng với bot" in said[0]) is not taken


async def test_a_file_too_large_is_not_even_fetched(office: Office, talk: Talk) -> None:
    file = {"file_id": "f", "file_unique_id": "u", "file_name": "a.pdf", "file_size": 21 << 20}

    said = await talk.say("lan", "", document=file)

    assert "20 MB" in said[-1]


async def test_a_file_with_a_mark_is_refused_before_it_is_fetched(
    office: Office, talk: Talk
) -> None:
    file = {"file_id": "f", "file_unique_id": "u", "file_name": "a.pdf", "file_size": 9}

    said = await talk.say("lan", "", document=file, caption="TỐI MẬT")

    assert len(said) == 1
    assert "mật" in said[0]


async def test_typing_a_date_waits_until_it_is_one(
    office: Office, talk: Talk, clock: Clock
) -> None:
    item = replace(make_item("III.5", due=None), deadline_text="31/6/2024")
    reading = make_reading(item)
    key = await loading.keep(office.db, office.actor("lan"), reading, b"x", "a.docx", clock())
    await talk.press("lan", data_with(DraftPress.LOOK, *draft_words(key), "first", "0"))
    ask = next(d for d in talk.buttons() if d.startswith(f"{DraftPress.TYPE}:"))

    asked_for = await talk.press("lan", ask)
    unread = await talk.say("lan", "31/6")
    read = await talk.say("lan", "28/6")
    after = await talk.say("lan", "29/6")

    assert "III.5" in asked_for[0]
    assert "31/6" in unread[0]
    assert "thứ Sáu 28/6/2024" in read[0]
    assert "thứ" not in after[0]  # nothing is asked any more
