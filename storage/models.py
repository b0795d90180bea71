"""The tables. Every one that holds an office's data carries its office (cơ quan).

Constraints state the invariants; `table=True` models do not validate.
"""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, MetaData, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.domain.outbox import OutboxKind, OutboxState
from bot.domain.report_draft import DraftPurpose
from bot.domain.roles import ChatPurpose, Role
from bot.domain.states import Answer, EvidenceKind, ExtensionState, PlanState, ReportState
from bot.domain.status import Progress
from bot.domain.windows import PeriodKind
from bot.domain.work import DeadlineKind, Duty
from bot.domain.workdays import WeekendRule
from storage.types import UtcDateTime, choice

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


def instant(*, nullable: bool = True) -> Any:
    """Return a column that stores aware UTC."""
    return Column(UtcDateTime(), nullable=nullable)


def key() -> Any:
    """Return the primary key column of a table."""
    return Field(default=None, primary_key=True)


def office_key() -> Any:
    """Return the column that says whose data a row is."""
    return Field(foreign_key="office.id", index=True)


def _once_without_unit(name: str, *columns: str) -> Index:
    """Return the rule that a unique key leaves open, as NULLs differ: one row without a unit."""
    alone = text("unit_id IS NULL")
    return Index(name, *columns, unique=True, sqlite_where=alone, postgresql_where=alone)


class OfficeRow(SQLModel, table=True):
    """An office (cơ quan) that this installation serves."""

    __tablename__ = "office"
    id: int | None = key()
    name: str = Field(unique=True)
    locale: str = "vi"
    settings: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class UnitRow(SQLModel, table=True):
    """A unit, alive from `valid_from` to `valid_to` (local days, inclusive, None: open).

    `merged_into` is the unit that took over its open work.
    """

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("office_id", "name"),)
    id: int | None = key()
    office_id: int = office_key()
    position: int
    name: str
    short: str = ""
    group_name: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    merged_into: int | None = Field(default=None, foreign_key="unit.id")


class UnitAliasRow(SQLModel, table=True):
    """Another way to write a unit's name."""

    __tablename__ = "unit_alias"
    __table_args__ = (UniqueConstraint("office_id", "alias"),)
    id: int | None = key()
    office_id: int = office_key()
    unit_id: int = Field(foreign_key="unit.id", index=True)
    alias: str


class PersonRow(SQLModel, table=True):
    """A person: the least that is needed (Luật 91/2025/QH15). `locale` None: the office's.

    Once erased, `name` is empty and `telegram_id` minus the row's own id; the row stays for what
    points to it.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("office_id", "telegram_id"),)
    id: int | None = key()
    office_id: int = office_key()
    telegram_id: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    name: str
    locale: str | None = None
    created_at: dt.datetime = Field(sa_column=instant(nullable=False))
    erased_at: dt.datetime | None = Field(default=None, sa_column=instant())
    snoozed_until: dt.datetime | None = Field(default=None, sa_column=instant())


class GrantRow(SQLModel, table=True):
    """A role held; `unit_id` for heads, staff, and the units a leader supervises.

    `stands_in_for` marks a stand-in (`valid_from` to `valid_to`, local days, inclusive);
    `director` the leader who is Giám đốc.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "unit_id"),
        _once_without_unit("uq_role_grant_person_id_role", "person_id", "role"),
    )
    id: int | None = key()
    office_id: int = office_key()
    person_id: int = Field(foreign_key="person.id", index=True)
    role: Role = Field(sa_type=choice(Role, "role"))
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    stands_in_for: int | None = Field(default=None, foreign_key="person.id")
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    director: bool = False


class ChatRow(SQLModel, table=True):
    """An address to write to: a private chat, a group, or a topic in one (`thread_id`, else 0)."""

    __tablename__ = "chat"
    __table_args__ = (UniqueConstraint("office_id", "telegram_id", "thread_id"),)
    id: int | None = key()
    office_id: int = office_key()
    telegram_id: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    thread_id: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    title: str = ""
    locale: str | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    active: bool = True
    lost_reason: str | None = None


class ChatBindingRow(SQLModel, table=True):
    """What a chat is for; one chat may serve a unit and the office."""

    __tablename__ = "chat_binding"
    __table_args__ = (
        UniqueConstraint("chat_id", "purpose", "unit_id"),
        _once_without_unit("uq_chat_binding_chat_id_purpose", "chat_id", "purpose"),
    )
    id: int | None = key()
    office_id: int = office_key()
    chat_id: int = Field(foreign_key="chat.id", index=True)
    purpose: ChatPurpose = Field(sa_type=choice(ChatPurpose, "purpose"))
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)


class InviteRow(SQLModel, table=True):
    """A one-time code; only its SHA-256 is kept. Gives a role, or binds a chat to a purpose."""

    __tablename__ = "invite"
    id: int | None = key()
    office_id: int = office_key()
    code_hash: str = Field(unique=True)
    role: Role | None = Field(default=None, sa_type=choice(Role, "role"))
    purpose: ChatPurpose | None = Field(default=None, sa_type=choice(ChatPurpose, "purpose"))
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    created_at: dt.datetime = Field(sa_column=instant(nullable=False))
    expires_at: dt.datetime = Field(sa_column=instant(nullable=False))
    used_at: dt.datetime | None = Field(default=None, sa_column=instant())
    created_by: int | None = Field(default=None, foreign_key="person.id")


class InviteTryRow(SQLModel, table=True):
    """Wrong codes tried by one account, so that guessing is limited."""

    __tablename__ = "invite_try"
    telegram_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    failures: int = 0
    since: dt.datetime = Field(sa_column=instant(nullable=False))


class PlanRow(SQLModel, table=True):
    """A plan. `settings` overrides the office's; `previous_id` is the plan it continues."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("office_id", "source_sha256"),)
    id: int | None = key()
    office_id: int = office_key()
    title: str = Field(sa_column=Column(Text, nullable=False))
    year: int
    starts_on: dt.date
    ends_on: dt.date
    state: PlanState = Field(default=PlanState.DRAFT, sa_type=choice(PlanState, "state"))
    source_name: str
    source_sha256: str
    confirmation: bool = True
    weekend: WeekendRule = Field(default=WeekendRule.NONE, sa_type=choice(WeekendRule, "weekend"))
    before_counts: bool = False
    problems: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    loaded_at: dt.datetime = Field(sa_column=instant(nullable=False))
    activated_at: dt.datetime | None = Field(default=None, sa_column=instant())
    closed_at: dt.datetime | None = Field(default=None, sa_column=instant())
    previous_id: int | None = Field(default=None, foreign_key="plan.id")
    settings: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))


class PlanVersionRow(SQLModel, table=True):
    """A newer version of a plan: proposed, then applied and perhaps taken back.

    The load itself is version 1 and has no row. Until it is applied the version stands in a draft
    (`draft_id`); `choices` are pairs of a change's key and what was decided about it (None:
    nothing yet). `before` and `after` hold what applying it changed, row by row.
    """

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    id: int | None = key()
    office_id: int = office_key()
    plan_id: int = Field(foreign_key="plan.id", index=True)
    number: int
    source_name: str
    source_sha256: str
    draft_id: int | None = Field(default=None, foreign_key="plan.id", index=True)
    choices: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    after: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    loaded_at: dt.datetime = Field(sa_column=instant(nullable=False))
    applied_at: dt.datetime | None = Field(default=None, sa_column=instant())
    undone_at: dt.datetime | None = Field(default=None, sa_column=instant())


class ItemRow(SQLModel, table=True):
    """One nhiệm vụ of a plan; `removed_at`: a newer version no longer carries it out.

    `source_document` is what an item added in mid-year rests on (`added_at`); `external_code` is
    its link or code in the province's software; `settings` overrides the plan's; `note` is its
    cell for notes.
    """

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)
    id: int | None = key()
    office_id: int = office_key()
    plan_id: int = Field(foreign_key="plan.id", index=True)
    position: int
    code: str
    section: str
    title: str = Field(sa_column=Column(Text, nullable=False))
    product: str = Field(default="", sa_column=Column(Text, nullable=False))
    deadline_text: str = Field(default="", sa_column=Column(Text, nullable=False))
    assignment_text: str = Field(default="", sa_column=Column(Text, nullable=False))
    problems: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    secret: bool = False
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    removed_at: dt.datetime | None = Field(default=None, sa_column=instant())
    added_at: dt.datetime | None = Field(default=None, sa_column=instant())
    source_document: str | None = Field(default=None, sa_column=Column(Text))
    external_code: str | None = Field(default=None, sa_column=Column(Text))
    settings: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))


class ItemSearchRow(SQLModel, table=True):
    """An item's words as they are searched for; `source` is what they were made of.

    Where the two no longer agree with the item the row is out of date: a search renews it first.
    """

    __tablename__ = "item_search"
    item_id: int = Field(primary_key=True, foreign_key="item.id", ondelete="CASCADE")
    office_id: int = office_key()
    source: str = Field(sa_column=Column(Text, nullable=False))
    words: str = Field(sa_column=Column(Text, nullable=False))


class ItemUnitRow(SQLModel, table=True):
    """A unit as an item names it; `unit_id` once it is certain, several for a collective."""

    __tablename__ = "item_unit"
    id: int | None = key()
    office_id: int = office_key()
    item_id: int = Field(foreign_key="item.id", index=True)
    position: int
    duty: Duty = Field(sa_type=choice(Duty, "duty"))
    written: str = Field(sa_column=Column(Text, nullable=False))
    collective: bool = False
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)


class DeadlineRow(SQLModel, table=True):
    """A deadline of an item as read; `internal` for those of the assignment column.

    `value` is the deadline in the shape of `nhacviec read --json`; `written_units` names those it
    binds, when not all leads. `removed_at`: a newer version no longer has it.
    """

    __tablename__ = "deadline"
    id: int | None = key()
    office_id: int = office_key()
    item_id: int = Field(foreign_key="item.id", index=True)
    position: int
    internal: bool = False
    kind: DeadlineKind = Field(sa_type=choice(DeadlineKind, "kind"))
    value: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    written_units: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    removed_at: dt.datetime | None = Field(default=None, sa_column=instant())


class MilestoneRow(SQLModel, table=True):
    """A dated mark of the product column; shown, never reminded as a deadline."""

    __tablename__ = "milestone"
    id: int | None = key()
    office_id: int = office_key()
    item_id: int = Field(foreign_key="item.id", index=True)
    value: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    text: str = Field(sa_column=Column("text", Text, nullable=False))


class OccurrenceRow(SQLModel, table=True):
    """One due occurrence: hạn ghi (`due`), what it was at first, and what moves it.

    Without a due day for what is ongoing, unspecified or waits for its event. `event_on` is the
    event's day for a relative deadline, `event` what happened on it. `unsettled`: past at
    activation, Văn phòng decides.
    """

    __tablename__ = "occurrence"
    __table_args__ = (UniqueConstraint("deadline_id", "number"),)
    id: int | None = key()
    office_id: int = office_key()
    item_id: int = Field(foreign_key="item.id", index=True)
    deadline_id: int = Field(foreign_key="deadline.id", index=True)
    number: int
    due: dt.date | None = Field(default=None, index=True)
    original_due: dt.date | None = None
    start: dt.date | None = None
    before: bool = False
    event_on: dt.date | None = None
    event: str | None = Field(default=None, sa_column=Column(Text))
    unsettled: bool = False


class PartRow(SQLModel, table=True):
    """One unit's share of one occurrence: where progress is kept.

    `submitted_at` is when the report that counts was submitted; None while the part is owed.
    `extended_due` is the date that an approved extension gave this part alone.
    """

    __tablename__ = "part"
    __table_args__ = (
        UniqueConstraint("occurrence_id", "unit_id"),
        _once_without_unit("uq_part_occurrence_id", "occurrence_id"),
    )
    id: int | None = key()
    office_id: int = office_key()
    occurrence_id: int = Field(foreign_key="occurrence.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    duty: Duty = Field(sa_type=choice(Duty, "duty"))
    progress: Progress = Field(
        default=Progress.NOT_STARTED, sa_type=choice(Progress, "progress"), index=True
    )
    submitted_at: dt.datetime | None = Field(default=None, sa_column=instant())
    assignee_id: int | None = Field(default=None, foreign_key="person.id")
    decision: str | None = Field(default=None, sa_column=Column(Text))
    extended_due: dt.date | None = Field(default=None, index=True)


class ReportRow(SQLModel, table=True):
    """A report of completion; at most one per part is open or accepted.

    `products` are the places (from 0) of the products that were ticked.
    """

    __tablename__ = "report"
    __table_args__ = (
        Index(
            "uq_report_part_id_counting",
            "part_id",
            unique=True,
            sqlite_where=text("state NOT IN ('returned', 'withdrawn')"),
            postgresql_where=text("state NOT IN ('returned', 'withdrawn')"),
        ),
    )
    id: int | None = key()
    office_id: int = office_key()
    part_id: int = Field(foreign_key="part.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    on_behalf: bool = False
    self_confirmed: bool = False
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    state: ReportState = Field(sa_type=choice(ReportState, "state"))
    submitted_at: dt.datetime = Field(sa_column=instant(nullable=False))
    decided_at: dt.datetime | None = Field(default=None, sa_column=instant())
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    reason: str | None = Field(default=None, sa_column=Column(Text))
    products: list[Any] | None = Field(default=None, sa_column=Column(JSON))
    outside_done: bool | None = None


class ReportDraftRow(SQLModel, table=True):
    """A report being put together: nothing of it counts until it is sent.

    One per part, person and purpose; one that corrects a proof names it by `replaces_id`.
    `proofs` are evidence as JSON; `outside_done` answers the question about the province's
    software. `doubtful`: something in it may bear a mark of secrecy, its maker is asked.
    `prepared_at`: a member of staff handed it to the head. `panel` is where it is shown: chat,
    message and album.
    """

    __tablename__ = "report_draft"
    __table_args__ = (UniqueConstraint("part_id", "person_id", "purpose"),)
    id: int | None = key()
    office_id: int = office_key()
    part_id: int = Field(foreign_key="part.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    purpose: DraftPurpose = Field(
        default=DraftPurpose.REPORT, sa_type=choice(DraftPurpose, "purpose")
    )
    replaces_id: int | None = Field(default=None, foreign_key="evidence.id")
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    products: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    proofs: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    outside_done: bool | None = None
    doubtful: bool = False
    prepared_at: dt.datetime | None = Field(default=None, sa_column=instant())
    panel: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    updated_at: dt.datetime = Field(sa_column=instant(nullable=False))


class EvidenceRow(SQLModel, table=True):
    """What proves a part's completion; a corrected version points to it by `replaces_id`.

    Without a report it was attached to the part before one was made. `removed_at`: it was taken
    out and counts no more. `on_behalf`: Văn phòng added it for the unit.
    """

    __tablename__ = "evidence"
    id: int | None = key()
    office_id: int = office_key()
    part_id: int = Field(foreign_key="part.id", index=True)
    report_id: int | None = Field(default=None, foreign_key="report.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    kind: EvidenceKind = Field(sa_type=choice(EvidenceKind, "kind"))
    url: str | None = Field(default=None, sa_column=Column(Text))
    number: str | None = None
    dated_on: dt.date | None = None
    place: str | None = None
    file_id: str | None = None
    file_name: str | None = None
    file_size: int | None = Field(default=None, sa_column=Column(BigInteger))
    sha256: str | None = None
    received_at: dt.datetime = Field(sa_column=instant(nullable=False))
    replaces_id: int | None = Field(default=None, foreign_key="evidence.id", unique=True)
    photo: bool = False
    on_behalf: bool = False
    removed_at: dt.datetime | None = Field(default=None, sa_column=instant())


class ExtensionRow(SQLModel, table=True):
    """A request for another date; at most one is open per part. The original date is kept.

    `counter_due` is the date that Văn phòng proposes instead; `after_due`: asked for when the due
    day had passed.
    """

    __tablename__ = "extension"
    __table_args__ = (
        Index(
            "uq_extension_part_id_open",
            "part_id",
            unique=True,
            sqlite_where=text("state IN ('requested', 'countered')"),
            postgresql_where=text("state IN ('requested', 'countered')"),
        ),
    )
    id: int | None = key()
    office_id: int = office_key()
    part_id: int = Field(foreign_key="part.id", index=True)
    requested_by: int = Field(foreign_key="person.id")
    requested_at: dt.datetime = Field(sa_column=instant(nullable=False))
    from_due: dt.date
    to_due: dt.date
    reason: str = Field(sa_column=Column(Text, nullable=False))
    state: ExtensionState = Field(sa_type=choice(ExtensionState, "state"))
    progress_before: Progress = Field(sa_type=choice(Progress, "progress_before"))
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: dt.datetime | None = Field(default=None, sa_column=instant())
    answer: str | None = Field(default=None, sa_column=Column(Text))
    counter_due: dt.date | None = None
    after_due: bool = False


class DifficultyRow(SQLModel, table=True):
    """A khó khăn, vướng mắc reported about a part; open until answered or closed."""

    __tablename__ = "difficulty"
    id: int | None = key()
    office_id: int = office_key()
    part_id: int = Field(foreign_key="part.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    text: str = Field(sa_column=Column("text", Text, nullable=False))
    raised_at: dt.datetime = Field(sa_column=instant(nullable=False))
    answer: str | None = Field(default=None, sa_column=Column(Text))
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    closed_at: dt.datetime | None = Field(default=None, sa_column=instant())
    answered_at: dt.datetime | None = Field(default=None, sa_column=instant())
    closed_by: int | None = Field(default=None, foreign_key="person.id")


class AuditRow(SQLModel, table=True):
    """Who changed what, from what to what, when. Never deleted.

    Never updated either, save that words of what is secret are struck out (`storage.secrecy`).
    `update_id` is the incoming update that asked for it; with it an act is done once. `undoes_id`
    is the entry that this one takes back.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject_subject_id", "subject", "subject_id"),)
    id: int | None = key()
    office_id: int = office_key()
    at: dt.datetime = Field(sa_column=instant(nullable=False))
    person_id: int | None = Field(default=None, foreign_key="person.id")
    act: str
    subject: str
    subject_id: int
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    after: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    update_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    undoes_id: int | None = Field(default=None, foreign_key="audit.id", unique=True, index=True)


class DialogRow(SQLModel, table=True):
    """A question the bot has asked a person in a chat and still waits for."""

    __tablename__ = "dialog"
    __table_args__ = (UniqueConstraint("telegram_chat_id", "thread_id", "person_id"),)
    id: int | None = key()
    office_id: int = office_key()
    telegram_chat_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    thread_id: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    person_id: int = Field(foreign_key="person.id")
    question: str
    subject_id: int
    value: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    asked_at: dt.datetime = Field(sa_column=instant(nullable=False))
    expires_at: dt.datetime = Field(sa_column=instant(nullable=False))


class CardMessageRow(SQLModel, table=True):
    """A message that shows an item's card: it is edited when the item changes.

    Shown to `telegram_id`; `origin` is the list it was opened from. Not `live`: the message shows
    something else by now. `audit_id` is the newest entry of the trail that it shows.
    """

    __tablename__ = "card_message"
    __table_args__ = (UniqueConstraint("telegram_chat_id", "message_id"),)
    id: int | None = key()
    office_id: int = office_key()
    telegram_chat_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    thread_id: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    message_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    telegram_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    private: bool = True
    item_id: int = Field(foreign_key="item.id", index=True, ondelete="CASCADE")
    origin: str = ""
    live: bool = True
    audit_id: int = 0
    shown_at: dt.datetime = Field(sa_column=instant(nullable=False))


class OutboxRow(SQLModel, table=True):
    """A message owed. `dedupe_key` is its identity: planning again cannot double it.

    pending -> sending (until `lease_until`) -> sent | failed | dropped; an expired lease is
    pending again. Due when `not_before` has passed. `message_ids` grows by one per message
    delivered, and `said`, until the last one is, by the digests of what it said; `uncertain`
    counts sends whose outcome nobody knows, each sent again. `payload` is what its text needs
    besides `subject_id`; ids and days, never words. `acknowledged_at`: somebody in the chat has
    said that it was received.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("dedupe_key"),
        Index(
            "ix_outbox_unsent",
            "not_before",
            sqlite_where=text("state IN ('pending', 'sending')"),
            postgresql_where=text("state IN ('pending', 'sending')"),
        ),
        Index(
            "ix_outbox_failed",
            "office_id",
            sqlite_where=text("state = 'failed'"),
            postgresql_where=text("state = 'failed'"),
        ),
        Index("ix_outbox_closed_at", "closed_at"),
    )
    id: int | None = key()
    office_id: int = office_key()
    chat_id: int = Field(foreign_key="chat.id", index=True)
    kind: OutboxKind = Field(sa_type=choice(OutboxKind, "kind"))
    dedupe_key: str
    subject_id: int | None = None
    slot_on: dt.date | None = None
    state: OutboxState = Field(default=OutboxState.PENDING, sa_type=choice(OutboxState, "state"))
    created_at: dt.datetime = Field(sa_column=instant(nullable=False))
    not_before: dt.datetime = Field(sa_column=instant(nullable=False))
    lease_until: dt.datetime | None = Field(default=None, sa_column=instant())
    attempts: int = 0
    uncertain: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    message_ids: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    said: list[Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    closed_at: dt.datetime | None = Field(default=None, sa_column=instant())
    reason: str | None = None
    payload: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    acknowledged_at: dt.datetime | None = Field(default=None, sa_column=instant())
    acknowledged_by: int | None = Field(default=None, foreign_key="person.id")


class ReminderRow(SQLModel, table=True):
    """The ledger: which part was reminded of at which step, by which message, in which chat."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("chat_id", "part_id", "due", "step"),)
    id: int | None = key()
    office_id: int = office_key()
    chat_id: int = Field(foreign_key="chat.id", index=True)
    part_id: int = Field(foreign_key="part.id", index=True)
    due: dt.date
    step: str
    outbox_id: int = Field(foreign_key="outbox.id", index=True)
    acknowledged_at: dt.datetime | None = Field(default=None, sa_column=instant())
    acknowledged_by: int | None = Field(default=None, foreign_key="person.id")


class NoticeRow(SQLModel, table=True):
    """What a message to a unit, other than a reminder, was about: an item, a unit, or both."""

    __tablename__ = "notice"
    id: int | None = key()
    office_id: int = office_key()
    outbox_id: int = Field(foreign_key="outbox.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="item.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)


class CheckInRow(SQLModel, table=True):
    """What a unit said of an ongoing duty for a quarter, named by its last day."""

    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("part_id", "quarter_on"),)
    id: int | None = key()
    office_id: int = office_key()
    part_id: int = Field(foreign_key="part.id", index=True)
    quarter_on: dt.date
    answer: Answer = Field(sa_type=choice(Answer, "answer"))
    person_id: int = Field(foreign_key="person.id")
    answered_at: dt.datetime = Field(sa_column=instant(nullable=False))


class UpdateRow(SQLModel, table=True):
    """An incoming update as it came, written before it is confirmed to Telegram.

    `body` is emptied once it was handled: no message of a citizen or an official is kept.
    `acted` is set in the transaction of the act it asked for, so that it acts once.
    """

    __tablename__ = "incoming_update"
    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    body: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    received_at: dt.datetime = Field(sa_column=instant(nullable=False))
    acted: bool = False
    handled_at: dt.datetime | None = Field(default=None, sa_column=instant())


class CalendarDayRow(SQLModel, table=True):
    """A day that differs from the rule: off or worked, with the notice it rests on."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("office_id", "day"),)
    id: int | None = key()
    office_id: int = office_key()
    day: dt.date
    working: bool
    notice: str = ""


class BriefingRow(SQLModel, table=True):
    """A week's briefing: Văn phòng's lines and what it left out, then what was sent.

    `content` is the briefing as it was sent and never changes; None while it is a draft, which was
    owed to Văn phòng at `draft_at`.
    """

    __tablename__ = "briefing"
    __table_args__ = (UniqueConstraint("office_id", "monday"),)
    id: int | None = key()
    office_id: int = office_key()
    monday: dt.date
    added: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    left_out: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    content: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    created_at: dt.datetime = Field(sa_column=instant(nullable=False))
    draft_at: dt.datetime | None = Field(default=None, sa_column=instant())
    sent_at: dt.datetime | None = Field(default=None, sa_column=instant())
    sent_by: int | None = Field(default=None, foreign_key="person.id")


class SummaryRow(SQLModel, table=True):
    """The figures of a closed reporting period, frozen: later changes do not alter them.

    A correction is a version of its own, with its reason. `figures` holds nothing but names of
    units and numbers.
    """

    __tablename__ = "summary"
    __table_args__ = (UniqueConstraint("office_id", "kind", "first", "version"),)
    id: int | None = key()
    office_id: int = office_key()
    kind: PeriodKind = Field(sa_type=choice(PeriodKind, "kind"))
    first: dt.date
    last: dt.date
    version: int = 1
    figures: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    frozen_at: dt.datetime = Field(sa_column=instant(nullable=False))
    told_at: dt.datetime | None = Field(default=None, sa_column=instant())
    person_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str | None = Field(default=None, sa_column=Column(Text))


class IndicatorValueRow(SQLModel, table=True):
    """A value of an item's indicator (chỉ tiêu) in a period; the newest version counts.

    `place` is the indicator's place among the item's; `numerator` over `denominator` where a
    fraction was given, else the value alone. Kept as text, so that no digit is lost.
    """

    __tablename__ = "indicator_value"
    __table_args__ = (UniqueConstraint("item_id", "place", "first", "version"),)
    id: int | None = key()
    office_id: int = office_key()
    item_id: int = Field(foreign_key="item.id", index=True)
    place: int = 0
    first: dt.date
    last: dt.date
    version: int = 1
    numerator: str
    denominator: str | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    at: dt.datetime = Field(sa_column=instant(nullable=False))


class BroadcastRow(SQLModel, table=True):
    """A text or file of Văn phòng's to every unit; a draft until `sent_at`."""

    __tablename__ = "broadcast"
    id: int | None = key()
    office_id: int = office_key()
    person_id: int = Field(foreign_key="person.id")
    text: str = Field(default="", sa_column=Column("text", Text, nullable=False))
    file_id: str | None = None
    file_name: str | None = None
    photo: bool = False
    created_at: dt.datetime = Field(sa_column=instant(nullable=False))
    sent_at: dt.datetime | None = Field(default=None, sa_column=instant())


class ProcessFactRow(SQLModel, table=True):
    """What the running process leaves for other commands: its pulses and the bot's name."""

    __tablename__ = "process_fact"
    name: str = Field(primary_key=True)
    value: str = ""
    at: dt.datetime = Field(sa_column=instant(nullable=False))
