"""Targets and their values in words, with a bar of text. Pure."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from html import escape

from bot.domain.indicator import Direction, Indicator
from bot.domain.indicator_value import STEPS, Entry, Value, gap, is_met, steps
from bot.domain.problem import N_
from bot.domain.windows import ReportPeriod
from bot.i18n import Translator
from bot.services.indicators import Sheet
from bot.services.messages import Outgoing
from handlers.pages import Block, paginate
from handlers.render_periods import period_name
from handlers.words import TITLE_LENGTH, clip

TARGETS = {
    Direction.AT_LEAST: N_("at least {number}"),
    Direction.AT_MOST: N_("at most {number}"),
    Direction.NONE_ALLOWED: N_("none at all"),
}
EXCLUSIVE = {
    Direction.AT_LEAST: N_("more than {number}"),
    Direction.AT_MOST: N_("less than {number}"),
}
GAPS = {
    Direction.AT_LEAST: N_("🔴 not met: {gap} short"),
    Direction.AT_MOST: N_("🔴 over the limit by {gap}"),
    Direction.NONE_ALLOWED: N_("🔴 not met: {gap} too many"),
}


TITLE = N_("Targets")


def sheet(found: Sheet, tr: Translator) -> list[Outgoing]:
    """List the targets: those whose value is missing first."""
    name = period_name(found.period, tr)
    if not found.entries:
        text = tr(N_("No item here states a target (chỉ tiêu)."))
        return [Outgoing(escape(text))]
    missing = found.missing()
    head = tr(
        N_("🎯 Targets, {period}: {entered} of {count} have a value"),
        period=name,
        entered=len(found.entries) - len(missing),
        count=len(found.entries),
    )
    blocks = [_block(one, N_("✏️ Value still missing"), tr) for one in missing]
    entered = [one for one in found.entries if one.value is not None]
    blocks += [_block(one, N_("Entered"), tr) for one in entered]
    foot = tr(
        N_("To enter or correct one: /so_lieu CODE VALUE, such as /so_lieu {code} 43"),
        code=_code((missing or found.entries)[0]),
    )
    return paginate(f"<b>{escape(head)}</b>", blocks, foot=escape(foot))


def entered(period: ReportPeriod, entry: Entry, tr: Translator) -> list[Outgoing]:
    """Read a value back."""
    said = tr(N_("Recorded for {period}"), period=period_name(period, tr))
    lines = [f"✅ <b>{escape(said)}</b>", _lines(entry, tr)]
    if entry.version > 1:
        again = tr(
            N_("A correction, version {version}; what was entered before is kept."),
            version=entry.version,
        )
        lines.append(f"<i>{escape(again)}</i>")
    return [Outgoing("\n".join(lines))]


def _block(entry: Entry, title: str, tr: Translator) -> Block:
    return Block(_lines(entry, tr), title=f"<b>{escape(tr(title))}</b>")


def _lines(entry: Entry, tr: Translator) -> str:
    target = tr(N_("target {target}"), target=_target(entry.indicator, tr))
    head = f"<b>{escape(_code(entry))}</b> {escape(clip(entry.title, TITLE_LENGTH))}"
    lines = [head, escape(target)]
    if entry.value is not None:
        lines.append(escape(standing(entry.indicator, entry.value, tr)))
    elif entry.before is not None:
        lines.append(
            escape(tr(N_("last value: {value}"), value=_number(entry.indicator, entry.before, tr)))
        )
    return "\n".join(lines)


def bars(entries: Sequence[Entry], tr: Translator) -> list[Block]:
    """Return a line for each target that has a value: for a summary or a briefing."""
    title = f"🎯 <b>{escape(tr(TITLE))}</b>"
    return [
        Block(
            f"<b>{escape(_code(entry))}</b> {escape(against(entry.indicator, entry.value, tr))}",
            title=title,
        )
        for entry in entries
        if entry.value is not None
    ]


def against(indicator: Indicator, value: Value, tr: Translator) -> str:
    """Return a value with its bar and verdict, and the target behind it."""
    return f"{standing(indicator, value, tr)} ({_target(indicator, tr)})"


def _code(entry: Entry) -> str:
    return entry.code if entry.of == 1 else f"{entry.code}#{entry.place}"


def _target(indicator: Indicator, tr: Translator) -> str:
    words = EXCLUSIVE if indicator.exclusive else TARGETS
    return tr(words[indicator.direction], number=_with_unit(indicator.number, indicator, tr))


def standing(indicator: Indicator, value: Value, tr: Translator) -> str:
    """Return a value against its target: a bar, the value, met or how far from it."""
    number = _number(indicator, value, tr)
    if is_met(indicator, value):
        verdict = tr(N_("🟢 met"))
    else:
        short = _with_unit(gap(indicator, value), indicator, tr)
        verdict = tr(GAPS[indicator.direction], gap=short)
    gone = steps(indicator, value)
    bar = "" if gone is None else f"{'▰' * gone}{'▱' * (STEPS - gone)} "
    return f"{bar}{number} · {verdict}"


def _number(indicator: Indicator, value: Value, tr: Translator) -> str:
    said = _with_unit(value.against(indicator), indicator, tr)
    if value.denominator is None:
        return said
    fraction = f"{tr.decimal(value.numerator)}/{tr.decimal(value.denominator)}"
    share = value.share()
    assert share is not None  # a fraction has one
    return f"{fraction} = {tr.decimal(_rounded(share))}%"


def _with_unit(number: Decimal, indicator: Indicator, tr: Translator) -> str:
    written = tr.decimal(_rounded(number))
    if not indicator.unit:
        return written
    return f"{written}%" if indicator.unit == "%" else f"{written} {indicator.unit}"


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)
