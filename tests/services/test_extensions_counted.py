"""A date that was granted instead of the one asked for is the one that figures judge by."""

from bot.services import extension_answers as answers
from bot.services import extension_offers as offers
from bot.services import extensions, progress_table, summaries
from bot.services.summaries_closing import plan_summaries
from tests.builders import Office, day, make_item, only_part, vn

NOW = vn("2024-04-22 09:00")
CLOSED = vn("2024-05-15 07:00")


async def granted_instead(office: Office, asked: str, other: str) -> None:
    """Let Minh ask for one day, Lan propose another, and Minh accept that."""
    minh, lan = office.actor("minh"), office.actor("lan")
    part = await only_part(office.db, office)
    await extensions.begin(office.db, minh, part.id, f"{asked} chờ số liệu", NOW)
    request = (await extensions.send(office.db, minh, part.id, NOW)).extension.id
    await offers.type_offer(office.db, lan, request, other, NOW)
    offered = await offers.offer(office.db, lan, request, NOW)
    await answers.accept(office.db, minh, request, offered.extension.counter_due, NOW)


async def test_a_later_day_that_was_granted_instead_is_not_overdue_in_the_figures(
    office: Office,
) -> None:
    await office.activate(make_item(due="2024-04-29"))
    await granted_instead(office, "10/5", "20/5")

    await plan_summaries(office.db, CLOSED)
    frozen = await summaries.summary(office.db, office.actor("lan"), "tháng 5/2024", CLOSED)

    assert frozen.id is not None
    assert (frozen.figures.items.overdue, frozen.figures.items.total) == (0, 0)
    assert frozen.figures.original.overdue == 1


async def test_an_earlier_day_that_was_granted_instead_is_overdue_after_it(
    office: Office,
) -> None:
    await office.activate(make_item(due="2024-04-29"))
    await granted_instead(office, "20/5", "10/5")

    found = await summaries.summary(office.db, office.actor("lan"), "tháng 5/2024", CLOSED)

    assert found.figures.items.overdue == 1


async def test_lists_tables_and_calendars_have_the_day_that_was_granted(office: Office) -> None:
    await office.activate(make_item(due="2024-04-29"))
    await granted_instead(office, "10/5", "20/5")
    part = await only_part(office.db, office)

    table = await progress_table.progress_table(
        office.db, office.actor("lan"), part.plan_id, CLOSED
    )

    assert [line.part.due for line in table.rows[0].lines] == [day("2024-05-20")]


async def test_an_extension_into_a_later_month_is_counted_in_the_month_that_granted_it(
    office: Office,
) -> None:
    await office.activate(make_item(due="2024-06-30"))  # due in neither of the first two months
    await granted_instead(office, "20/7", "25/7")
    lan = office.actor("lan")

    counted = {}
    for month, at in (("4", "2024-04-15"), ("5", "2024-05-15"), ("8", "2024-08-15")):
        found = await summaries.summary(office.db, lan, f"tháng {month}/2024", vn(f"{at} 08:00"))
        counted[month] = found.figures.items.extensions
        assert sum(row.tally.extensions for row in found.figures.units) == counted[month]
        assert found.figures.items.total == int(month == "8")

    assert counted == {"4": 0, "5": 1, "8": 0}
