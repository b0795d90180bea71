"""An item's card: what is kept of it, and what its viewer may do with it."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.collectives import is_office
from bot.domain.records import ExtensionFacts
from bot.domain.reminder import Line
from bot.domain.roles import Viewer, coordinates, may_decide
from bot.domain.starting import may_start
from bot.domain.states import ReportState
from bot.domain.status import Progress
from bot.domain.work import Duty, Part, by_urgency, speaker
from bot.domain.workdays import Calendar
from bot.services.access import access_item
from bot.services.calendars import calendar_of
from bot.services.messages import Card, PartView
from bot.services.proof_rights import may_prove, members_units
from bot.services.rules import rules_of
from storage import cards, offices, parts, plans, reports
from storage.audit import newest_entry
from storage.proofs import evidence_of


async def card_of(session: AsyncSession, viewer: Viewer, item_id: int, today: dt.date) -> Card:
    """Return an item's card as the viewer may see it on the local day `today`.

    Raises:
        NotFound: no such item for this viewer here.
    """
    item = await access_item(session, viewer, item_id)
    plan = await plans.get_plan(session, item.plan_id)
    closed = plan.closed
    # What is left open in a closed plan stands as it did on the day it was closed.
    day = min(today, closed.on) if closed else today
    every = await parts.parts_of_item(session, item_id)
    found = by_urgency(part for part in every if not part.taken_back)
    calendar = await calendar_of(session, viewer.office_id, today)
    views = tuple(
        view if viewer.sees_unit(view.line.part.unit_id) else _of_others(view, viewer)
        for view in await _named(session, viewer, await _views(session, found, day, calendar))
    )
    shown = [view.line.part for view in views if not view.hidden]
    units = await offices.units_of(session, viewer.office_id)
    office = frozenset(stored.id for stored in units if is_office(stored.unit))
    card = Card(
        item,
        plan.title,
        day,
        views,
        _part_ids(views, lambda view: _may_report(view, viewer)),
        tuple(
            view.report.id
            for view in views
            if view.report
            and view.report.state is ReportState.AWAITING
            and may_decide(
                viewer,
                view.report.person_id,
                office_asks=view.report.on_behalf or view.line.part.unit_id in office,
            )
        ),
        _part_ids(
            views,
            lambda view: view.line.part.unsettled and view.line.part.owed and coordinates(viewer),
        ),
        may_reopen=tuple(
            view.report.id for view in views if view.report and _may_reopen(view, viewer)
        ),
        may_prove=_part_ids(views, lambda view: may_prove(viewer, view.line.part)),
        may_extend=_part_ids(views, lambda view: _may_extend(view, viewer.heads())),
        may_raise=_part_ids(views, lambda view: _pending_in(view, members_units(viewer))),
        may_start=_part_ids(views, lambda view: may_start(viewer, view.line.part)),
        may_grant=tuple(
            one.id
            for view, one in _open_requests(views)
            if may_decide(viewer, one.requested_by, office_asks=view.line.part.unit_id in office)
        ),
        may_answer=tuple(
            one.id
            for view, one in _open_requests(views)
            if view.line.part.unit_id in viewer.heads()
        ),
        viewer=viewer,
        audit_id=await newest_entry(session),
        speaker_id=speaker(shown, day, calendar).id if shown else None,
        many_extensions=(await rules_of(session, viewer.office_id, plan.id)).many_extensions,
        closed=closed,
    )
    return _kept(card) if closed else card


def _kept(card: Card) -> Card:
    """Return the card of an item of a closed plan: what waits is decided, reports are proved."""
    reported = {view.line.part.id for view in card.parts if view.line.part.submitted_at}
    return replace(
        card,
        parts=tuple(replace(view, left=view.line.left_open) for view in card.parts),
        may_report=(),
        may_settle=(),
        may_prove=tuple(part_id for part_id in card.may_prove if part_id in reported),
        may_extend=(),
        may_raise=(),
        may_start=(),
        may_reopen=(),
        may_grant=(),
        may_answer=(),
    )


async def _views(
    session: AsyncSession, found: Sequence[Part], today: dt.date, calendar: Calendar
) -> tuple[PartView, ...]:
    ids = [part.id for part in found]
    proofs = await evidence_of(session, ids)
    reported = await cards.reports_of(session, ids)
    ticks = await cards.ticks_of(session, ids)
    extensions = await cards.extensions_of(session, ids)
    difficulties = await cards.difficulties_of(session, ids)
    return tuple(
        PartView(
            Line(part, part.standing(today, calendar)),
            tuple(proofs.get(part.id, ())),
            *reported.get(part.id, (None, None)),
            late_after=part.due_day.late_after(calendar) if part.due_day else None,
            ticks=ticks.get(part.id, ()),
            extensions=tuple(extensions.get(part.id, ())),
            difficulties=tuple(difficulties.get(part.id, ())),
        )
        for part in found
    )


async def _named(
    session: AsyncSession, viewer: Viewer, views: Sequence[PartView]
) -> list[PartView]:
    """Return parts with who prepares them, where that may be said: to the unit, in private."""
    units = members_units(viewer) if viewer.private else frozenset()
    return [
        replace(view, prepared_by=await reports.person_name(session, view.line.part.assignee_id))
        if view.line.part.assignee_id and view.line.part.unit_id in units
        else view
        for view in views
    ]


def _of_others(view: PartView, viewer: Viewer) -> PartView:
    """Return what may be told here of another unit's part: no proofs, no reasons.

    How it stands with its date only to heads in private; elsewhere whether it is done (Luật
    91/2025/QH15: a unit's chat sees its own rows).
    """
    return PartView(
        view.line,
        (),
        None,
        None,
        late_after=view.late_after,
        hidden=not viewer.sees_lateness_of_all(),
    )


def _open_requests(views: Iterable[PartView]) -> list[tuple[PartView, ExtensionFacts]]:
    return [(view, one) for view in views for one in view.extensions if one.open]


def _part_ids(views: Iterable[PartView], test: Callable[[PartView], bool]) -> tuple[int, ...]:
    return tuple(view.line.part.id for view in views if test(view))


def _owed_by(view: PartView, units: frozenset[int]) -> bool:
    return view.line.part.owed and view.line.part.unit_id in units


def _may_report(view: PartView, viewer: Viewer) -> bool:
    part = view.line.part
    return _owed_by(view, viewer.heads()) or (
        part.pending and part.unit_id is not None and not part.unsettled and coordinates(viewer)
    )


def _may_reopen(view: PartView, viewer: Viewer) -> bool:
    accepted = view.report is not None and view.report.state is ReportState.ACCEPTED
    return accepted and view.line.part.progress is Progress.DONE and coordinates(viewer)


def _pending_in(view: PartView, units: frozenset[int]) -> bool:
    return view.line.part.pending and view.line.part.unit_id in units


def _may_extend(view: PartView, heads: frozenset[int]) -> bool:
    part = view.line.part
    return (
        _owed_by(view, heads)
        and part.due is not None
        and part.duty is not Duty.COOPERATE
        and part.progress is not Progress.EXTENSION_PENDING
    )
