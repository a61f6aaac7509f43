"""Writes vaults, right and wrong ones. Whatever a rule forbids can be said here, and nothing is random: what looks so
follows from a name, so that the same files come out each time."""

import copy
import hashlib

import nacl.bindings as sodium

KIND_CODES = {"passphrase": 1, "key file": 2, "host": 3, "recovery code": 4}
SEED_LABELS = {
    "key file": b"qbitvault key file v1\n",
    "host": b"qbitvault host key v1\n",
    "recovery code": b"qbitvault recovery v1\n",
}
LEAST_COST = (1, 8)
DATE = 1_800_000_000


def some(name, count):
    """`count` bytes that nobody chose."""
    return hashlib.shake_256(name.encode()).digest(count)


def u(width, number):
    return number.to_bytes(width, "little")


def label(text):
    data = text if isinstance(text, bytes) else text.encode()
    return u(1, len(data)) + data


def blake2b(data, size=32):
    return hashlib.blake2b(data, digest_size=size).digest()


class Changeable:
    """Fields by name; `but` gives a copy with some of them changed."""

    def __init__(self, **fields):
        self.__dict__.update(fields)

    def but(self, **fields):
        other = copy.copy(self)
        for name in fields:
            assert name in other.__dict__, name
        other.__dict__.update(fields)
        return other


class Slot(Changeable):
    def __init__(self, kind, secret, name, **fields):
        super().__init__(
            kind=kind, secret=secret, name=name, id=some(f"slot {name}", 16), code=KIND_CODES[kind], flags=0,
            created=DATE, cost=LEAST_COST if kind == "passphrase" else None, derived_cost=None, public=None,
            sealed=None, bound_vault=None, bound_id=None, bound_head=None)
        self.__dict__.update(fields)

    def public_key(self):
        if self.public is not None:
            return self.public
        if self.kind == "passphrase":
            operations, memory = self.derived_cost or self.cost
            seed = sodium.crypto_pwhash_alg(
                32, self.secret, self.id, operations, memory << 10, sodium.crypto_pwhash_ALG_ARGON2ID13)
        else:
            seed = blake2b(SEED_LABELS[self.kind] + self.id + self.secret)
        return sodium.crypto_box_seed_keypair(seed)[0]

    def head(self):
        cost = b"" if self.cost is None else u(4, self.cost[0]) + u(4, self.cost[1])
        return (self.id + u(1, self.code) + u(1, self.flags) + u(8, self.created) + label(self.name) + cost
                + self.public_key())

    def encode(self, vault_id, data_key):
        if self.sealed is not None:
            return self.head() + self.sealed
        binding = (self.bound_vault or vault_id) + (self.bound_id or self.id) + blake2b(self.bound_head or self.head())
        return self.head() + seal(data_key + binding, self.public_key())


def seal(message, public):
    """`crypto_box_seal`, but for a throw-away key that follows from what is sealed."""
    throw_away, private = sodium.crypto_box_seed_keypair(blake2b(message + public))
    return throw_away + sodium.crypto_box(message, blake2b(throw_away + public, 24), public, private)


class Entry(Changeable):
    def __init__(self, server, name, value, **fields):
        super().__init__(
            server=server, name=name, value=value, role=0, created=DATE, changed=DATE + 60, writer=some("writer", 16),
            origins=["http://localhost:8080"], attributes=[], value_length=None)
        self.__dict__.update(fields)

    def encode(self):
        data = u(1, self.role) + label(self.server) + label(self.name) + u(8, self.created) + u(8, self.changed)
        data += self.writer + u(1, len(self.origins))
        for origin in self.origins:
            text = origin if isinstance(origin, bytes) else origin.encode()
            data += u(2, len(text)) + text
        data += u(2, len(self.attributes))
        for name, value in self.attributes:
            data += label(name) + u(2, len(value)) + value
        return data + u(4, len(self.value) if self.value_length is None else self.value_length)


def padded(data):
    return data + b"\x80" + bytes(-(len(data) + 1) % 1_024)


class Vault(Changeable):
    """The fields of the file, in their order; a count or length that is None is what it ought to be."""

    def __init__(self, name, slots, entries, **fields):
        super().__init__(
            magic=b"QBVAULT\n", version=1, flags=0, header_length=None, vault_id=some(f"vault {name}", 16),
            identity_seed=some(f"identity {name}", 32), identity=None, writers=[(some("writer", 16), 5)],
            writer_count=None, slots=slots, slot_count=None, header_cut=None, header_rest=b"", encrypted_header=None,
            nonce=some(f"nonce {name}", 24), encrypted_nonce=None, payload_length=None, encrypted_change=None,
            signing_seed=None, signature=None, rest=b"", data_key=some(f"data key {name}", 32), payload_flags=0,
            seed_inside=None, guard_key=some(f"guard key {name}", 32), index_length=None, payload_cut=None,
            names=[(some("writer", 16), "example")], name_count=None, entries=entries, entry_count=None,
            index_rest=b"", values_rest=b"", pad=padded)
        self.__dict__.update(fields)

    def header(self):
        body = self.vault_id + (self.identity or sodium.crypto_sign_seed_keypair(self.identity_seed)[0])
        body += u(2, len(self.writers) if self.writer_count is None else self.writer_count)
        for writer, counter in self.writers:
            body += writer + u(8, counter)
        body += u(2, len(self.slots) if self.slot_count is None else self.slot_count)
        for slot in self.slots:
            body += slot.encode(self.vault_id, self.data_key)
        body = body[:self.header_cut] + self.header_rest
        length = 16 + len(body) if self.header_length is None else self.header_length
        return self.magic + u(2, self.version) + u(2, self.flags) + u(4, length) + body

    def payload(self):
        index = u(2, len(self.names) if self.name_count is None else self.name_count)
        for writer, name in self.names:
            index += writer + label(name)
        index += u(4, len(self.entries) if self.entry_count is None else self.entry_count)
        for entry in self.entries:
            index += entry.encode()
        index += self.index_rest
        length = len(index) if self.index_length is None else self.index_length
        data = u(2, self.payload_flags) + (self.seed_inside or self.identity_seed) + self.guard_key + u(4, length)
        data += index + b"".join(entry.value for entry in self.entries) + self.values_rest
        return self.pad(data[:self.payload_cut])

    def encode(self):
        return encrypted_and_signed(self, self.header(), self.payload())

    def sign(self, file):
        private = sodium.crypto_sign_seed_keypair(self.signing_seed or self.identity_seed)[1]
        return sodium.crypto_sign(b"qbitvault file v1\n" + file, private)[:64]


def encrypted_and_signed(vault, header, payload):
    subkey = hashlib.blake2b(digest_size=32, key=vault.data_key, salt=u(16, 1), person=b"qbvault1" + bytes(8)).digest()
    encrypted = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
        payload, vault.encrypted_header or header, vault.encrypted_nonce or vault.nonce, subkey)
    if vault.encrypted_change:
        encrypted = vault.encrypted_change(encrypted)
    length = len(encrypted) if vault.payload_length is None else vault.payload_length
    file = header + vault.nonce + u(4, length) + encrypted
    return file + (vault.signature or vault.sign(file)) + vault.rest
