#if Keyring
import CKeyring
import Secrets

/// Where a value lands when the keyring hands it over: out of libsecret's locked memory into ours.
struct FoundValue: ~Copyable {
    var value: Secret?
    var origins: [String] = []
}

let takeValue: keyring_value_sink = { context, record, bytes, count in
    guard let found = unsafe context?.assumingMemoryBound(to: FoundValue.self) else { return }
    unsafe found.pointee.value = unsafe Secret(count: count) { room in
        if let bytes = unsafe bytes { unsafe room.update(from: bytes, count: count) }
    }
    if let record = unsafe record { unsafe found.pointee.origins = unsafe record.pointee.origins }
}

/// What is listed, one record a key: the one changed last, if a crash ever left two.
struct FoundRecords {
    private var records: [CredentialKey: CredentialRecord] = [:]

    var sorted: [CredentialRecord] { records.values.sorted { $0.key < $1.key } }

    mutating func take(_ record: CredentialRecord) {
        if let other = records[record.key], (other.changed ?? 0) >= (record.changed ?? 0) { return }
        records[record.key] = record
    }
}

let takeRecord: keyring_record_sink = { context, record in
    guard let found = unsafe context?.assumingMemoryBound(to: FoundRecords.self), let record = unsafe record else {
        return
    }
    // An item whose name we could never ask for is not ours, whatever its attributes say.
    guard let name = unsafe CredentialName(String(cString: record.pointee.name)) else { return }
    let key = unsafe CredentialKey(server: String(cString: record.pointee.server), name: name)
    unsafe found.pointee.take(
        CredentialRecord(
            key: key,
            origins: record.pointee.origins,
            created: known(record.pointee.created),
            changed: known(record.pointee.changed)
        )
    )
}

/// libsecret answers 0 for a time that the service does not tell.
private func known(_ seconds: Int64) -> Int64? { seconds > 0 ? seconds : nil }

extension keyring_record {
    /// One a line; none when the item records none.
    fileprivate var origins: [String] {
        guard let url = unsafe url else { return [] }
        return unsafe String(cString: url).split(separator: "\n").map(String.init)
    }
}
#endif
