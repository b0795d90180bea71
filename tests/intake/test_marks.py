from bot.intake.document import read_document

HEAD = "TT\tNhiệm vụ\tTiến độ\t\t\t\tĐơn vị\n\t\tQuý I\tQuý II\tQuý III\tQuý IV\t\n"


def read(text):
    return read_document(text.encode(), "plan.txt")


def test_marks_under_quarters_are_told():
    document = read(f"{HEAD}1\tMột\tx\t\t\t\tVăn phòng\n2\tHai\t\t\tX\t\tThanh tra\n")

    assert [dict(each.params) for each in document.problems] == [{"columns": "“Quý I”, “Quý III”"}]


def test_dates_under_quarters_are_no_marks():
    assert read(f"{HEAD}1\tMột\t15/3\t\t\t\tVăn phòng\n").problems == ()
