import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.plan import Unit
from bot.domain.units.list import read_units_csv
from bot.domain.units.registry import UnitRegistry

OFFICE = "Văn phòng"
ADMIN = "Phòng Hành chính tư pháp"
INSPECTION = "Phòng Thanh tra – Bổ trợ tư pháp"
LAWS = "Phòng Văn bản quy phạm pháp luật và Theo dõi thi hành pháp luật"
NOTARY = "Phòng Công chứng số 1"
AID = "Trung tâm Trợ giúp pháp lý nhà nước"
REGISTRY = UnitRegistry(
    (
        Unit(OFFICE, "VP", ("Bộ phận Một cửa", "Kế toán trưởng")),
        Unit(ADMIN, "HCTP"),
        Unit(INSPECTION, "TT-BTTP"),
        Unit(LAWS, "VBQPPL-TDTHPL"),
        Unit("Phòng Phổ biến, giáo dục pháp luật", "PBGDPL"),
        Unit(AID, "TGPL"),
        Unit("Trung tâm Dịch vụ đấu giá tài sản", "ĐGTS"),
        Unit(NOTARY, "PCC1"),
    )
)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("Văn phòng", OFFICE),
        ("VĂN PHÒNG", OFFICE),
        ("Văn phòng Sở", OFFICE),
        ("VP", OFFICE),
        ("bộ phận một cửa", OFFICE),
        ("Phòng HCTP", ADMIN),
        ("P. HCTP", ADMIN),
        ("P.HCTP", ADMIN),
        ("Phòng HC-TP", ADMIN),
        ("phòng Hành chính Tư pháp", ADMIN),
        ("Hành chính tư pháp", ADMIN),
        ("Phong Hanh chinh tu phap", ADMIN),
        ("Phòng Hành chính tư pháp thuộc Sở", ADMIN),
        ("TT-BTTP", INSPECTION),
        ("Phòng TT - BTTP", INSPECTION),
        ("Thanh tra – BTTP", INSPECTION),
        ("Phòng Thanh tra-Bổ trợ tư pháp", INSPECTION),
        ("Phòng Thanh tra và Bổ trợ tư pháp", INSPECTION),
        ("Phòng Văn bản QPPL và TDTHPL", LAWS),
        ("Phòng Văn bản và TDTHPL", LAWS),
        ("Phòng VBQPPL&TDTHPL", LAWS),
        ("Phòng TDTHPL", LAWS),
        ("Phòng Văn bản QPPL và TDTH PL", LAWS),
        ("Phòng phổ biến giáo dục pháp luật", "Phòng Phổ biến, giáo dục pháp luật"),
        ("Trung tâm TGPL", AID),
        ("TT TGPL nhà nước", AID),
        ("Trung tâm Dịch vụ ĐGTS", "Trung tâm Dịch vụ đấu giá tài sản"),
        ("Phòng CC số 1", NOTARY),
        ("Phòng công chứng 1", NOTARY),
    ],
)
def test_names_aliases_and_initials_are_certain(written, unit):
    found = REGISTRY.find(written)

    assert (found.name, found.certain) == (unit, True)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("Phòng Thanh tra – Hỗ trợ tư pháp", INSPECTION),
        ("Phòng Thanh tra – Bộ trợ tư pháp", INSPECTION),
        ("Thanh tra – BTTO", INSPECTION),
        ("phòng HH-BTTP", INSPECTION),
        ("Phòng TT-BT", INSPECTION),
        ("Phòng Hành chánh tư pháp", ADMIN),
        ("Trung tâm Trợ giúp pháp lý", AID),
    ],
)
def test_likeness_only_suggests(written, unit):
    found = REGISTRY.find(written)

    assert (found.name, found.certain, found.suggestion) == (written, False, unit)
    assert 60 < found.score <= 100


@pytest.mark.parametrize(
    "written",
    [
        "Văn phòng UBND tỉnh",
        "Văn phòng Đoàn đại biểu Quốc hội",
        "Văn phòng Đăng ký đất đai",
        "Sở Nội vụ",
        "UBND tỉnh",
        "Trung tâm Phục vụ hành chính công tỉnh",
        "Tổ giúp việc",
        "Phòng Công chứng số 2",
        "TT",
        "Phòng TT",
        "",
    ],
)
def test_unknown_units_stay_as_written_without_a_guess(written):
    found = REGISTRY.find(written)

    assert (found.name, found.certain, found.suggestion) == (written, False, None)


def test_tone_placement_and_composition_do_not_matter():
    registry = UnitRegistry([Unit("Phòng Hòa giải")])

    assert registry.find("Phòng Hoà giải").certain
    assert registry.find("Phòng Ho\u0300a gia\u0309i").certain


def test_initials_of_two_units_are_certain_for_neither():
    registry = UnitRegistry([Unit("Phòng Kế hoạch tài chính"), Unit("Phòng Khoáng học tài chính")])

    assert not registry.find("KHTC").certain
    assert registry.is_ambiguous("KHTC")


def test_an_empty_registry_leaves_everything_as_written():
    assert UnitRegistry().find("Phòng HCTP").name == "Phòng HCTP"


def test_a_list_of_units_may_have_vietnamese_headers_and_semicolons():
    units, problems = read_units_csv(
        "\ufeffTên đơn vị;Viết tắt;Tên khác;Nhóm\r\n"
        "Văn phòng;VP;Văn phòng Sở|Một cửa;văn phòng\r\n"
    )

    assert units == (Unit("Văn phòng", "VP", ("Văn phòng Sở", "Một cửa"), "văn phòng"),)
    assert problems == ()


def test_a_list_of_units_reports_rows_it_leaves_out():
    units, problems = read_units_csv("name,short\nVăn phòng,VP\n,X\nVĂN PHÒNG,V\nThanh tra,VP\n")

    assert [unit.name for unit in units] == ["Văn phòng", "Thanh tra"]
    assert len(problems) == 3


def test_a_list_without_a_name_column_is_refused():
    units, problems = read_units_csv("a,b\n1,2\n")

    assert units == ()
    assert len(problems) == 1


@given(st.text(max_size=200))
def test_it_never_fails_on_odd_names(text):
    assert REGISTRY.find(text).name is not None
    read_units_csv(text)
