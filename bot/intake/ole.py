"""Old Office files and locked ones share a container (OLE); its directory tells which is which."""

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# Entries of the directory start at multiples of this and begin with their name.
ENTRY = 128
SECTOR = 512
WORD_TEXT = b"\xec\xa5"
ENCRYPTED = 0x0100


def has_stream(data: bytes, name: str) -> bool:
    """Tell whether the container has a stream of this name ("WordDocument")."""
    wanted = f"{name}\0".encode("utf-16-le")
    at = data.find(wanted)
    while at >= 0:
        if at % ENTRY == 0:
            return True
        at = data.find(wanted, at + 1)
    return False


def is_locked_doc(data: bytes) -> bool:
    """Tell whether an old Word file is encrypted, by the flags that its text begins with."""
    for at in range(SECTOR, len(data), SECTOR):
        if data.startswith(WORD_TEXT, at):
            return bool(int.from_bytes(data[at + 10 : at + 12], "little") & ENCRYPTED)
    return False
