"""The little of DER that qualified statements are made of: sequences, object identifiers and texts."""

from collections.abc import Iterator

SEQUENCE = 0x30
OBJECT_IDENTIFIER = 0x06
UTF8_TEXT = 0x0C

_LONG_FORM = 0x80


def element(tag: int, content: bytes) -> bytes:
    """Write one element.

    >>> element(UTF8_TEXT, b"NL").hex()
    '0c024e4c'
    """
    size = len(content)
    if size < _LONG_FORM:
        return bytes([tag, size]) + content
    count = (size.bit_length() + 7) // 8
    return bytes([tag, _LONG_FORM | count]) + size.to_bytes(count) + content


def sequence(*elements: bytes) -> bytes:
    """Write a sequence of elements."""
    return element(SEQUENCE, b"".join(elements))


def text(value: str) -> bytes:
    """Write a text."""
    return element(UTF8_TEXT, value.encode())


def identifier(dotted: str) -> bytes:
    """Write an object identifier.

    >>> identifier("0.4.0.19495.2").hex()
    '0606040081982702'
    """
    first, second, *rest = (int(part) for part in dotted.split("."))
    return element(OBJECT_IDENTIFIER, b"".join(_base128(arc) for arc in (40 * first + second, *rest)))


def read_identifier(content: bytes) -> str:
    """Read the content of an object identifier.

    >>> read_identifier(bytes.fromhex("040081982702"))
    '0.4.0.19495.2'
    """
    arcs, arc = [], 0
    for byte in content:
        arc = arc << 7 | byte & 0x7F
        if byte < _LONG_FORM:
            arcs.append(arc)
            arc = 0
    if not content or content[-1] >= _LONG_FORM:
        raise ValueError("an object identifier is cut off")
    first = min(arcs[0] // 40, 2)
    return ".".join(str(part) for part in (first, arcs[0] - 40 * first, *arcs[1:]))


def read(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Read elements that stand one after the other, each as its tag and content.

    Raises:
        ValueError: the data are cut off, or not DER.
    """
    at = 0
    while at < len(data):
        tag, at = data[at], at + 1
        size, at = _size(data, at)
        if at + size > len(data):
            raise ValueError("an element is cut off")
        yield tag, data[at : at + size]
        at += size


def inside(data: bytes, tag: int = SEQUENCE) -> list[tuple[int, bytes]]:
    """Read the elements inside the one element that data hold.

    Raises:
        ValueError: the data are something else.
    """
    elements = list(read(data))
    if len(elements) != 1 or elements[0][0] != tag:
        raise ValueError("another element was expected")
    return list(read(elements[0][1]))


def _base128(arc: int) -> bytes:
    parts = [arc & 0x7F]
    while arc := arc >> 7:
        parts.append(arc & 0x7F | _LONG_FORM)
    return bytes(reversed(parts))


def _size(data: bytes, at: int) -> tuple[int, int]:
    if at >= len(data):
        raise ValueError("an element is cut off")
    first, at = data[at], at + 1
    if first < _LONG_FORM:
        return first, at
    count = first & 0x7F
    size = data[at : at + count]
    if not 1 <= count <= 4 or len(size) < count or size[0] == 0 or int.from_bytes(size) < _LONG_FORM:
        raise ValueError("the size of an element is not DER")
    return int.from_bytes(size), at + count
