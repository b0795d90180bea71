"""The bounds within which a file is read; past any of them it is refused with a sentence.

A file is taken up to `MAX_BYTES`; a zip up to `MAX_PARTS` parts of `MAX_UNPACKED` bytes in all.
Anything but short text is read in a process of its own that may use `MAX_MEMORY` bytes and
`MAX_SECONDS`, so that no file can stop or swell the bot. A document holds at most `MAX_ROWS` rows
of `MAX_COLUMNS` columns, `MAX_SHEETS` sheets, `MAX_PAGES` pages and `MAX_CHARACTERS` of text.
Programs outside (LibreOffice, OCR) get `CONVERT_SECONDS` and `OCR_SECONDS`.
"""

MEGABYTE = 1024 * 1024
MAX_BYTES = 50 * MEGABYTE
MAX_UNPACKED = 64 * MEGABYTE
MAX_PARTS = 5000
MAX_MEMORY = 1024 * MEGABYTE
MAX_SECONDS = 120
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_SHEETS = 50
MAX_PAGES = 400
MAX_CHARACTERS = 5_000_000
# Text up to this size, unless it is a page, is read where it is asked for: starting a process
# would take longer.
SHORT_TEXT = 200_000
CONVERT_SECONDS = 90
OCR_SECONDS = 900
