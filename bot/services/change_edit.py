"""An item is no longer carried out, or its words, its code outside or its secrecy change."""

from bot.domain import change_phrases as phrases
from bot.domain.errors import UserError
from bot.domain.problem import N_
from bot.services.change_dates import unit_names
from bot.services.change_parts import OPEN, Changed, drop_part, tell, units_with_work
from bot.services.change_steps import At, Choice, Done, Flow, Ready, choose, words
from storage import item_changes, secrecy
from storage.audit_rows import change_row
from storage.models import ItemRow
from storage.rows import identity

NOTHING_OPEN = N_("Nothing of item {code} is open any more. Nothing has changed.")
WHY = N_("On which decision does it rest that {code} is no longer carried out?")
WHY_SECRET = N_(
    "Does a decision say that {code} is no longer carried out? Answer “yes”: as it has documents "
    "under state secrecy, nothing else of the answer is kept."
)
NOT_KEPT = N_(
    "🔒 {code} has documents under state secrecy: the decision is not kept here, only that there "
    "is one. File it outside the bot."
)
WHAT = N_("What of {code} changes?")
EMPTY = N_("A title cannot be empty. Nothing has changed.")
FLAGGED = N_("Item {code} is flagged already: only its code is kept. Nothing has changed.")
LONGEST = {"title": 1500, "product": 1500, "external_code": 300}
FIELDS = {
    "title": (N_("Title"), N_("What is the new title of {code}?")),
    "product": (N_("Product"), N_("What is the new product of {code}?")),
    "external_code": (
        N_("Code or link in the province's software"),
        N_("What is the code or link of {code} in the province's software?"),
    ),
    "secret": (N_("There are secret documents"), N_("{code}")),
}


async def look_drop(at: At) -> Ready:
    """Read back that an item is no longer carried out, and the decision."""
    item = await at.item()
    open_parts = [
        part
        for part in await item_changes.open_rows(at.session, identity(item.id))
        if part.progress in OPEN
    ]
    if not open_parts:
        raise UserError(NOTHING_OPEN, code=item.code)
    decision = at.text("decision", words(WHY_SECRET if item.secret else WHY, code=item.code))
    if item.secret:
        decision = at.args["decision"] = phrases.UNSAID
    elif decision == phrases.TAKEN_BACK:
        # What is typed is never taken for an act that was taken back.
        decision = at.args["decision"] = decision.capitalize()
    names = await unit_names(at, [part.unit_id for part in open_parts])
    lines = [
        words(N_("“{title}”"), title=item.title),
        words(NOT_KEPT, code=item.code)
        if item.secret
        else words(N_("Decision: {text}"), text=decision),
        words(N_("Open parts of: {units}"), units=names or ("–",)),
        words(N_("What was reported stays.")),
    ]
    return Ready(words(N_("{code} is no longer carried out?"), code=item.code), tuple(lines))


async def apply_drop(at: At) -> Done:
    """Close every open part of an item with the decision."""
    item = await at.item()
    await look_drop(at)
    units = await units_with_work(at.session, identity(item.id))
    decision = str(at.args["decision"])
    for part in await item_changes.open_rows(at.session, identity(item.id)):
        await drop_part(at, part, decision)
    await tell(at, item, Changed.DROPPED, units)
    return Done(words(N_("Recorded: {code} is no longer carried out."), code=item.code), item.id)


async def look_edit(at: At) -> Ready:
    """Read back what changes of an item's words."""
    item = await at.item()
    choices = tuple(Choice(words(label), key) for key, (label, _) in FIELDS.items())
    field = choose(at, "field", words(WHAT, code=item.code), choices)
    if item.secret:
        raise UserError(FLAGGED, code=item.code)
    title = words(N_("Change {code}?"), code=item.code)
    if field == "secret":
        warning = (
            words(N_("Its texts are removed; only a neutral code is kept.")),
            words(N_("So is what was written about it, and evidence but for documents' numbers.")),
            words(N_("Messages sent before still say them: delete those in the chats.")),
            words(N_("⚠️ This cannot be taken back.")),
        )
        return Ready(title, warning)
    value = _value(at, item, field)
    lines = (
        words(N_("Until now: {text}"), text=getattr(item, field) or "–"),
        words(N_("From now on: {text}"), text=value or "–"),
    )
    return Ready(title, lines)


def _value(at: At, item: ItemRow, field: str) -> str:
    value = at.text("value", words(FIELDS[field][1], code=item.code))
    if field == "title" and not value:
        raise UserError(EMPTY)
    return (
        " ".join(value.split())[: LONGEST[field]] if field == "title" else value[: LONGEST[field]]
    )


async def apply_edit(at: At) -> Done:
    """Change an item's words; one with secret documents keeps a neutral code only."""
    item = await at.item()
    await look_edit(at)
    field = at.args["field"]
    forget: list[str] = []
    if field == "secret":
        title = phrases.NEUTRAL.format(code=item.code)
        forget = await secrecy.strike_out(
            at.session, at.act, "item.secret", item, title, phrases.UNSAID
        )
    else:
        value = _value(at, item, field)
        await change_row(at.session, at.act, "item.edit", item, **{field: value})
        units = await units_with_work(at.session, identity(item.id))
        await tell(at, item, Changed.EDITED, units)
    said = words(N_("Recorded: {code} was changed."), code=item.code)
    return Done(said, item.id, forget=tuple(forget))


DROP = Flow(look_drop, apply_drop)
EDIT = Flow(look_edit, apply_edit)
