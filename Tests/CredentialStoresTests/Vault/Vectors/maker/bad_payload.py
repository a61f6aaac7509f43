"""Payloads that are encrypted, signed, and wrong: FORMAT.md, section 4."""

from .common import OTHER_WRITER, WRITER, base, other, password, username

LAST_DATE = 253_402_300_799


def bad_payload():
    yield "payload-flipped", base.but(
        encrypted_change=lambda data: data[:500] + bytes([data[500] ^ 1]) + data[501:]), "payload"
    yield "payload-tag-flipped", base.but(
        encrypted_change=lambda data: data[:-1] + bytes([data[-1] ^ 1])), "payload"
    yield "payload-of-another-nonce", base.but(encrypted_nonce=other.nonce), "payload"
    yield "payload-of-another-header", base.but(encrypted_header=base.but(writers=[(WRITER, 4)]).header()), "payload"
    yield "slots-swapped", base.but(slots=base.slots[::-1], encrypted_header=base.header()), "payload"
    header = len(other.header())
    start = header + 28
    yield "payload-of-another-vault", base.but(
        nonce=other.nonce, encrypted_change=lambda _: other.encode()[start:-64]), "payload"
    yield "padding-none", base.but(pad=lambda data: data + bytes(-len(data) % 1_024)), "padding"
    yield "padding-not-zero", base.but(pad=lambda data: base.pad(data)[:-1] + b"\1"), "padding"
    yield "padding-a-block-too-long", base.but(pad=lambda data: base.pad(data) + bytes(1_024)), "padding"
    yield "padding-alone", base.but(pad=lambda data: b"\x80" + bytes(2_047)), "padding"
    yield "payload-empty", base.but(payload_cut=0), "truncated"
    yield "payload-cut-in-flags", base.but(payload_cut=1), "truncated"
    yield "payload-cut-in-seed", base.but(payload_cut=33), "truncated"
    yield "payload-cut-in-guard-key", base.but(payload_cut=65), "truncated"
    yield "payload-cut-in-index-length", base.but(payload_cut=69), "truncated"
    yield "payload-cut-in-index", base.but(payload_cut=100), "truncated"
    yield "payload-cut-in-values", base.but(payload_cut=-1), "values"
    yield "payload-flags-1", base.but(payload_flags=1), "newer: payload flags"
    yield "payload-flags-256", base.but(payload_flags=256), "newer: payload flags"
    yield "identity-of-another", base.but(seed_inside=other.identity_seed), "identity"
    yield from index()
    for name, change, reason in entry_changes():
        yield f"entry-{name}", base.but(entries=[password, username.but(**change)]), reason


def index():
    right = len(base.payload().rstrip(b"\0")) - 1 - 70 - len(password.value) - len(username.value)
    yield "index-length-over", base.but(index_length=(8 << 20) + 1), "index length"
    yield "index-length-highest", base.but(index_length=2**32 - 1), "index length"
    yield "index-length-behind-end", base.but(index_length=8 << 20), "truncated"
    yield "index-length-0", base.but(index_length=0), "truncated"
    yield "index-length-one-less", base.but(index_length=right - 1), "truncated"
    yield "index-length-one-more", base.but(index_length=right + 1), "trailing"
    yield "index-left-over-bytes", base.but(index_rest=b"\0\0"), "trailing"
    both = sorted([(WRITER, "one"), (OTHER_WRITER, "two")])
    yield "names-reordered", base.but(names=both[::-1]), "names"
    yield "names-twice", base.but(names=[(WRITER, "one"), (WRITER, "two")]), "names"
    yield "names-257", base.but(names=[(number.to_bytes(16, "big"), "h") for number in range(257)]), "names"
    yield "names-more-than-there-are", base.but(name_count=256, entries=[]), "truncated"
    yield "name-of-host-empty", base.but(names=[(WRITER, "")]), "label"
    yield "name-of-host-long", base.but(names=[(WRITER, "h" * 65)]), "label"
    yield "name-of-host-escape", base.but(names=[(WRITER, "\x1b]0;")]), "label"
    yield "entries-over", base.but(entry_count=100_001), "entries"
    yield "entries-highest", base.but(entry_count=2**32 - 1), "entries"
    yield "entries-more-than-there-are", base.but(entry_count=100_000), "truncated"
    yield "entries-fewer-than-there-are", base.but(entry_count=1), "trailing"
    yield "entries-reordered", base.but(entries=[username, password]), "entries"
    yield "entries-twice", base.but(entries=[username, username]), "entries"
    yield "entries-reordered-roles", base.but(entries=[username.but(role=1), username]), "entries"
    yield "entries-reordered-servers", base.but(
        entries=[username.but(server="b", name="A"), username.but(server="a", name="B")]), "entries"
    # As bytes, and with a zero behind the shorter one.
    yield "entries-longer-server-first", base.but(
        entries=[username.but(server="nas-2", name="A"), username.but(server="nas", name="Z")]), "entries"
    yield "entries-capitals-behind", base.but(
        entries=[username.but(server="a"), username.but(server="B")]), "entries"
    yield "values-left-over", base.but(values_rest=b"\0"), "values"
    yield "values-left-over-with-nothing-kept", base.but(entries=[], values_rest=b"\0"), "values"


def entry_changes():
    origin = "http://localhost:8080"
    yield "role-5", {"role": 5}, "newer: role"
    yield "role-255", {"role": 255, "server": ""}, "newer: role"
    yield "server-empty", {"server": ""}, "label"
    yield "server-long", {"server": "s" * 129}, "label"
    yield "server-tab", {"server": "a\tb"}, "label"
    yield "server-not-text", {"server": b"\xff"}, "label"
    yield "name-empty", {"name": ""}, "label"
    yield "name-long", {"name": "N" * 129}, "label"
    yield "name-dash", {"name": "A-B"}, "label"
    yield "name-digit-first", {"name": "1A"}, "label"
    yield "name-umlaut", {"name": "Ä"}, "label"
    yield "name-line-feed", {"name": "A\n"}, "label"
    yield "created", {"created": LAST_DATE + 1}, "date"
    yield "changed", {"changed": 2**63}, "date"
    yield "origin-empty", {"origins": [""]}, "origins"
    yield "origin-long", {"origins": ["o" * 2_049]}, "origins"
    yield "origin-control", {"origins": ["http://localhost\r\nHost: elsewhere"]}, "origins"
    yield "origin-not-text", {"origins": [b"http://\xc3"]}, "origins"
    yield "origin-twice", {"origins": [origin, "http://nas:80", origin]}, "origins"
    yield "attributes-reordered", {"attributes": [("b", b""), ("a", b"")]}, "attributes"
    yield "attributes-twice", {"attributes": [("a", b"1"), ("a", b"2")]}, "attributes"
    yield "attribute-empty", {"attributes": [("", b"")]}, "label"
    yield "attribute-long", {"attributes": [("a" * 65, b"")]}, "label"
    yield "attribute-control", {"attributes": [("a\u009b", b"")]}, "label"
    yield "value-one-more", {"value_length": len(username.value) + 1}, "values"
    yield "value-one-less", {"value_length": len(username.value) - 1}, "values"
    yield "value-highest", {"value_length": 2**32 - 1}, "values"

