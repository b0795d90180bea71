"""Read an assignment cell: who leads, who cooperates, and what is due inside the office.

"chủ trì" leads and "phối hợp" cooperates. Where nobody is said to lead, units with work of their
own do, and those that only follow up or collect cooperate; a unit that only reports to another
unit of the office cooperates, and the one that compiles and submits leads.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from bot.domain.assignment import phrases
from bot.domain.assignment.clauses import split_clauses
from bot.domain.assignment.deeds import Act, Deed, read_act, read_partners_lead
from bot.domain.assignment.dues import read_unit_deadlines
from bot.domain.assignment.names import VERB, read_mentions
from bot.domain.deadline import Period
from bot.domain.plan import Assignment, UnitRef
from bot.domain.problem import N_, Problem, problem
from bot.domain.units.registry import UnitRegistry

Role = Literal["lead", "cooperate"]
# A cell this short that names no known unit is taken for a name.
NAME_LENGTH = 60
# Letters of one cell that are read; it keeps the time bounded, whatever a file holds.
MAX_LENGTH = 10_000
CUT = N_("The assignment is longer than {limit} letters; the rest was not read.")
# What may follow units without saying what they do: "01 giải pháp", "đề nghị …".
COMPILES = re.compile(phrases.COMPILES, re.I)
LEAVES_OUT = re.compile(phrases.LEAVES_OUT, re.I)
NO_DEED = re.compile(rf"\d|(?:ngày|tháng|quý)\s|{phrases.REQUESTS}", re.I)


def read_assignment(
    text: str,
    registry: UnitRegistry,
    period: Period,
    *,
    column: Role | None = None,
    before_counts: bool = False,
) -> Assignment:
    """Return the units of a cell and their internal deadlines, with what a person must settle.

    `column` says that the cell stands in a column of leads or of cooperating units only.
    """
    text = unicodedata.normalize("NFC", text)
    too_long = len(text) > MAX_LENGTH
    text = text[:MAX_LENGTH]
    acts = read_acts(text, registry)
    clauses = [act.clause for act in acts]
    lead, cooperate = _roles(acts, column)
    if not lead and not cooperate:
        names = _plain_names(text, registry, column)
        lead, cooperate = ((), names) if column == "cooperate" else (names, ())
    deadlines, due_problems = read_unit_deadlines(
        text, clauses, period, before_counts=before_counts
    )
    owners = (unit for due in deadlines for unit in due.units)
    problems = [*_unit_problems((*lead, *cooperate, *owners), registry), *due_problems]
    problems += _not_understood(acts, column)
    problems += _not_plain(text, acts, registry)
    if too_long:
        problems.append(problem(CUT, limit=MAX_LENGTH))
    if not lead and column != "cooperate":
        problems.append(problem(N_("No leading unit could be read; choose one.")))
    return Assignment(lead, cooperate, deadlines, tuple(problems))


def read_acts(text: str, registry: UnitRegistry) -> tuple[Act, ...]:
    """Return what each clause of a cell gives its units to do, in order."""
    acts: list[Act] = []
    for clause in split_clauses(text, registry):
        acts.append(read_act(clause, acts[-1] if acts else None, registry))
        leading, plain = read_partners_lead(acts[-1], registry)
        if leading and plain:
            acts[-1] = replace(acts[-1], deed=Deed.COOPERATES)
            acts.append(Act(clause, leading, Deed.LEADS))
    return tuple(acts)


def _roles(
    acts: Sequence[Act], column: Role | None
) -> tuple[tuple[UnitRef, ...], tuple[UnitRef, ...]]:
    """Return leads and cooperating units, each in the order written and in one list only."""
    if named := _named_below(acts):
        return named, ()
    everyone = _unique(unit for act in acts for unit in (*act.units, *act.partners))
    if column == "cooperate":
        return (), everyone
    lead = _leads(acts)
    if column == "lead" and not lead:
        lead = everyone
    return lead, tuple(unit for unit in everyone if unit.name not in _names(lead))


def _leads(acts: Sequence[Act]) -> tuple[UnitRef, ...]:
    """Return the leads: who leads or works; else who submits what others report; else the rest.

    Beside a unit that is told to lead, those only named cooperate.
    """
    helping = _helping(acts)
    told = _with(acts, Deed.LEADS)
    named = () if told else (Deed.NAMED,)
    working = _with(acts, Deed.LEADS, Deed.WORKS, *named)
    leads = tuple(unit for unit in working if unit in told or unit.name not in helping)
    return leads or _leads_of_reports(acts)


def _helping(acts: Sequence[Act]) -> set[str]:
    """Return the names of those who cooperate, by word or by working with a unit that leads."""
    told = _names(_with(acts, Deed.LEADS))
    beside = (
        unit
        for act in acts
        if act.deed is not Deed.LEADS and _names(act.partners) & told
        for unit in act.units
    )
    return _names(beside) | _names(_with(acts, Deed.COOPERATES))


def _leads_of_reports(acts: Sequence[Act]) -> tuple[UnitRef, ...]:
    """Return the leads where nobody has work of his own, by the first rule that gives any.

    Who compiles or submits what others only report; who submits and does not follow up; whom a
    follow-up urges to work; who follows up; who reports; who works together with others.
    """
    following = _with(acts, Deed.FOLLOWS)
    reporting = _reporting_inside(acts)
    submitting = _with(acts, Deed.LEADS_REPORT, Deed.REPORTS, Deed.REPORTS_OPENLY)
    others = [u for u in (*submitting, *following) if u.name not in _names(reporting)]
    if reporting and others:
        return _unique(others)
    alone = tuple(unit for unit in submitting if unit.name not in _names(following))
    urged = _unique(unit for act in acts for unit in act.urged)
    partners = {unit.name for act in acts for unit in act.partners}
    joint = tuple(unit for unit in _with(acts, Deed.WITH) if unit.name not in partners)
    return alone or urged or following or submitting or reporting or joint


def _reporting_inside(acts: Sequence[Act]) -> tuple[UnitRef, ...]:
    """Return the units that only report to another one, named or not: somebody compiles then."""
    compiling = {
        unit.name
        for act in acts
        if act.deed is Deed.FOLLOWS and COMPILES.search(act.clause.predicate)
        for unit in act.units
    }
    openly = [unit for unit in _with(acts, Deed.REPORTS_OPENLY) if unit.name not in compiling]
    return _unique((*_with(acts, Deed.REPORTS_INSIDE), *(openly if compiling else ())))


def _named_below(acts: Sequence[Act]) -> tuple[UnitRef, ...]:
    """Return the units of a list announced by "các đơn vị dưới đây"; empty without one."""
    for at, act in enumerate(acts):
        if any(mention.below for mention in act.clause.subject):
            later = (unit for later in acts[at + 1 :] for unit in later.units)
            return _unique(unit for unit in later if not unit.collective)
    return ()


def _with(acts: Iterable[Act], *deeds: Deed) -> tuple[UnitRef, ...]:
    return _unique(unit for act in acts if act.deed in deeds for unit in act.units)


def _unique(units: Iterable[UnitRef]) -> tuple[UnitRef, ...]:
    """Return each unit once, by name, where it stands first."""
    first: dict[str, UnitRef] = {}
    for unit in units:
        first.setdefault(unit.name, unit)
    return tuple(first.values())


def _names(units: Iterable[UnitRef]) -> set[str]:
    """Return the names of `units`."""
    return {unit.name for unit in units}


def _plain_names(text: str, registry: UnitRegistry, column: Role | None) -> tuple[UnitRef, ...]:
    """Return the parts of a short cell as names, where no known kind of unit was found."""
    parts = [" ".join(part.split()).strip(" -+.") for part in re.split(r"[,;\n]", text)]
    parts = [part for part in parts if re.search(r"[^\W\d_]", part)]
    if not column and (len(text) > NAME_LENGTH or any(VERB.search(part) for part in parts)):
        return ()
    return _unique(registry.find(part) for part in parts if len(part) <= NAME_LENGTH)


def _not_understood(acts: Sequence[Act], column: Role | None) -> list[Problem]:
    """Return a problem for what stands after units, or among mere names, and is no deed."""
    only_names = column or not any(act.deed not in (Deed.NAMED, Deed.NOTHING) for act in acts)
    text = N_("“{text}” was not understood; check who does what.")
    problems = []
    for act in acts:
        rest = re.sub(r"\([^()]*\)", "", act.clause.predicate).strip(" ,;.:-–+")
        if not re.search(r"[^\W\d_]", rest) or VERB.match(rest) or NO_DEED.match(rest):
            continue
        if only_names if act.clause.inherited else act.deed is Deed.WORKS:
            problems.append(problem(text, text=rest))
    return problems


def _not_plain(text: str, acts: Sequence[Act], registry: UnitRegistry) -> list[Problem]:
    """Return a problem where it is doubtful who leads, and where units are left out."""
    doubtful = N_("“{text}” does not say plainly who leads; check the leading units.")
    left_out = N_("“{text}” leaves units out; check which units are meant.")
    problems = []
    for act in acts:
        leading, plain = read_partners_lead(act, registry)
        if leading and not plain:
            problems.append(problem(doubtful, text=act.clause.sentence))
    for found in LEAVES_OUT.finditer(text):
        units = read_mentions(text, found.end(), registry)
        if units.items:
            words = text[found.start() : units.end]
            problems.append(problem(left_out, text=" ".join(words.split())))
    return problems


def _unit_problems(units: Iterable[UnitRef], registry: UnitRegistry) -> list[Problem]:
    """Return a problem for each unit that no registered one is certain for."""
    problems = []
    for unit in dict.fromkeys(units):
        if unit.certain or unit.collective or not registry.units:
            continue
        if registry.is_ambiguous(unit.name):
            text = N_("“{name}” can mean several units; choose one.")
            problems.append(problem(text, name=unit.name))
        elif unit.suggestion:
            text = N_("“{name}” is not in the unit list; is it {unit} (likeness {score}%)?")
            problems.append(
                problem(text, name=unit.name, unit=unit.suggestion, score=round(unit.score or 0))
            )
        else:
            text = N_("“{name}” is not in the unit list; add it or choose the unit that is meant.")
            problems.append(problem(text, name=unit.name))
    return problems
