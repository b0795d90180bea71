"""Who may say that work on a part is under way."""

from bot.domain.roles import Viewer
from bot.domain.status import Progress
from bot.domain.work import Part


def works_on(viewer: Viewer, part: Part) -> bool:
    """Tell whether the viewer heads the unit of a part, or was asked to prepare it."""
    if viewer.person_id is None:
        return False
    return part.unit_id in viewer.heads() or part.assignee_id == viewer.person_id


def may_start(viewer: Viewer, part: Part) -> bool:
    """Tell whether the viewer may say that work on a part has begun."""
    return part.progress is Progress.NOT_STARTED and works_on(viewer, part)
