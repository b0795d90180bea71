"""What changed between two readings of a plan."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadline import DateDeadline
from bot.domain.plan_diff import (
    DiffItem,
    Field,
    diff_plans,
    is_near_copy,
    likeness,
)

JUNE = DateDeadline(dt.date(2026, 6, 30), "30/6/2026")
PLAN = (
    DiffItem("I.1", "Ban hành kế hoạch kiểm tra công vụ", deadlines=(JUNE,), lead=("Văn phòng",)),
    DiffItem("I.2", "Rà soát thủ tục hành chính thuộc thẩm quyền"),
    DiffItem("I.3", "Tổ chức hội nghị đối thoại với doanh nghiệp"),
    DiffItem("II.1", "Nâng cấp phần mềm quản lý văn bản"),
)


def test_a_plan_is_the_same_as_itself():
    diff = diff_plans(PLAN, PLAN)

    assert diff.is_empty
    assert diff.same == tuple(zip(PLAN, PLAN, strict=True))


def test_spelling_alone_is_no_change():
    old = DiffItem("I.1", "Hòa giải  ở cơ sở", deadlines=(JUNE,), lead=("A", "B"))
    new = DiffItem("I.1", "Hoà giải ở cơ sở", deadlines=(replace(JUNE, text="hết tháng 6"),),
                   lead=("B", "A"))  # fmt: skip

    assert diff_plans([old], [new]).is_empty


def test_a_day_kept_without_its_word_is_the_same_day():
    said = (replace(JUNE, text="trước ngày 01/7/2026", before=True),)
    old, new = DiffItem("I.1", "Việc", deadlines=(JUNE,)), DiffItem("I.1", "Việc", deadlines=said)

    assert diff_plans([old], [new]).is_empty


def test_what_changed_is_named():
    later = DateDeadline(dt.date(2026, 9, 30), "30/9/2026")
    new = replace(PLAN[0], product="Kế hoạch", deadlines=(later,), lead=("Thanh tra",))

    (change,) = diff_plans(PLAN, (new, *PLAN[1:])).changed

    assert change.fields == (Field.PRODUCT, Field.DEADLINES, Field.LEAD)
    assert change.old is PLAN[0]


def test_an_item_put_in_between_only_renumbers_the_rest():
    added = DiffItem("I.2", "Xây dựng đề án vị trí việc làm")
    new = (PLAN[0], added, replace(PLAN[1], code="I.3"), replace(PLAN[2], code="I.4"), PLAN[3])

    diff = diff_plans(PLAN, new)

    assert diff.added == (added,)
    assert diff.removed == ()
    assert [(c.old.code, c.new.code, c.fields) for c in diff.changed] == [
        ("I.2", "I.3", (Field.CODE,)),
        ("I.3", "I.4", (Field.CODE,)),
    ]


def test_a_reworded_item_is_known_by_its_number():
    new = replace(PLAN[1], title="Rà soát các thủ tục hành chính, đơn giản hóa hồ sơ")

    (change,) = diff_plans(PLAN, (PLAN[0], new, *PLAN[2:])).changed

    assert change.fields == (Field.TITLE,)


def test_another_task_under_the_same_number_is_another_item():
    new = replace(PLAN[1], title="Mua sắm máy chủ")

    diff = diff_plans(PLAN, (PLAN[0], new, *PLAN[2:]))

    assert diff.removed == (PLAN[1],)
    assert diff.added == (new,)


def test_two_items_that_change_places_keep_their_own_history():
    new = (
        replace(PLAN[1], code="I.1"),
        replace(PLAN[0], code="I.2"),
        *PLAN[2:],
    )

    diff = diff_plans(PLAN, new)

    assert [change.fields for change in diff.changed] == [(Field.CODE,), (Field.CODE,)]
    assert {change.old.title == change.new.title for change in diff.changed} == {True}


def test_near_copies_are_told_from_other_plans():
    reworded = tuple(replace(item, title=f"{item.title} năm 2026") for item in PLAN)
    other = tuple(replace(item, title=f"Việc {number}") for number, item in enumerate(PLAN))

    assert is_near_copy(PLAN, reworded)
    assert not is_near_copy(PLAN, other)
    assert not is_near_copy(PLAN, ())
    assert likeness(PLAN, PLAN) == 1


TITLES = st.text(alphabet="abc hoàồđ", max_size=12)
ITEMS = st.lists(
    st.builds(
        DiffItem,
        code=st.sampled_from(["I.1", "I.2", "I.3", "II.1"]),
        title=TITLES,
        product=st.sampled_from(["", "Báo cáo"]),
        deadlines=st.sampled_from([(), (JUNE,)]),
    ),
    max_size=7,
)


@given(ITEMS)
def test_any_plan_is_the_same_as_itself(plan):
    assert diff_plans(plan, plan).is_empty


@given(ITEMS, ITEMS)
def test_every_item_lands_in_exactly_one_place(old, new):
    old = [replace(item, key=key) for key, item in enumerate(old)]
    new = [replace(item, key=key) for key, item in enumerate(new)]

    diff = diff_plans(old, new)

    befores = [c.old for c in diff.changed] + [pair[0] for pair in diff.same]
    afters = [c.new for c in diff.changed] + [pair[1] for pair in diff.same]
    assert sorted(i.key for i in [*befores, *diff.removed]) == list(range(len(old)))
    assert sorted(i.key for i in [*afters, *diff.added]) == list(range(len(new)))
    assert all(change.fields for change in diff.changed)


@given(ITEMS, ITEMS)
def test_likeness_is_a_share(one, other):
    assert 0 <= likeness(one, other) <= 1
