"""The one table of commands: it feeds the handlers, the menus, /tro_giup and the README's test."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from html import escape
from typing import Any

from telegram import Update
from telegram.ext import CommandHandler

from bot.domain.problem import N_
from bot.domain.rights import UNITS_CHAT, may_send
from bot.domain.roles import ChatPurpose, Role
from bot.i18n import Translator
from bot.services.access import who_here
from bot.services.messages import Outgoing
from handlers import (
    briefing,
    broadcasting,
    calendar,
    changing,
    concluding,
    difficulties,
    exporting,
    extending,
    joining,
    listing,
    loading,
    measuring,
    membership,
    personal,
    reporting,
    showing_proofs,
    summing,
    told,
    undoing,
    unit_keeping,
    work,
)
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import reply

Handler = Callable[[Update, BotContext], Coroutine[Any, Any, None]]

TITLE = N_("What I can do")


@dataclass(frozen=True, slots=True)
class Command:
    """A command, its handler, what the menu says of it, and an example of its use."""

    name: str
    handler: Handler
    description: str
    example: str = ""
    in_menu: bool = True


async def help_(update: Update, context: BotContext) -> None:
    """`/tro_giup`: every command that this person may send here, with an example."""
    actor = actor_of(update)
    roles, purposes = await who_here(context.db, actor, context.now())
    tr = await context.tr(actor)
    await reply(update, context, [help_text(tr, roles, private=actor.private, purposes=purposes)])


COMMANDS = (
    Command("viec", listing.work, N_("Open items of my unit")),
    Command("han", listing.soon, N_("What falls due in the next days"), "/han 14"),
    Command("xem", work.view, N_("An item's card"), "/xem III.5"),
    Command("xong", reporting.done, N_("Report an item done"), "/xong III.5 https://… 123/BC-STP"),
    Command(
        "gia_han",
        extending.extend,
        N_("Ask for another date"),
        N_("/gia_han III.5 30/6 REASON"),
    ),
    Command(
        "vuong_mac",
        difficulties.stuck,
        N_("Difficulties: report one, or list them"),
        N_("/vuong_mac III.5 WORDS"),
    ),
    Command(
        "minh_chung",
        showing_proofs.show,
        N_("An item's evidence and its files"),
        "/minh_chung III.5",
    ),
    Command("nhat_ky", undoing.log, N_("Who did what to an item"), "/nhat_ky III.5"),
    Command("hoan_tac", undoing.undo, N_("Take back what I did last")),
    Command("tre_han", listing.overdue, N_("What is overdue"), N_("/tre_han UNIT")),
    Command("cho_xac_nhan", listing.awaiting, N_("What waits for confirmation")),
    Command("thieu_minh_chung", listing.unproven, N_("Reported without evidence")),
    Command("chua_co_han", listing.undated, N_("What has no date yet")),
    Command("tim", listing.search, N_("Search the plan"), N_("/tim civil status")),
    Command(
        "da_nhac",
        told.ledger,
        N_("Who was reminded when, and what became of it"),
        "/da_nhac III.5",
    ),
    Command("thu_nhac", told.test, N_("Send a test to every group (Văn phòng)")),
    Command("lich", calendar.calendar, N_("Days off and worked"), N_("/lich nghi 02/01/2026")),
    Command("nhap", loading.load, N_("Load a plan (Văn phòng)"), "/nhap 2026"),
    Command("giao_ban", briefing.briefing, N_("The weekly briefing (Văn phòng)")),
    Command(
        "ket_luan",
        concluding.conclude,
        N_("Conclusions of the meeting become items (Văn phòng)"),
        N_("/ket_luan Review pending files – HCTP – 30/6"),
    ),
    Command(
        "thong_bao",
        broadcasting.broadcast,
        N_("Send a text or a file to all units (Văn phòng)"),
        N_("/thong_bao TEXT"),
    ),
    Command(
        "tong_hop",
        summing.summary,
        N_("The summary of a period"),
        N_("/tong_hop first quarter"),
    ),
    Command(
        "so_lieu",
        measuring.values,
        N_("Values of targets (chỉ tiêu)"),
        "/so_lieu VII.7 9129/14697",
    ),
    Command(
        "kich_hoat",
        changing.event,
        N_("An event has happened: start its deadline (Văn phòng)"),
        "/kich_hoat II.3 05/3/2024",
    ),
    Command(
        "dat_han",
        changing.date,
        N_("Set the date of an item without one (Văn phòng)"),
        "/dat_han III.2 30/6",
    ),
    Command(
        "them",
        changing.add,
        N_("Add a task to the plan (Văn phòng)"),
        N_("/them NAME OF THE TASK"),
    ),
    Command(
        "giao",
        changing.owners,
        N_("Give an item to units (Văn phòng)"),
        "/giao III.2 HCTP, TDTHPL; phối hợp: VP",
    ),
    Command(
        "sua", changing.edit, N_("Change an item's title or product (Văn phòng)"), "/sua III.5"
    ),
    Command(
        "thoi_viec",
        changing.drop,
        N_("An item is no longer carried out (Văn phòng)"),
        N_("/thoi_viec III.5 DECISION"),
    ),
    Command("xuat", exporting.export, N_("Files and pictures of a plan")),
    Command("moi", membership.invite, N_("Invite a person or a group (Văn phòng)")),
    Command("thanh_vien", membership.list_members, N_("Members and groups (Văn phòng)")),
    Command("don_vi", unit_keeping.keep_units, N_("Units (Văn phòng)")),
    Command(
        "thay_mat",
        personal.stand_in,
        N_("Name who stands in for me"),
        N_("/thay_mat NAME > 22/4/2024 > 30/4/2024"),
    ),
    Command("ngon_ngu", personal.choose_language, N_("Language: Tiếng Việt, English")),
    Command("du_lieu_cua_toi", personal.my_data, N_("What is kept about me")),
    Command("dong_ke_hoach", changing.close, N_("Close a plan (Văn phòng)")),
    Command(
        "ke_hoach_moi",
        changing.next_plan,
        N_("Begin the next year's plan from this one (Văn phòng)"),
        "/ke_hoach_moi 2027",
    ),
    Command("cai_dat", changing.settings, N_("Settings (Văn phòng)")),
    Command("dang_ky", joining.join, N_("Join with a code from Văn phòng"), N_("/dang_ky CODE")),
    Command("tro_giup", help_, N_("Help")),
    Command("start", joining.start, N_("Begin"), in_menu=False),
)


def offered(
    roles: frozenset[Role], *, private: bool, purposes: frozenset[ChatPurpose] = UNITS_CHAT
) -> tuple[Command, ...]:
    """Return the commands of the menu that are for somebody with these roles there."""
    return tuple(
        c
        for c in COMMANDS
        if c.in_menu and may_send(c.name, roles, private=private, purposes=purposes)
    )


def help_text(
    tr: Translator,
    roles: frozenset[Role] = frozenset(Role),
    *,
    private: bool = True,
    purposes: frozenset[ChatPurpose] = UNITS_CHAT,
) -> Outgoing:
    """Say what every command does that is for somebody with these roles there."""
    lines = [f"<b>{escape(tr(TITLE))}</b>"]
    for command in offered(roles, private=private, purposes=purposes):
        lines.append(f"/{command.name} – {escape(tr(command.description))}")
        if command.example:
            lines.append(f"    <code>{escape(tr(command.example))}</code>")
    lines.append("")
    lines.append(
        escape(tr(N_("Reminders come at 07:30 on working days, only when something is due.")))
    )
    return Outgoing("\n".join(lines))


def register(application: BotApplication) -> None:
    """Hear of every command."""
    for command in COMMANDS:
        application.add_handler(CommandHandler(command.name, command.handler))
