"""Charts as PNG, made for a phone: upright, large letters, numbers written out.

Colour never speaks alone: every kind of bar has a hatching and its number, every alarm a mark.
Knows no language: all words come in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reports.chart_page import ALARM, GRID, INK, PALE, finished, new_page, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A number stands in its bar from this share of the longest bar on, else it is left to the total.
ROOM_FOR_NUMBER = 0.045


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of bar: its words, fill and hatching."""

    label: str
    colour: str
    hatch: str = ""
    light_ink: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of counts lying one under another; each row has a name and one count per kind."""

    title: str
    subtitle: str
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A line over the periods: values in percent (None: no rate) and the words at each point."""

    label: str
    colour: str
    marker: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """Rates over periods, oldest first; `levels` are (percent, words) drawn across."""

    title: str
    subtitle: str
    periods: tuple[str, ...]
    series: tuple[Series, ...]
    levels: tuple[tuple[float, str], ...] = ()
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of a heat map: its words, its weight from 0 to 1, and whether it alarms."""

    text: str = ""
    weight: float = 0.0
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Rows of cells, one per column; `here` is the place of the present column, None: outside."""

    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    here: int | None = None
    foot: str = ""


def draw_bars(chart: Bars) -> bytes:
    """Return the bars as PNG."""
    figure, axes = new_page(1.9 + 0.62 * max(1, len(chart.rows)), chart.title, chart.subtitle)
    longest = max((sum(counts) for _, counts in chart.rows), default=0) or 1
    for place, kind in enumerate(chart.kinds):
        starts = [sum(counts[:place]) for _, counts in chart.rows]
        axes.barh(
            range(len(chart.rows)),
            [counts[place] for _, counts in chart.rows],
            left=starts,
            height=0.66,
            color=kind.colour,
            hatch=kind.hatch,
            edgecolor="white",
            linewidth=0.8,
            label=kind.label,
        )
        for row, (_, counts) in enumerate(chart.rows):
            if counts[place] / longest >= ROOM_FOR_NUMBER:
                _number(axes, starts[row] + counts[place] / 2, row, counts[place], kind)
    for row, (_, counts) in enumerate(chart.rows):
        axes.text(
            sum(counts) + longest * 0.015,
            row,
            str(sum(counts)),
            va="center",
            fontsize=12,
            fontweight="bold",
            color=INK,
        )
    axes.set_yticks(range(len(chart.rows)), [wrapped(name) for name, _ in chart.rows])
    axes.set_ylim(len(chart.rows) - 0.45, -0.55)
    axes.set_xlim(0, longest * 1.09)
    axes.xaxis.set_visible(False)
    axes.tick_params(axis="y", labelsize=11.5, length=0, labelcolor=INK)
    return finished(figure, axes, chart.foot, columns=2)


def draw_trend(chart: Trend) -> bytes:
    """Return the lines as PNG."""
    figure, axes = new_page(5.2, chart.title, chart.subtitle)
    known = [v for line in chart.series for v in line.values if v is not None]
    lowest = min([*known, *(level for level, _ in chart.levels), 100.0])
    floor = max(0.0, lowest - max(2.0, (100 - lowest) * 0.25))
    for level, words in chart.levels:
        axes.axhline(level, color=PALE, linewidth=1.4, linestyle=":", label=words)
    for order, line in enumerate(chart.series):
        points = [(at, v) for at, v in enumerate(line.values) if v is not None]
        axes.plot(
            [at for at, _ in points],
            [v for _, v in points],
            color=line.colour,
            marker=line.marker,
            markersize=9,
            linewidth=2.4,
            linestyle="--" if line.dashed else "-",
            label=line.label,
        )
        for at, value in points:
            axes.annotate(
                line.texts[at],
                (at, value),
                xytext=(0, 11 if order == 0 else -19),
                textcoords="offset points",
                ha="center",
                fontsize=11,
                fontweight="bold" if order == 0 else "normal",
                color=line.colour,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
            )
    axes.set_xticks(range(len(chart.periods)), chart.periods)
    axes.set_xlim(-0.5, len(chart.periods) - 0.5)
    axes.set_ylim(floor, 100 + (100 - floor) * 0.14)
    axes.set_yticks([tick for tick in axes.get_yticks() if floor <= tick <= 100])
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}%")
    axes.grid(axis="y", color=GRID)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=11.5, length=0, labelcolor=INK)
    return finished(figure, axes, chart.foot, columns=1)


def draw_heat_map(chart: HeatMap) -> bytes:
    """Return the squares as PNG."""
    from matplotlib.patches import Rectangle

    count = len(chart.rows)
    figure, axes = new_page(1.6 + 0.58 * max(1, count), chart.title, chart.subtitle)
    for row, (_, cells) in enumerate(chart.rows):
        for column, cell in enumerate(cells):
            shade = _shade(cell.weight)
            axes.add_patch(
                Rectangle(
                    (column - 0.46, row - 0.44),
                    0.92,
                    0.88,
                    facecolor=shade,
                    edgecolor=ALARM if cell.alarm else GRID,
                    linewidth=2.4 if cell.alarm else 0.8,
                )
            )
            axes.text(
                column,
                row,
                cell.text,
                ha="center",
                va="center",
                fontsize=10.5,
                fontweight="bold" if cell.alarm else "normal",
                color="white" if cell.weight > 0.62 else (ALARM if cell.alarm else INK),
            )
    if chart.here is not None:
        axes.add_patch(
            Rectangle(
                (chart.here - 0.5, -0.52),
                1,
                count + 0.04,
                fill=False,
                edgecolor=INK,
                linewidth=1.6,
            )
        )
    axes.set_xticks(range(len(chart.columns)), chart.columns)
    axes.xaxis.tick_top()
    axes.set_yticks(range(count), [wrapped(name) for name, _ in chart.rows])
    axes.set_xlim(-0.55, len(chart.columns) - 0.45)
    axes.set_ylim(count - 0.4, -0.6)
    axes.tick_params(labelsize=11, length=0, labelcolor=INK)
    return finished(figure, axes, chart.foot, columns=0)


def _shade(weight: float) -> tuple[float, float, float]:
    """Return a blue that deepens with `weight`; white for 0."""
    deep = (0.09, 0.29, 0.53)
    share = 0.0 if weight <= 0 else 0.12 + 0.88 * min(1.0, weight)
    red, green, blue = (1 - share * (1 - part) for part in deep)
    return red, green, blue


def _number(axes: Axes, x: float, y: float, count: int, kind: Kind) -> None:
    axes.text(
        x,
        y,
        str(count),
        ha="center",
        va="center",
        fontsize=11,
        fontweight="bold",
        color="white" if kind.light_ink else INK,
        bbox={"facecolor": kind.colour, "edgecolor": "none", "pad": 1.2} if kind.hatch else None,
    )
