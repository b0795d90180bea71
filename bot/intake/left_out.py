"""What a file shows as gone, or does not show at all, said as problems."""

from bot.domain.problem import N_, Problem, problem


def struck_text() -> Problem:
    """Return the problem that says that struck-out text was left out."""
    return problem(N_("The file has struck-out text, which was left out."))


def hidden_text() -> Problem:
    """Return the problem that says that hidden text was left out."""
    return problem(N_("The file has hidden text, which was left out."))
