"""Whether a command says everything that a report needs, so that nothing is left to ask."""

import datetime as dt

from bot.domain.account import read_account
from bot.domain.days import local_day
from bot.domain.products import split_products
from bot.services.access import get_viewer
from bot.services.actor import Actor
from bot.services.draft_scene import preparable_part
from bot.services.rules import rules_of
from bot.services.secret_marks import check_words
from storage import report_drafts
from storage.db import Database


async def says_all(db: Database, actor: Actor, part_id: int, text: str, now: dt.datetime) -> bool:
    """Tell whether a text proves a part and nothing is to be ticked, answered or read back first.

    Raises:
        BearsSecretMark: the text bears a mark of state secrecy.
        NotFound, NotAllowed, UserError: as `progress.report_done` does.
    """
    doubtful = check_words(text)
    account = read_account(text, local_day(now))
    async with db.read() as session:
        viewer = await get_viewer(session, actor, local_day(now))
        part = await preparable_part(session, viewer, part_id)
        plan_id, product, secret = await report_drafts.item_of_part(session, part_id)
        rules = await rules_of(session, viewer.office_id, plan_id)
    odd = any(one.unread_day or one.dated_after(local_day(now)) for one in account.proofs)
    whole = bool(account.proofs) and not (odd or doubtful or secret)
    simple = len(split_products(product)) <= 1 and not rules.outside_software
    return whole and simple and part.unit_id in viewer.heads()
