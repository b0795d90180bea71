"""A date that was good when it was asked for, and has passed when it is to count."""

import pytest

from bot.domain.errors import UserError
from bot.domain.states import ExtensionState
from bot.domain.status import Progress
from bot.services import extension_answers as answers
from bot.services import extension_decisions as decisions
from bot.services import extension_offers as offers
from bot.services import extensions
from storage.models import ExtensionRow
from tests.builders import Office, day, make_item, only_part, rows, vn

NOW = vn("2024-04-19 09:00")
ON_THE_DAY = vn("2024-05-10 16:00")
AFTER = vn("2024-05-11 08:00")


async def ask(office: Office) -> None:
    await office.activate(make_item())
    part = await only_part(office.db, office)
    minh = office.actor("minh")
    await extensions.begin(office.db, minh, part.id, "10/5 chờ số liệu", NOW)
    await extensions.send(office.db, minh, part.id, NOW)


async def state(office: Office) -> ExtensionState:
    (row,) = await rows(office.db, ExtensionRow)
    return row.state


async def test_a_date_that_has_passed_is_not_granted(office: Office) -> None:
    await ask(office)

    with pytest.raises(UserError, match="cannot be the new date") as refused:
        await decisions.approve(office.db, office.actor("lan"), 1, AFTER)

    part = await only_part(office.db, office)
    assert refused.value.problem.params == (("day", "10/5/2024"),)
    assert await state(office) is ExtensionState.REQUESTED
    assert (part.progress, part.due) == (Progress.EXTENSION_PENDING, day("2024-04-26"))


async def test_on_the_day_itself_it_is_granted_still(office: Office) -> None:
    await ask(office)

    await decisions.approve(office.db, office.actor("lan"), 1, ON_THE_DAY)

    assert (await only_part(office.db, office)).due == day("2024-05-10")


async def test_what_has_passed_can_be_rejected(office: Office) -> None:
    await ask(office)

    await decisions.reject(office.db, office.actor("lan"), 1, "quá muộn", AFTER)

    assert await state(office) is ExtensionState.REJECTED


async def test_a_proposed_date_that_has_passed_is_not_accepted_but_declined(
    office: Office,
) -> None:
    await ask(office)
    lan, minh = office.actor("lan"), office.actor("minh")
    await offers.type_offer(office.db, lan, 1, "3/5", NOW)
    await offers.offer(office.db, lan, 1, NOW)

    with pytest.raises(UserError, match="cannot be the new date"):
        await answers.accept(office.db, minh, 1, day("2024-05-03"), AFTER)
    before = await state(office)
    await answers.decline(office.db, minh, 1, day("2024-05-03"), AFTER)

    assert before is ExtensionState.COUNTERED
    assert await state(office) is ExtensionState.WITHDRAWN


async def test_a_date_typed_before_midnight_is_looked_at_again_when_it_is_proposed(
    office: Office,
) -> None:
    await ask(office)
    lan = office.actor("lan")
    late = vn("2024-05-03 23:59")
    await offers.type_offer(office.db, lan, 1, "3/5", late)

    with pytest.raises(UserError, match="cannot be the new date"):
        await offers.offer(office.db, lan, 1, vn("2024-05-04 00:01"))

    assert await state(office) is ExtensionState.REQUESTED
