"""The page a chart is drawn on: its heading, legend and foot.

The chart library is imported here and in `bot.reports.charts` only, when a chart is drawn.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH_INCHES, DPI = 7.2, 150  # 1080 pixels across, as wide as phones show
INK, PALE, GRID, ALARM = "#1F2933", "#52606D", "#D9E2EC", "#B42318"
FONT = "DejaVu Sans"  # comes with the library and has every Vietnamese letter
NAME_LETTERS, TITLE_LETTERS = 24, 46


def new_page(height: float, title: str, subtitle: str) -> tuple[Figure, Axes]:
    """Return an empty page, `height` inches beside its heading, and where to draw on it."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    mpl.rcParams["font.family"] = FONT
    mpl.rcParams["hatch.linewidth"] = 0.7
    head = textwrap.wrap(title, TITLE_LETTERS) or [""]
    figure = Figure(figsize=(WIDTH_INCHES, height + 0.3 * len(head) + 0.6), dpi=DPI)
    FigureCanvasAgg(figure)
    figure.set_facecolor("white")
    axes = figure.add_subplot()
    for side in axes.spines.values():
        side.set_visible(False)
    words = [*head, *textwrap.wrap(subtitle, TITLE_LETTERS + 18)]
    for number, line in enumerate(words):
        strong = number < len(head)
        figure.text(
            0.03,
            1 - (0.27 + 0.29 * number) / figure.get_figheight(),
            line,
            fontsize=15.5 if strong else 11.5,
            fontweight="bold" if strong else "normal",
            color=INK if strong else PALE,
            va="center",
        )
    figure.subplots_adjust(top=1 - (0.42 + 0.29 * len(words)) / figure.get_figheight())
    return figure, axes


def finished(figure: Figure, axes: Axes, foot: str, *, columns: int) -> bytes:
    """Return the page as PNG, with its legend in `columns` (0: none) and its foot."""
    height = figure.get_figheight()
    lines = textwrap.wrap(foot, TITLE_LETTERS + 26)
    handles, labels = axes.get_legend_handles_labels() if columns else ([], [])
    rows = -(-len(labels) // columns) if labels else 0
    below = 0.14 + 0.22 * len(lines) + 0.27 * rows
    if labels:
        figure.legend(
            handles,
            labels,
            ncols=columns,
            loc="lower left",
            bbox_to_anchor=(0.02, (0.1 + 0.22 * len(lines)) / height),
            frameon=False,
            fontsize=11,
            handlelength=1.9,
            labelcolor=INK,
        )
    for number, line in enumerate(reversed(lines)):
        figure.text(0.03, (0.12 + 0.22 * number) / height, line, fontsize=10, color=PALE)
    ticks = axes.yaxis.get_visible() and any(t.get_text() for t in axes.get_yticklabels())
    names = [label.get_text() for label in axes.get_yticklabels()] if ticks else [""]
    widest = max((len(line) for name in names for line in name.split("\n")), default=0)
    figure.subplots_adjust(
        left=min(0.36, 0.045 + widest * 0.0128),
        right=0.975,
        bottom=(below + (0.35 if axes.xaxis.get_visible() and columns else 0.1)) / height,
    )
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=DPI)
    return data.getvalue()


def wrapped(name: str) -> str:
    """Return a name on two lines at the most."""
    return "\n".join(_clipped(textwrap.wrap(name, NAME_LETTERS), 2))


def _clipped(lines: Sequence[str], most: int) -> list[str]:
    shown = list(lines[:most])
    if len(lines) > most:
        shown[-1] = shown[-1][: NAME_LETTERS - 1].rstrip() + "…"
    return shown
