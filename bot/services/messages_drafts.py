"""What is said about a report that is being put together."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.evidence import Evidence
from bot.domain.report_draft import Draft
from bot.domain.work import Part


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as its maker sees it on the local day `day`.

    `products` are those of the item's product column. `asks_outside`: it must be said whether it
    was pressed in the province's software. `sends`: the viewer may send it, else it goes to the
    head. `confirmed` tells whether Văn phòng confirms; `adds`: only proofs are added, or one is
    corrected (`corrects`, as it stands). `others` counts further parts of the viewer's that stay
    open. `prepared_by` says who prepared it, "" when the viewer did. `attached` counts for the
    part already. `late`: what is added comes after the confirmation. `names`: people may be named.
    """

    draft: Draft
    part: Part
    day: dt.date
    products: tuple[str, ...]
    asks_outside: bool
    on_behalf: bool
    sends: bool
    confirmed: bool
    adds: bool
    secret: bool
    others: int = 0
    prepared_by: str = ""
    attached: tuple[Evidence, ...] = ()
    corrects: Evidence | None = None
    late: bool = False
    names: bool = True
