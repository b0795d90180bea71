"""Whatever people do, in whatever order: states stay legal, the record replays, late is late."""

import datetime as dt
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot.domain.days import local_day
from bot.domain.status import DeadlineState
from bot.domain.work import CallToDecide
from bot.domain.workdays import WeekendRule
from bot.services import (
    change_flows as flows,
)
from bot.services import (
    conclusions,
    deciding,
    difficulties,
    draft_proofs,
    draft_sending,
    drafting,
    extension_answers,
    extension_decisions,
    extension_offers,
    extensions,
    handing,
    members,
    progress,
    proof_listing,
    proof_sending,
    reopening,
    settling,
    starting,
    undoing,
)
from bot.services.actor import Actor
from bot.services.drafting import Said
from bot.services.progress import Claim
from tests import trail
from tests.builders import CALENDAR
from tests.conftest import Templates
from tests.services.acting import EVERYBODY, HC, HEADS, TG, VB, VP, World

CLOSED = {"done", "dropped"}
OPEN_REQUEST = {"requested", "countered"}
FALLEN = {"returned", "withdrawn"}
OWNERS = (HC, VB, f"{TG}, {VB}", f"{HC}; phối hợp: {TG}", f"{VP}; phối hợp: {HC}, {VB}")
# The public holidays of the months in question (Bộ luật Lao động 2019, Điều 112).
OFF = {
    dt.date(2024, 4, 18),
    dt.date(2024, 4, 30),
    dt.date(2024, 5, 1),
    dt.date(2024, 9, 2),
    dt.date(2024, 9, 3),
}
OWN = None  # whoever heads the unit
places = st.integers(0, 30)
someone = st.sampled_from(EVERYBODY)
officials = st.sampled_from(("lan", "hoa", "viet"))
proofs = st.sampled_from(("", "https://e.vn/1", "12/BC-STP ngày 01/3/2024, trang 3"))


class Acts(RuleBasedStateMachine):
    """A year's acts, at random; every rule picks a row and a person who could."""

    def __init__(self, templates: Templates) -> None:
        super().__init__()
        self.templates = templates
        self.world: World

    @initialize(weekend=st.sampled_from(WeekendRule))
    def open(self, weekend: WeekendRule) -> None:
        self.world = World.open(self.templates, weekend)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.close()

    def pick(self, found: list[tuple[int, Any]], place: int) -> int | None:
        return found[place % len(found)][0] if found else None

    def awaiting(self, place: int) -> int | None:
        """Return a report that waits for Văn phòng; where none does, one is made first."""
        if not self.world.of("report", state="awaiting"):
            self.report(place, "https://e.vn/5")
        return self.pick(self.world.of("report", state="awaiting"), place)

    def part(self, place: int, *states: str) -> int | None:
        found = [one for one in self.world.of("part") if one[1]["progress"] in states]
        return self.pick(found, place)

    def head(self, part_id: int) -> str:
        return HEADS.get(self.world.unit_of(part_id), "lan")

    # --- reporting ------------------------------------------------------------------------------

    @rule(place=places, text=proofs)
    def report(self, place: int, text: str) -> None:
        part_id = self.part(place, "not_started", "in_progress", "returned", "extension_pending")
        if part_id is not None:
            self.world.do(self.head(part_id), self.reporting(part_id, text))

    @rule(place=places, who=st.sampled_from((None, None, *EVERYBODY)))
    def say_that_it_is_under_way(self, place: int, who: str | None) -> None:
        part_id, db = self.pick(self.world.of("part"), place) or 0, self.world.db
        self.world.do(
            who or self.head(part_id), lambda a, now: starting.start(db, a, part_id, now)
        )

    @rule(place=places, text=proofs, who=someone)
    def report_as_anybody(self, place: int, text: str, who: str) -> None:
        part_id = self.pick(self.world.of("part"), place)
        self.world.do(who, self.reporting(part_id or 0, text))

    def reporting(self, part_id: int, text: str) -> Any:
        return lambda actor, now: progress.report_done(
            self.world.db, actor, part_id, Claim(text), now
        )

    @rule(place=places)
    def report_with_a_prepared_draft(self, place: int) -> None:
        part_id = self.part(place, "not_started", "in_progress", "returned")
        if part_id is None or self.world.unit_of(part_id) != HC:
            return
        db, thao = self.world.db, self.world.office.persons["thao"]
        self.world.do("minh", lambda a, now: handing.hand_to(db, a, part_id, thao, now))
        ready: list[int] = []

        async def prepare(actor: Actor, now: dt.datetime) -> None:
            view = await drafting.open_draft(db, actor, part_id, now)
            await drafting.add(db, actor, view.draft.id, Said("https://e.vn/2"), now)
            ready.append(view.draft.id)

        self.world.do("thao", prepare)
        if ready:
            self.world.do("thao", lambda a, now: handing.hand_in(db, a, ready[0], now))
            self.world.do("minh", lambda a, now: draft_sending.send(db, a, ready[0], now))

    @rule(place=places, text=proofs, who=someone)
    def add_evidence(self, place: int, text: str, who: str) -> None:
        part_id, db = self.pick(self.world.of("part"), place) or 0, self.world.db

        async def add(actor: Actor, now: dt.datetime) -> None:
            view = await draft_proofs.begin_adding(db, actor, part_id, now)
            await drafting.add(db, actor, view.draft.id, Said(f"{text}{now:%M}"), now)

        async def send(actor: Actor, now: dt.datetime) -> None:
            view = await draft_proofs.begin_adding(db, actor, part_id, now)
            await proof_sending.send_proofs(db, actor, view.draft.id, now)

        if self.world.do(who, add).refused is None:
            self.world.do(who, send)

    @rule(place=places, who=someone)
    def take_evidence_out(self, place: int, who: str) -> None:
        proof_id = self.pick(self.world.of("evidence", removed_at=None), place)
        if proof_id is not None:
            self.world.do(
                who, lambda a, now: proof_listing.take_out(self.world.db, a, proof_id, now)
            )

    @rule(place=places, who=someone)
    def correct_evidence(self, place: int, who: str) -> None:
        proof_id, db = self.pick(self.world.of("evidence", removed_at=None), place), self.world.db
        if proof_id is None:
            return

        async def correct(actor: Actor, now: dt.datetime) -> None:
            view = await draft_proofs.begin_correcting(db, actor, proof_id, now)
            said = Said(f"https://e.vn/{now:%d%H%M}")
            await drafting.add(db, actor, view.draft.id, said, now)

        async def send(actor: Actor, now: dt.datetime) -> None:
            view = await draft_proofs.begin_correcting(db, actor, proof_id, now)
            await proof_sending.send_proofs(db, actor, view.draft.id, now)

        if self.world.do(who, correct).refused is None:
            self.world.do(who, send)

    @rule(place=places, who=officials, reason=st.sampled_from((None, "Thiếu trang")))
    def decide(self, place: int, who: str, reason: str | None) -> None:
        report_id = self.awaiting(place)
        if report_id is not None:
            self.world.do(who, self.deciding(report_id, reason))

    def deciding(self, report_id: int, reason: str | None) -> Any:
        return lambda a, now: deciding.decide(self.world.db, a, report_id, now, reason=reason)

    @rule(place=places, who=officials)
    def decide_any(self, place: int, who: str) -> None:
        report_id = self.pick(self.world.of("report"), place)
        if report_id is not None:
            self.world.do(who, self.deciding(report_id, None))

    @rule(place=places)
    def reopen(self, place: int) -> None:
        report_id = self.pick(self.world.of("report", state="accepted"), place)
        if report_id is not None:
            self.world.do(
                "lan",
                lambda a, now: reopening.reopen(self.world.db, a, report_id, "Nhầm việc", now),
            )

    @rule(place=places)
    def take_the_part_back_from_staff(self, place: int) -> None:
        part_id = self.part(place, "not_started", "in_progress", "returned")
        if part_id is not None:
            self.world.do(
                self.head(part_id),
                lambda a, now: handing.hand_to(self.world.db, a, part_id, 0, now),
            )

    @rule(place=places, call=st.sampled_from(CallToDecide))
    def settle(self, place: int, call: CallToDecide) -> None:
        past = {key for key, _ in self.world.of("occurrence", unsettled=True)}
        found = [one for one in self.world.of("part") if one[1]["occurrence_id"] in past]
        part_id = self.pick(found, place)
        if part_id is not None:
            self.world.do(
                "lan",
                lambda a, now: settling.settle_past(self.world.db, a, (part_id,), call, now),
            )

    # --- two at once, and twice -----------------------------------------------------------------

    @rule(place=places)
    def confirm_and_return_at_once(self, place: int) -> None:
        report_id = self.awaiting(place)
        if report_id is not None:
            told = self.world.do_together(
                ("lan", self.deciding(report_id, None)),
                ("hoa", self.deciding(report_id, "Thiếu trang")),
            )
            assert sum(one.refused is None for one in told) <= 1

    @rule(place=places)
    def two_report_at_once(self, place: int) -> None:
        part_id = self.part(place, "not_started", "in_progress", "returned")
        if part_id is not None:
            self.world.do_together(
                (self.head(part_id), self.reporting(part_id, "https://e.vn/3")),
                ("lan", self.reporting(part_id, "https://e.vn/4")),
            )

    @rule(place=places)
    def report_and_drop_at_once(self, place: int) -> None:
        part_id = self.part(place, "not_started", "in_progress", "returned")
        if part_id is not None:
            code = self.world.parts[part_id].code
            self.world.do_together(
                (self.head(part_id), self.reporting(part_id, "https://e.vn/6")),
                ("lan", self.world.changing(flows.DROP, **{"code": code, "?decision": "QĐ 9"})),
            )

    @rule()
    def the_last_update_comes_again(self) -> None:
        self.world.repeat()

    # --- other dates ----------------------------------------------------------------------------

    @rule(place=places, days=st.integers(1, 60))
    def ask_for_another_date(self, place: int, days: int) -> None:
        part_id = self.part(place, "not_started", "in_progress", "returned")
        if part_id is None:
            return
        db = self.world.db
        day = max(local_day(self.world.clock), self.due_of(part_id) or dt.date.min)
        text = f"{day + dt.timedelta(days=days):%d/%m/%Y} chờ số liệu"

        async def ask(actor: Actor, now: dt.datetime) -> None:
            await extensions.begin(db, actor, part_id, text, now)
            await extensions.send(db, actor, part_id, now)

        self.world.do(self.head(part_id), ask)

    @rule(place=places, who=officials, verdict=st.sampled_from(("approve", "reject", "offer")))
    def decide_on_another_date(self, place: int, who: str, verdict: str) -> None:
        if not self.world.of("extension", state="requested"):
            self.ask_for_another_date(place, 9)
        request_id = self.pick(self.world.of("extension", state="requested"), place)
        if request_id is None:
            return
        db = self.world.db
        asked = dt.date.fromisoformat(self.world.rows["extension", request_id]["to_due"])

        async def judge(actor: Actor, now: dt.datetime) -> None:
            if verdict == "approve":
                await extension_decisions.approve(db, actor, request_id, now)
            elif verdict == "reject":
                await extension_decisions.reject(db, actor, request_id, "Không cần", now)
            else:
                text = f"{asked + dt.timedelta(days=3):%d/%m/%Y}"
                await extension_offers.type_offer(db, actor, request_id, text, now)
                await extension_offers.offer(db, actor, request_id, now)

        self.world.do(who, judge)

    @rule(place=places, accepts=st.booleans())
    def answer_to_a_date(self, place: int, accepts: bool) -> None:
        found = [o for o in self.world.of("extension") if o[1]["state"] in OPEN_REQUEST]
        request_id = self.pick(found, place)
        if request_id is None:
            return
        row = self.world.rows["extension", request_id]
        day = dt.date.fromisoformat(row["counter_due"] or "2024-05-05")
        answer = extension_answers.accept if accepts else extension_answers.decline
        db, head = self.world.db, self.head(row["part_id"])
        if row["state"] == "requested" and not accepts:
            self.world.do(head, lambda a, now: extension_answers.withdraw(db, a, request_id, now))
        else:
            self.world.do(head, lambda a, now: answer(db, a, request_id, day, now))

    @rule(place=places, who=officials, how=st.sampled_from(("grant", "take_back", "again")))
    def think_better_of_a_proposal(self, place: int, who: str, how: str) -> None:
        found = self.world.of("extension", state="countered")
        request_id = self.pick(found, place)
        if request_id is None:
            return
        db = self.world.db
        day = dt.date.fromisoformat(self.world.rows["extension", request_id]["counter_due"])

        async def change(actor: Actor, now: dt.datetime) -> None:
            if how == "grant":
                await extension_offers.grant_asked(db, actor, request_id, day, now)
            elif how == "take_back":
                await extension_offers.take_back(db, actor, request_id, day, now)
            else:
                await extension_offers.ask_again(db, actor, request_id, day, now)
                text = f"{day + dt.timedelta(days=2):%d/%m/%Y}"
                await extension_offers.type_offer(db, actor, request_id, text, now)
                await extension_offers.offer(db, actor, request_id, now)

        self.world.do(who, change)

    # --- difficulties ---------------------------------------------------------------------------

    @rule(place=places)
    def raise_a_difficulty(self, place: int) -> None:
        part_id = self.pick(self.world.of("part"), place) or 0
        self.world.do(
            self.head(part_id),
            lambda a, now: difficulties.raise_difficulty(
                self.world.db, a, part_id, "Thiếu người", now
            ),
        )

    @rule(place=places, who=someone, closes=st.booleans())
    def deal_with_a_difficulty(self, place: int, who: str, closes: bool) -> None:
        if not self.world.of("difficulty", closed_at=None, answered_at=None):
            self.raise_a_difficulty(place)
        key = self.pick(self.world.of("difficulty"), place)
        if key is None:
            return
        db = self.world.db

        async def deal(actor: Actor, now: dt.datetime) -> None:
            if closes:
                await difficulties.close(db, actor, key, now)
            else:
                await difficulties.answer(db, actor, key, "Đã bố trí", now)

        self.world.do(who, deal)

    # --- the plan itself ------------------------------------------------------------------------

    @rule(days=st.integers(-5, 20))
    def start_the_event(self, days: int) -> None:
        day = local_day(self.world.clock) + dt.timedelta(days=days)
        self.world.change("lan", flows.EVENT, **{"code": "I.3", "?day": f"{day:%d/%m/%Y}"})

    @rule(days=st.integers(1, 40), code=st.sampled_from(("I.5", "I.1")))
    def set_a_date(self, days: int, code: str) -> None:
        day = local_day(self.world.clock) + dt.timedelta(days=days)
        self.world.change("lan", flows.DATE, **{"code": code, "?day": f"{day:%d/%m/%Y}"})

    def code(self, place: int) -> str:
        found = self.world.of("item")
        return str(found[place % len(found)][1]["code"])

    @rule(place=places, names=st.sampled_from(OWNERS))
    def assign(self, place: int, names: str) -> None:
        self.world.change("hoa", flows.OWNERS, **{"code": self.code(place), "?units": names})

    @rule(place=places, field=st.sampled_from(("title", "product")))
    def edit(self, place: int, field: str) -> None:
        words = {"field": field, "?value": f"Viết lại lúc {self.world.clock:%H:%M}"}
        self.world.change("lan", flows.EDIT, **{"code": self.code(place), **words})

    @rule(place=places, sure=st.sampled_from((True, False, False)))
    def flag_as_secret(self, place: int, sure: bool) -> None:
        if sure:
            self.world.change("lan", flows.EDIT, code=self.code(place), field="secret")

    @rule(place=places, who=st.sampled_from(("lan", "minh")))
    def drop(self, place: int, who: str) -> None:
        words = {"code": self.code(place), "?decision": "QĐ 12/QĐ-STP"}
        self.world.change(who, flows.DROP, **words)

    @rule(days=st.integers(1, 90), names=st.sampled_from(OWNERS))
    def add_an_item(self, days: int, names: str) -> None:
        day = local_day(self.world.clock) + dt.timedelta(days=days)
        said = {"title": "Việc mới", "product": "Báo cáo", "source": "QĐ 5/QĐ-STP"}
        said |= {"deadline": f"{day:%d/%m/%Y}", "units": names}
        self.world.change("lan", flows.ADD, **{f"?{name}": text for name, text in said.items()})

    @rule(old=st.sampled_from(("TG", "VB")), new=st.sampled_from(("VB", "HC", "VP")))
    def merge_units(self, old: str, new: str) -> None:
        self.world.change("lan", flows.UNIT_MERGE, **{"?unit": old, "?into": new})

    @rule(days=st.integers(1, 60), names=st.sampled_from(("HC", "VB", "HC, VB")))
    def conclude(self, days: int, names: str) -> None:
        db, today = self.world.db, local_day(self.world.clock)
        day = f"{today + dt.timedelta(days=days):%d/%m/%Y}"
        text = f"Rà soát hồ sơ – {names} – {day}\nLập danh mục – VB"

        async def give(actor: Actor, now: dt.datetime) -> None:
            found = await conclusions.look(db, actor, text, now)
            await conclusions.give(db, actor, found.mark, now)

        self.world.do("lan", give)

    @rule(sure=st.sampled_from((True, *(False,) * 9)), fate=st.sampled_from(("carry", "drop")))
    def close_the_plan(self, sure: bool, fate: str) -> None:
        if sure:
            self.world.change("lan", flows.CLOSE, fate=fate)

    # --- roles ----------------------------------------------------------------------------------

    @rule(place=places, who=st.sampled_from(("lan", "hoa", "minh")))
    def end_a_role(self, place: int, who: str) -> None:
        people = {self.world.office.persons[name] for name in ("thao", "dung", "tam", "viet")}
        found = [one for one in self.world.of("role_grant") if one[1]["person_id"] in people]
        grant_id = self.pick(found, place)
        if grant_id is not None:
            self.world.do(who, lambda a, now: members.end_role(self.world.db, a, grant_id, now))

    @rule(who=st.sampled_from(("minh", "dung", "tam", "viet", "thao")), to=someone)
    def name_a_stand_in(self, who: str, to: str) -> None:
        today = local_day(self.world.clock)
        until = today + dt.timedelta(days=5)
        days = f"{today:%d/%m/%Y} > {until:%d/%m/%Y}"
        self.world.change(who, flows.STAND_IN, **{"?who": to, "?days": days})

    @rule(
        who=st.sampled_from(("lan", "hoa", "viet")),
        to=st.sampled_from(("thao", "dung", "tam", "viet", "hoa")),
        role=st.sampled_from(("staff", "head", "leader")),
        unit=st.sampled_from((HC, VB, TG)),
    )
    def give_a_role(self, who: str, to: str, role: str, unit: str) -> None:
        office = self.world.office
        asked = {"person": office.persons[to], "role": role, "unit": office.units[unit]}
        self.world.change(who, flows.ROLE, **asked)

    @rule(unit=st.sampled_from((HC, VB, TG)), to=st.sampled_from(("thao", "dung", "tam")))
    def change_a_head(self, unit: str, to: str) -> None:
        asked = {"unit": self.world.office.units[unit], "?who": to}
        self.world.change("lan", flows.UNIT_HEAD, **asked)

    @rule(unit=st.sampled_from(("VB", "TG")), days=st.sampled_from((0, 3, 30)))
    def end_a_unit(self, unit: str, days: int) -> None:
        last = local_day(self.world.clock) + dt.timedelta(days=days)
        self.world.change("lan", flows.UNIT_END, **{"?unit": unit, "?last": f"{last:%d/%m/%Y}"})

    @rule(unit=st.sampled_from((HC, VB)), to=st.sampled_from(("thao", "dung", "tam")))
    def name_a_stand_in_for_a_head(self, unit: str, to: str) -> None:
        days = "hôm nay đến thứ sáu tuần sau"
        asked = {"unit": self.world.office.units[unit], "?who": to, "?days": days}
        self.world.change("lan", flows.UNIT_STAND_IN, **asked)

    # --- taking back, and time ------------------------------------------------------------------

    @rule(who=someone)
    def undo(self, who: str) -> None:
        db = self.world.db

        async def take_back(actor: Actor, now: dt.datetime) -> None:
            found = await undoing.last_act(db, actor, now)
            if found is not None:
                await undoing.undo(db, actor, found.key, now)

        self.world.do(who, take_back)

    @rule(hours=st.sampled_from((1, 9, 24, 72, 240)))
    def time_passes(self, hours: int) -> None:
        self.world.clock += dt.timedelta(hours=hours)

    # --- what always holds ----------------------------------------------------------------------

    def due_of(self, part_id: int) -> dt.date | None:
        row = self.world.rows["part", part_id]
        text = row["extended_due"] or self.world.rows["occurrence", row["occurrence_id"]]["due"]
        return dt.date.fromisoformat(text) if text else None

    @invariant()
    def the_record_replays_to_the_present(self) -> None:
        assert trail.disagreements(self.world.replayed, (), self.world.rows) == []

    @invariant()
    def states_are_legal(self) -> None:
        for part_id, part in self.world.of("part"):
            self.check_part(part_id, part)
        for _, row in self.world.of("difficulty"):
            assert (row["answered_at"] is None) == (row["answer"] is None)

    def check_part(self, part_id: int, part: dict[str, Any]) -> None:
        about = (part_id, part)
        reports = [row for _, row in self.world.of("report", part_id=part_id)]
        standing = [row for row in reports if row["state"] not in FALLEN]
        asked = [row for _, row in self.world.of("extension", part_id=part_id)]
        waiting = [row for row in asked if row["state"] in OPEN_REQUEST]
        occurrence = self.world.rows["occurrence", part["occurrence_id"]]
        deadline = self.world.rows["deadline", occurrence["deadline_id"]]
        state = part["progress"]
        assert len(standing) <= 1, about
        assert (state == "awaiting_confirmation") == (
            [row["state"] for row in standing] == ["awaiting"]
        ), about
        assert (state == "extension_pending") == (len(waiting) == 1), about
        if standing:
            assert part["submitted_at"] == standing[0]["submitted_at"], about
        else:
            assert part["submitted_at"] is None, about
        if state == "done":
            assert standing or part["decision"], about
        if standing and standing[0]["state"] == "accepted":
            assert state == "done", about
            assert standing[0]["self_confirmed"] or self.proven(part_id), about
        if state == "dropped":
            assert part["decision"], about
        if state == "waiting_event":
            assert (deadline["kind"], occurrence["event_on"]) == ("relative", None), about
        granted = [r["counter_due"] or r["to_due"] for r in asked if r["state"] == "approved"]
        assert part["extended_due"] == (granted[-1] if granted else None), about

    def proven(self, part_id: int) -> bool:
        replaced = {row["replaces_id"] for _, row in self.world.of("evidence")}
        fallen = {key for key, row in self.world.of("report") if row["state"] in FALLEN}
        return any(
            key not in replaced and row["removed_at"] is None and row["report_id"] not in fallen
            for key, row in self.world.of("evidence", part_id=part_id)
        )

    @invariant()
    def who_prepares_a_part_was_never_removed_from_its_unit(self) -> None:
        today = local_day(self.world.clock).isoformat()
        for _, part in self.world.of("part"):
            if part["assignee_id"] is not None and part["progress"] not in CLOSED:
                grants = self.world.of(
                    "role_grant", person_id=part["assignee_id"], unit_id=part["unit_id"]
                )
                ended = [row["valid_to"] for _, row in grants if row["stands_in_for"] is None]
                assert not ended or any(last is None or last >= today for last in ended)

    @invariant()
    def an_occurrence_is_closed_when_all_its_leads_are(self) -> None:
        for part in self.world.parts.values():
            leads = [
                row
                for _, row in self.world.of("part", occurrence_id=part.occurrence_id)
                if row["duty"] != "cooperate"
            ]
            assert part.leads_open == any(row["progress"] not in CLOSED for row in leads)

    @invariant()
    def late_is_who_reported_after_the_day_that_counts(self) -> None:
        today = local_day(self.world.clock)
        for part_id, part in self.world.parts.items():
            row = self.world.rows["part", part_id]
            last = self.last_day_in_time(part_id)
            shown = part.standing(today, CALENDAR).state
            accepted = self.world.of("report", part_id=part_id, state="accepted")
            if last is None:
                assert shown is DeadlineState.NO_DEADLINE
            elif accepted:
                at = dt.datetime.fromisoformat(accepted[0][1]["submitted_at"])
                day = (at + dt.timedelta(hours=7)).date()
                assert (shown is DeadlineState.LATE) == (day > last), (part, day, last)
            elif row["progress"] not in {*CLOSED, "awaiting_confirmation"}:
                assert (shown is DeadlineState.OVERDUE) == (today > last), (part, last)
            else:
                assert not part.overdue(today, CALENDAR)

    def last_day_in_time(self, part_id: int) -> dt.date | None:
        """Return hạn tính: hạn ghi, or the end of the next working day if the plan says so."""
        day = self.due_of(part_id)
        row = self.world.rows["part", part_id]
        before = self.world.rows["occurrence", row["occurrence_id"]]["before"]
        before = before and row["extended_due"] is None
        if day is None or before or self.world.weekend is WeekendRule.NONE:
            return day
        while day.weekday() >= 5 or day in OFF:
            day += dt.timedelta(days=1)
        return day


def test_states_stay_legal_and_the_record_replays_whatever_is_done(templates: Templates) -> None:
    steady = settings.get_current_profile_name() == "steady"
    run_state_machine_as_test(
        lambda: Acts(templates),
        settings=settings(
            max_examples=15 if steady else settings().max_examples,
            stateful_step_count=50,
            derandomize=steady,
            database=None if steady else settings().database,
            suppress_health_check=list(HealthCheck),
        ),
    )
