"""Figures as JSON keeps them: a frozen period comes back as it was."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from bot.domain.figures import Figures, UnitTally
from bot.domain.tally import Tally


def figures_to_json(figures: Figures) -> dict[str, Any]:
    """Return figures as JSON: names of units and numbers, nothing else."""
    return {
        "first": figures.first.isoformat(),
        "last": figures.last.isoformat(),
        "judged": figures.judged.isoformat(),
        "units": [
            {"unit_id": row.unit_id, "unit": row.unit, "tally": asdict(row.tally)}
            for row in figures.units
        ],
        "parts": asdict(figures.parts),
        "items": asdict(figures.items),
        "original": asdict(figures.original),
        "overdue_days": list(figures.overdue_days),
        "plans": [[plan_id, asdict(tally)] for plan_id, tally in figures.plans],
    }


def figures_from_json(kept: dict[str, Any]) -> Figures:
    """Return the figures that `figures_to_json` has kept."""
    return Figures(
        dt.date.fromisoformat(kept["first"]),
        dt.date.fromisoformat(kept["last"]),
        dt.date.fromisoformat(kept["judged"]),
        tuple(
            UnitTally(row["unit_id"], row["unit"], Tally(**row["tally"])) for row in kept["units"]
        ),
        Tally(**kept["parts"]),
        Tally(**kept["items"]),
        Tally(**kept["original"]),
        tuple(kept["overdue_days"]),
        tuple((plan_id, Tally(**tally)) for plan_id, tally in kept.get("plans", ())),
    )
