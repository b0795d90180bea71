"""Charts: pictures a phone shows whole, with every count and name that was given."""

import io
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from bot.reports.charts import (
    Bars,
    Cell,
    HeatMap,
    Kind,
    Series,
    Trend,
    draw_bars,
    draw_heat_map,
    draw_trend,
)

LONG = "Phòng Văn bản quy phạm pháp luật và Theo dõi thi hành pháp luật"
BARS = Bars(
    "Tình trạng theo đơn vị",
    "đến ngày 15/7/2024",
    (Kind("Đã xong", "#1B7F5C", "", True), Kind("Quá hạn", "#B42318", "//", True)),
    ((LONG, (12, 3)), ("Văn phòng", (0, 5))),
)
TREND = Trend(
    "Tỷ lệ đúng hạn",
    "",
    ("T1", "T2", "T3"),
    (Series("Hạn đã duyệt", "#174A87", "o", (97.94, None, 100.0), ("97,94%", "", "100%")),),
    ((96.0, "mức 2 điểm"),),
)
HEAT = HeatMap(
    "Hạn trong năm", "", ("T1", "T2"), (("Văn phòng", (Cell("2/3!", 1.0, True), Cell())),), 0
)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is drawn."""
    texts: list[str] = []
    for owner, at in ((Axes, 3), (Figure, 3)):
        drawn = owner.text

        def note(self: Any, *args: Any, _drawn: Any = drawn, _at: int = at, **more: Any) -> Any:
            texts.append(args[_at - 1])
            return _drawn(self, *args, **more)

        monkeypatch.setattr(owner, "text", note)
    return texts


def size(png: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(png)).size


@pytest.mark.parametrize(
    "png", [draw_bars(BARS), draw_trend(TREND), draw_heat_map(HEAT)], ids=["bars", "trend", "heat"]
)
def test_a_picture_is_as_wide_as_a_phone_and_not_blank(png: bytes) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB")

    assert picture.width == 1080
    assert len(picture.getcolors(maxcolors=1_000_000) or []) > 20


def test_more_units_make_a_taller_picture_rather_than_smaller_letters() -> None:
    many = Bars("t", "", BARS.kinds, tuple((f"Phòng {n}", (n, 1)) for n in range(20)))

    assert size(draw_bars(many))[1] > 2 * size(draw_bars(BARS))[1]


def test_every_bar_says_its_number_and_every_row_its_total(written: list[str]) -> None:
    draw_bars(BARS)

    assert {"12", "3", "15", "5"} <= set(written)


def test_an_alarm_is_a_mark_and_not_a_colour_alone(written: list[str]) -> None:
    draw_heat_map(HEAT)

    assert "2/3!" in written


def test_nothing_to_show_is_still_a_picture() -> None:
    assert size(draw_bars(Bars("t", "", BARS.kinds, ())))[0] == 1080
    assert size(draw_trend(Trend("t", "", ("T1",), ())))[0] == 1080
    assert size(draw_heat_map(HeatMap("t", "", ("T1",), ())))[0] == 1080
