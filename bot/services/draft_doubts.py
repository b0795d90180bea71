"""What may bear a mark of secrecy in a draft: asked about, then ordinary after all or dropped."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.evidence import Evidence
from bot.domain.report_draft import Draft, ordinary, without_doubtful
from bot.domain.states import EvidenceKind
from bot.services.actor import Actor
from bot.services.draft_scene import scene_of, view_of
from bot.services.messages_drafts import DraftView
from bot.services.secret_marks import check_words
from storage import report_drafts
from storage.audit import claim_update, refuse_repeated
from storage.db import Database


@dataclass(frozen=True, slots=True)
class Doubt:
    """What of a message may bear a mark: its words, or contents by their SHA-256."""

    words: bool
    contents: frozenset[str | None]

    @property
    def any(self) -> bool:
        """Whether something has to be asked."""
        return self.words or bool(self.contents)


def doubt_of(text: str, files: Sequence[Evidence]) -> Doubt:
    """Return what of a message may bear a mark of secrecy.

    Raises:
        BearsSecretMark: something does bear one; nothing of the message may be kept.
    """
    words = check_words(text)
    doubtful = [file.sha256 for file in files if check_words("", file.file_name or "")]
    return Doubt(words, frozenset(doubtful))


def doubted(before: Draft, draft: Draft, doubt: Doubt) -> Draft:
    """Return a draft with what a message brought marked as doubtful, where it is."""
    proofs = tuple(
        replace(proof, doubtful=True)
        if (proof.kind is EvidenceKind.FILE and proof.sha256 in doubt.contents)
        or (doubt.words and proof not in before.proofs)
        else proof
        for proof in draft.proofs
    )
    return replace(draft, proofs=proofs, doubtful=draft.doubtful or doubt.any)


async def is_ordinary(db: Database, actor: Actor, draft_id: int, now: dt.datetime) -> DraftView:
    """Say that what may bear a mark of secrecy is an ordinary document.

    Raises:
        NotFound: there is no such draft any more.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        scene = await scene_of(session, actor, draft_id, now)
        await claim_update(session, scene.act)
        draft = ordinary(scene.draft)
        await report_drafts.change_draft(session, draft, now)
        return await view_of(session, scene.viewer, draft, scene.part, now)


async def drop_doubtful(
    db: Database, actor: Actor, draft_id: int, now: dt.datetime
) -> tuple[Draft, DraftView | None]:
    """Say that it is under state secrecy: it is dropped, and the rest of the draft stays.

    Return the draft as it was and what is left of it, None where nothing is.

    Raises:
        NotFound: there is none any more.
    """
    async with db.begin() as session:
        await refuse_repeated(session, actor.update_id)
        scene = await scene_of(session, actor, draft_id, now)
        await claim_update(session, scene.act)
        draft = without_doubtful(scene.draft)
        if not (draft.proofs or draft.note):
            await report_drafts.drop_draft(session, draft_id)
            return scene.draft, None
        await report_drafts.change_draft(session, draft, now)
        return scene.draft, await view_of(session, scene.viewer, draft, scene.part, now)
