"""As much of Protocol Buffers as Terraform's protocol 5 needs (https://protobuf.dev/programming-guides/encoding/)."""

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def message(*fields):
    """Pairs of number and value as a message; lists repeat their field, nothing and what is false are left out."""
    out = bytearray()
    for number, value in fields:
        for one in value if isinstance(value, list) else [value]:
            if one is None or one is False:
                continue
            if isinstance(one, int):
                out += varint(number << 3 | VARINT) + varint(int(one))
                continue
            one = one.encode() if isinstance(one, str) else one
            out += varint(number << 3 | BYTES) + varint(len(one)) + one
    return bytes(out)


def entries(pairs):
    """A map from texts to messages."""
    return [message((1, key), (2, value)) for key, value in pairs]


def fields(data):
    """What a message holds, by number: the last value of each."""
    found, at = {}, 0

    def number():
        nonlocal at
        result = shift = 0
        while True:
            byte = data[at]
            at += 1
            result |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return result

    while at < len(data):
        key = number()
        kind = key & 7
        if kind == VARINT:
            found[key >> 3] = number()
            continue
        size = {FIXED64: 8, FIXED32: 4}.get(kind) or number()
        found[key >> 3] = data[at : at + size]
        at += size
    return found
