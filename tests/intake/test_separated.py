import pytest

from bot.domain.reading.table import Table
from bot.intake.document import read_document


@pytest.mark.parametrize("mark", [",", ";"])
def test_separated_values_under_a_known_header_are_a_table(mark):
    text = (
        "KẾ HOẠCH NĂM 2026,,,\r\nSTT,Nhiệm vụ,Thời hạn,Đơn vị thực hiện\r\n"
        '1,"Rà soát ""hồ sơ""\r\ncòn tồn",30/6,"Văn phòng"\r\n2,Hai,31/12,Thanh tra\r\n'
    ).replace(",", mark)

    assert read_document(text.encode("utf-8-sig"), "plan.csv").blocks == (
        "KẾ HOẠCH NĂM 2026",
        Table(
            (
                ("STT", "Nhiệm vụ", "Thời hạn", "Đơn vị thực hiện"),
                ("1", 'Rà soát "hồ sơ"\ncòn tồn', "30/6", "Văn phòng"),
                ("2", "Hai", "31/12", "Thanh tra"),
            ),
            starts_anew=True,
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Nội dung, thời gian, kinh phí\nCác đơn vị thực hiện nghiêm.\nVăn phòng chủ trì, báo cáo.",
        'Nội dung, thời gian, kinh phí\n1, "Một, 30/6, 5',
    ],
)
def test_prose_with_commas_is_no_table(text):
    assert read_document(text.encode(), "plan.txt").tables == ()
