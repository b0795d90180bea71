"""Who leads an item and who cooperates: read from what is typed, never guessed."""

from dataclasses import dataclass

from bot.domain import change_phrases as phrases
from bot.domain.collectives import members
from bot.domain.errors import UserError
from bot.domain.plan import Unit
from bot.domain.problem import N_
from bot.domain.units.registry import UnitRegistry
from bot.domain.work import Duty
from bot.services.change_dates import unit_names
from bot.services.change_parts import (
    Changed,
    duties_with_work,
    share_anew,
    tell,
    units_with_work,
)
from bot.services.change_steps import (
    Ask,
    At,
    Choice,
    Done,
    Flow,
    NeedsAnswer,
    Ready,
    Words,
    words,
)
from storage import draft_changes, item_changes, offices
from storage.audit_rows import insert_row, recording
from storage.models import ItemRow, ItemUnitRow
from storage.rows import StoredUnit, identity

WHO = N_("Which units? For example: HCTP, TDTHPL; phối hợp: VP")
UNKNOWN = N_(
    "These are no units of the office: {names}. /don_vi lists the units. Nothing has changed."
)
DID_YOU_MEAN = N_("Does “{written}” mean {unit}?")
YES = N_("Yes")
NO_LEAD = N_("Name at least one unit that leads. Nothing has changed.")
MEANT = "meant"


@dataclass(frozen=True, slots=True)
class Owners:
    """The units that lead and those that cooperate, by id."""

    leads: tuple[int, ...]
    cooperating: tuple[int, ...]


async def owners_in(at: At, text: str) -> Owners:
    """Return the units that `text` names; "phối hợp:" begins those that cooperate.

    Raises:
        NeedsAnswer: a name resembles a unit's, which must be confirmed.
        UserError: a name is no unit's, or nobody leads.
    """
    if answered := at.args.pop("unit_meant", None):
        at.args[MEANT] = {**at.args.get(MEANT, {}), answered[0]: answered[1]}
    lead_text, cooperate_text = split_duties(text)
    units = await offices.units_of(at.session, at.viewer.office_id, on=at.today)
    leads = await _read(at, units, lead_text)
    cooperating = await _read(at, units, cooperate_text)
    if not leads:
        raise UserError(NO_LEAD)
    return Owners(tuple(leads), tuple(one for one in cooperating if one not in leads))


def split_duties(text: str) -> tuple[str, str]:
    """Return what stands before and behind "phối hợp"."""
    lead, *rest = phrases.COOPERATE.split(text, maxsplit=1)
    return phrases.LEAD.sub("", lead), rest[0] if rest else ""


async def _read(at: At, units: list[StoredUnit], text: str) -> list[int]:
    registry = UnitRegistry(stored.unit for stored in units)
    ids = {stored.unit.name: stored.id for stored in units}
    found: list[int] = []
    unknown: list[str] = []
    for written in _names(text, registry):
        ref = registry.find(written)
        meant = at.args.get(MEANT, {}).get(written)
        if ref.certain:
            found.append(ids[ref.name])
        elif meant is not None:
            found.append(meant)
        elif group := _members(written, units):
            found += [ids[unit.name] for unit in group]
        elif ref.suggestion:
            _ask_meant(written, ref.suggestion, ids[ref.suggestion])
        else:
            unknown.append(written)
    if unknown:
        raise UserError(UNKNOWN, names=", ".join(name[:60] for name in unknown))
    return list(dict.fromkeys(found))


def _members(written: str, units: list[StoredUnit]) -> tuple[Unit, ...] | None:
    """Return the units of "các phòng chuyên môn"; a single unit's name is no collective."""
    if not phrases.COLLECTIVE.match(written):
        return None
    return members(written, [stored.unit for stored in units], ())


def _names(text: str, registry: UnitRegistry) -> list[str]:
    """Return the names in a list of units; a name may hold "và" or a comma itself."""
    names = [text]
    for between in phrases.BETWEEN_UNITS:
        names = [
            part.strip(" .")
            for name in names
            for part in ([name] if registry.find(name).certain else between.split(name))
            if part.strip(" .")
        ]
    return names


def _ask_meant(written: str, suggestion: str, unit_id: int) -> None:
    question = words(DID_YOU_MEAN, written=written, unit=suggestion)
    choice = Choice(words(YES), [written, unit_id])
    raise NeedsAnswer(Ask("unit_meant", question, (choice,), typed=False))


async def remember_names(at: At) -> None:
    """Let the office read the confirmed names from now on."""
    for written, unit_id in at.args.get(MEANT, {}).items():
        async with recording(at.session, at.act, "alias.add"):
            await draft_changes.add_alias(at.session, at.viewer.office_id, unit_id, written)


async def name_units(at: At, item_id: int, owners: Owners) -> None:
    """Write down which units an item names."""
    units = await offices.unit_names(at.session, at.viewer.office_id)
    for duty, ids in ((Duty.LEAD, owners.leads), (Duty.COOPERATE, owners.cooperating)):
        for position, unit_id in enumerate(ids):
            await insert_row(
                at.session,
                at.act,
                "item.name",
                ItemUnitRow(
                    office_id=at.viewer.office_id,
                    item_id=item_id,
                    position=position,
                    duty=duty,
                    written=units[unit_id],
                    unit_id=unit_id,
                ),
            )


async def _given(at: At) -> tuple[ItemRow, Owners]:
    item = await at.item()
    return item, await owners_in(at, at.text("units", words(WHO)))


async def look(at: At) -> Ready:
    """Read back who leads and who cooperates, and what becomes of the units before."""
    item, owners = await _given(at)
    now = await units_with_work(at.session, identity(item.id))
    fresh = {*owners.leads, *owners.cooperating}
    lines = owner_lines(
        await unit_names(at, list(owners.leads)), await unit_names(at, list(owners.cooperating))
    )
    if gone := await unit_names(at, [unit for unit in now if unit not in fresh]):
        lines.append(words(N_("No longer: {units} (what they reported stays)"), units=gone))
    return Ready(words(N_("Give {code} to these units?"), code=item.code), tuple(lines))


def owner_lines(leads: tuple[str, ...], cooperating: tuple[str, ...]) -> list[Words]:
    """Say who leads and who cooperates."""
    lines = [words(N_("Leads: {units}"), units=leads)]
    if cooperating:
        lines.append(words(N_("Cooperates: {units}"), units=cooperating))
    return lines


async def apply(at: At) -> Done:
    """Give the item to the units; open parts follow, what was reported keeps its history."""
    item, owners = await _given(at)
    item_id = identity(item.id)
    before = await duties_with_work(at.session, item_id)
    await remember_names(at)
    await item_changes.forget_units(at.session, at.act, item_id)
    await name_units(at, item_id, owners)
    await share_anew(at, item_id, phrases.NEW_UNITS)
    after = await duties_with_work(at.session, item_id)
    # Who led and now cooperates, or the other way round, is told what it has from now on.
    await tell(at, item, Changed.GIVEN, {unit for unit, _ in after - before})
    gone = {unit for unit, _ in before} - {unit for unit, _ in after}
    await tell(at, item, Changed.TAKEN, gone)
    return Done(words(N_("Recorded: the units of {code}."), code=item.code), item_id)


OWNERS = Flow(look, apply)
