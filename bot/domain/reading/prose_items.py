"""Choose the tasks out of a plan's tree: which paragraphs are items, and what their codes are."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from bot.domain.problem import N_, Problem, problem
from bot.domain.reading.prose_lines import Level
from bot.domain.reading.prose_phrases import (
    AIMS_PART,
    BASIS,
    INNER_OTHER,
    OTHER_PART,
    TASK_PART,
)
from bot.domain.reading.prose_tree import Attributes, Node, attributes_of, inline_attributes
from bot.domain.units.text import bare

INNER_HEADING_LENGTH = 60
SHOWN_LENGTH = 80


@dataclass(frozen=True, slots=True)
class ProseTask:
    """One item of a plan without a table, its attributes by column ("Thời gian: …")."""

    code: str
    section: str
    text: str
    attributes: Attributes
    numbered: bool
    bare: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the plan a heading's paragraphs stand."""

    part: str = ""
    code: str = ""
    section: str = ""
    tasks: bool = False
    attributes: Attributes = field(default_factory=dict)


@dataclass(slots=True)
class Choice:
    """The tasks found, the paragraphs passed over, and the parts that say how to carry it out."""

    tasks: list[ProseTask] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    others: list[Node] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def choose_tasks(root: Node) -> Choice:
    """Return the items of every part of tasks; where no heading says so, of every part of work."""
    choice = _choose(root, everywhere=False)
    return choice if choice.tasks else _choose(root, everywhere=True)


def _choose(root: Node, *, everywhere: bool) -> Choice:
    choice = Choice()
    for part in root.members:
        before = len(choice.tasks)
        numbered = part.level < Level.LEAD_IN
        if numbered:
            _place_node(part, Place(tasks=everywhere), choice)
        _drop_bare(choice, before, keep=not everywhere)
    return choice


def _drop_bare(choice: Choice, start: int, *, keep: bool) -> None:
    """Leave out the paragraphs without a number in a part whose tasks are numbered."""
    found = choice.tasks[start:]
    plain = [task for task in found if task.bare]
    if keep and sum(task.numbered for task in found) <= len(plain):
        return
    choice.tasks[start:] = [task for task in found if not task.bare]
    choice.problems += [_passed_over(task.text, task.section) for task in plain]


def _passed_over(text: str, section: str) -> Problem:
    words = text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"
    return problem(
        N_(
            "The paragraph “{words}” under {section} has no number and was not taken as an item;"
            " check it."
        ),
        words=words,
        section=section,
    )


def _holds_tasks(node: Node, inherited: bool) -> bool:
    """Tell whether the paragraphs under a heading are tasks, by its words or its parent's."""
    folded = bare(node.text).strip(" .:")
    top = node.level <= Level.ARABIC and not inherited
    if re.match(BASIS, folded):
        return False
    if node.members and len(folded) <= INNER_HEADING_LENGTH and re.match(INNER_OTHER, folded):
        return bool(re.search(TASK_PART, folded)) and not re.match(OTHER_PART, folded)
    if inherited and (node.level > Level.ROMAN):
        return True
    if re.match(OTHER_PART, folded):
        return False
    if top and node.members and re.search(TASK_PART, folded) and node.is_heading:
        return True
    return inherited and not re.match(AIMS_PART, folded)


def _place_node(node: Node, place: Place, choice: Choice) -> None:
    """Take a numbered node as a heading, whose members are placed, or as an item."""
    code = _code(node, place, choice)
    part = code if node.level <= Level.ROMAN else place.part
    tasks = _holds_tasks(node, place.tasks)
    heading = node.is_heading or node.level <= Level.ROMAN
    if not heading:
        if tasks and place.tasks:
            _add_item(node, code, place, choice)
        return
    if not tasks and node.level <= Level.ARABIC:
        choice.others.append(node)
    titled = node.level <= Level.ARABIC
    section = f"{code}. {node.text.rstrip(' :')}" if titled else place.section
    inner = Place(part, code, section, tasks, place.attributes)
    _place_members(node, inner, choice)


def _code(node: Node, place: Place, choice: Choice) -> str:
    """Return the code of a node: headings' own numbers, and counting where there is none."""
    number = node.line.number
    if node.level in (Level.BARE, Level.BULLET, Level.PLUS):
        choice.counts[place.code] += 1
        number = str(choice.counts[place.code])
    above = place.part if Level.ARABIC <= node.level < Level.LETTER else place.code
    return f"{above}.{number}" if above else number


def _place_members(node: Node, place: Place, choice: Choice) -> None:
    """Place what stands under a heading, attribute lines with the items they belong to."""
    own, by_member = _shared_attributes(node)
    place = replace(place, attributes={**place.attributes, **own})
    members = _continued(node.members) if place.tasks else node.members
    marked = any(child.level not in (Level.BARE, Level.LEAD_IN) for child in members)
    for child in members:
        here = replace(place, attributes={**place.attributes, **by_member.get(id(child), {})})
        if child.level == Level.LEAD_IN:
            _place_members(child, here, choice)
        elif child.level == Level.BARE and marked:
            if place.tasks:
                choice.problems.append(_passed_over(child.text, place.section))
        elif child.level < Level.LEAD_IN or child.is_heading:
            _place_node(child, here, choice)
        elif place.tasks:
            _add_item(child, _code(child, here, choice), here, choice)


def _continued(members: list[Node]) -> list[Node]:
    """Return members with a paragraph after a marked one taken into it."""
    kept: list[Node] = []
    for child in members:
        after_marked = kept and kept[-1].level in (Level.BULLET, Level.PLUS)
        if child.level == Level.BARE and after_marked:
            kept[-1].children.append(child)
        else:
            kept.append(child)
    return kept


def _shared_attributes(node: Node) -> tuple[Attributes, dict[int, Attributes]]:
    """Return the attributes of all under a heading, and those of single members by their id.

    One group of lines before or after the members is for all; otherwise each group belongs to the
    member it follows.
    """
    groups: list[tuple[Node | None, list[Node]]] = [(None, [])]
    for child in node.children:
        if child.attribute is None:
            groups.append((child, []))
        else:
            groups[-1][1].append(child)
    filled = [group for group in groups if group[1]]
    if len(filled) == 1 and filled[0] in (groups[0], groups[-1]):
        return attributes_of(filled[0][1]), {}
    own = attributes_of(groups[0][1])
    return own, {id(child): attributes_of(lines) for child, lines in filled if child is not None}


def _add_item(node: Node, code: str, place: Place, choice: Choice) -> None:
    text = node.whole_text()
    own = attributes_of(node.children)
    attributes = {**place.attributes, **inline_attributes(text), **own}
    task = ProseTask(
        code=code,
        section=place.section,
        text=text,
        attributes=attributes,
        numbered=node.level < Level.LEAD_IN,
        bare=node.level == Level.BARE,
    )
    choice.tasks.append(task)
