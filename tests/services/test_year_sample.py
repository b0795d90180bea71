"""A year of a small plan: every message of it is a reviewed file."""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.work import Part
from tests.builders import CALENDAR, day, vn
from tests.conftest import Templates
from tests.simulated_year import begin_year, transcript

DATA = Path(__file__).parents[1] / "data"
REVIEWED = DATA / "nam-2026.txt"
# What is reported weeks late, so that lateness climbs; the rest is, on its last evening.
LATE, AT_LAST = "III.2", day("2026-09-24")


def reports(part: Part, on: dt.date) -> bool:
    return part.code != LATE or on >= AT_LAST


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the host into a zone where it is still yesterday for most of a Vietnamese day."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


async def test_every_message_of_the_year_is_the_one_that_was_reviewed(
    templates: Templates, tmp_path: Path
) -> None:
    year = await begin_year(
        templates.empty,
        tmp_path,
        (DATA / "plans" / "nam-2026.txt").read_bytes(),
        (DATA / "plans" / "nam-2026-units.csv").read_text(encoding="utf-8"),
        vn("2026-01-05 08:00"),
    )

    sent = await year.live(day("2026-01-05"), day("2026-12-31"), reports)

    await year.db.close()
    (tmp_path / "said.txt").write_text(transcript(sent), encoding="utf-8")
    assert not [one for one in sent if not CALENDAR.is_working(one.at.date())]
    assert transcript(sent) == REVIEWED.read_text(encoding="utf-8"), tmp_path / "said.txt"


@pytest.mark.usefixtures("far_away")
async def test_a_host_in_another_zone_says_the_same_at_the_same_moments(
    templates: Templates, tmp_path: Path
) -> None:
    year = await begin_year(
        templates.empty,
        tmp_path,
        (DATA / "plans" / "nam-2026.txt").read_bytes(),
        (DATA / "plans" / "nam-2026-units.csv").read_text(encoding="utf-8"),
        vn("2026-01-05 08:00"),
    )

    sent = await year.live(day("2026-01-05"), day("2026-03-31"), reports)

    await year.db.close()
    assert time.localtime(0).tm_gmtoff == -5 * 3600
    assert len(sent) > 10
    assert REVIEWED.read_text(encoding="utf-8").startswith(transcript(sent).rstrip())
