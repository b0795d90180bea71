"""The folder of proofs as ZIP: which section, then its parts with an index in each."""

import asyncio
import logging
from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.domain.errors import DeliveryError, UserError
from bot.domain.folder_names import member_names
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.reports.archive import MEMBER_ROOM, Member, plan_parts, write_parts
from bot.reports.sheet import write_book
from bot.services.evidence_folder import Folder, folder, keep_content
from handlers import render_folder
from handlers.callbacks import Press, pair, pair_pattern, pattern, subject
from handlers.context import BotApplication, BotContext, actor_of
from handlers.replies import notice, show
from handlers.sender import TelegramSender
from handlers.sending_files import sending

logger = logging.getLogger(__name__)


def register(application: BotApplication) -> None:
    """Hear of the buttons."""
    application.add_handler(CallbackQueryHandler(which, pattern(Press.EXPORT_FOLDER)))
    application.add_handler(CallbackQueryHandler(whole, pattern(Press.EXPORT_PROOFS)))
    application.add_handler(CallbackQueryHandler(section, pair_pattern(Press.EXPORT_SECTION)))


async def which(update: Update, context: BotContext) -> None:
    """A button: the whole plan's proofs, or a section's."""
    actor, query = actor_of(update), update.callback_query
    assert query is not None  # a button was pressed
    found = await folder(context.db, actor, subject(query.data or ""), context.now())
    await notice(update)
    await show(update, context, [render_folder.which(found, await context.tr(actor))])


async def whole(update: Update, context: BotContext) -> None:
    """A button: the proofs of the whole plan."""
    query = update.callback_query
    assert query is not None  # a button was pressed
    await _send(update, context, subject(query.data or ""), None)


async def section(update: Update, context: BotContext) -> None:
    """A button: the proofs of one section."""
    query = update.callback_query
    assert query is not None  # a button was pressed
    await _send(update, context, *pair(query.data or ""))


async def _send(update: Update, context: BotContext, plan_id: int, place: int | None) -> None:
    actor = actor_of(update)
    found = await folder(context.db, actor, plan_id, context.now(), place)
    await notice(update)
    tr = await context.tr(actor)
    async with sending(update, context) as send:
        found = await _fetched(context, found)
        members, names = _members(context, found)
        index = await asyncio.to_thread(write_book, [render_folder.index_sheet(found, names, tr)])
        send.parts = count = len(plan_parts(members, len(index) + MEMBER_ROOM))
        index_name = f"{tr(render_folder.INDEX)}.xlsx".replace(" ", "-")
        parts = write_parts(members, index_name, index)
        while (part := await asyncio.to_thread(next, parts, None)) is not None:
            number, _, data = part
            await send(_name(found, number, count, tr), data)


def _name(found: Folder, number: int, count: int, tr: Translator) -> str:
    stem = tr(N_("proofs")).replace(" ", "-")
    part = f"-{number}-{count}" if count > 1 else ""
    return f"{stem}-{found.day:%Y%m%d}{part}.zip"


async def _fetched(context: BotContext, found: Folder) -> Folder:
    """Fetch the files that are not kept yet; one that cannot be had stands so in the index."""
    sender, proofs = TelegramSender(context.bot), []
    for proof in found.proofs:
        if proof.file_id is not None and not _kept(context, proof.sha256):
            try:
                data = await sender.fetch_file(
                    proof.file_id, proof.file_name or "", proof.file_size
                )
                proof = replace(proof, sha256=await context.files.put(data), file_size=len(data))
                await keep_content(context.db, proof.id, proof.sha256 or "")
            except (DeliveryError, UserError) as error:
                logger.warning("a proof cannot be fetched: %s", error, extra={"proof": proof.id})
        proofs.append(proof)
    return replace(found, proofs=tuple(proofs))


def _kept(context: BotContext, sha256: str | None) -> bool:
    return sha256 is not None and context.files.path_of(sha256).is_file()


def _members(context: BotContext, found: Folder) -> tuple[list[Member], dict[int, str]]:
    """Return the files of the folder, and their places by proof."""
    kept = [
        proof
        for proof in found.proofs
        if proof.file_id is not None and _kept(context, proof.sha256)
    ]
    names = member_names((proof.code, proof.file_name or "") for proof in kept)
    paths = [context.files.path_of(proof.sha256 or "") for proof in kept]
    members = [
        Member(path, name, path.stat().st_size) for path, name in zip(paths, names, strict=True)
    ]
    return members, dict(zip((proof.id for proof in kept), names, strict=True))
