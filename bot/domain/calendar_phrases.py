"""How people write a change of the calendar. Vietnamese, without marks."""

OFF = ("nghi", "ngay nghi", "nghi bu", "off")
WORKED = ("lam bu", "lam_bu", "di lam", "lam viec", "lam", "working", "worked")
UNSET = ("bo", "huy", "xoa", "unset")
# Between the days of a list, and from the first to the last day of a span.
AND = ("va", "and", ",", ";")
TO = ("den", "-", "to")
HEADINGS = ("ngay", "day", "date")
