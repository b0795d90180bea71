"""What is said about the proofs of an item: its list, one of them, and what was changed."""

from dataclasses import dataclass

from bot.domain.evidence import Evidence
from bot.domain.kept_proofs import KeptProof
from bot.domain.records import ClosedPlan
from bot.domain.work import Part


@dataclass(frozen=True, slots=True)
class ProofFiles:
    """Proofs of the item `code` whose files are sent; those that are no files are passed over."""

    code: str
    files: tuple[KeptProof, ...]


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A proof with its number in the list, from 1, and the part it is of."""

    number: int
    part: Part
    proof: KeptProof


@dataclass(frozen=True, slots=True)
class ProofList:
    """A page of what proves an item, or one part of it (`part_id`), or of what counts no more.

    `part_id` is 0 for the whole item. `old` counts what was replaced or taken out, `total` what is
    listed on all pages. To `may_add` the viewer may add evidence. Of an item with secret documents
    (`secret`) only numbers are shown, and no file is sent. `closed` is its plan once closed.
    """

    item_id: int
    part_id: int
    code: str
    plan_id: int
    lines: tuple[ProofLine, ...]
    page: int
    pages: int
    total: int
    old: int
    history: bool
    may_add: tuple[Part, ...]
    secret: bool
    closed: ClosedPlan | None = None

    @property
    def sent(self) -> ProofFiles:
        """What of the page is sent as files."""
        return ProofFiles(self.code, tuple(line.proof for line in self.lines if not self.secret))


@dataclass(frozen=True, slots=True)
class ProofView:
    """One proof with its older versions, the newest of them first.

    `only`: nothing else proves the part. `names`: people may be named here.
    """

    part: Part
    proof: KeptProof
    older: tuple[KeptProof, ...]
    may_change: bool
    only: bool
    names: bool
    secret: bool


@dataclass(frozen=True, slots=True)
class ProvableParts:
    """The parts of an item that the viewer may add evidence to, what needs it most first."""

    item_id: int
    code: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ProofsChanged:
    """What was added to a part, or corrected (`was` is what stood).

    `may_report`: the presser may report the part next. `late`: it comes after the confirmation.
    """

    part: Part
    proofs: tuple[Evidence, ...]
    was: Evidence | None
    on_behalf: bool
    may_report: bool
    late: bool
