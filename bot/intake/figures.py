"""Counts written in the figures of a list: "3", "III", "c"."""

ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def figure(count: int, kind: str) -> str:
    """Return a count in the figures of a list, by Word's names: "upperRoman", "lowerLetter"."""
    if kind in ("upperRoman", "lowerRoman"):
        written = ""
        for value, letters in ROMAN:
            while count >= value and len(written) < 12:
                written, count = written + letters, count - value
        return written.lower() if kind == "lowerRoman" else written
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    return f"{count:02}" if kind == "decimalZero" else str(count)
