"""Old Office files and locked ones share a container (OLE); its directory tells which is which."""

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# Entries of the directory start at multiples of this and begin with their name.
ENTRY = 128


def has_stream(data: bytes, name: str) -> bool:
    """Tell whether the container has a stream of this name ("WordDocument")."""
    wanted = f"{name}\0".encode("utf-16-le")
    at = data.find(wanted)
    while at >= 0:
        if at % ENTRY == 0:
            return True
        at = data.find(wanted, at + 1)
    return False
