import CredentialStores
import FoundationEssentials
import Secrets
import SystemPackage
import TestSupport
import Testing

/// `Vectors/vectors.json`: vaults, good and bad, and what a reader must say of each.
struct VectorTable: Decodable, Sendable {
    private let keys: [String: Key]
    private let pins: [String: Pin]
    let vectors: [Vector]

    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        let file: String
        let key: String
        let pin: String?
        /// Of a bad vault: the word from FORMAT.md.
        let reason: String?
        let generation: UInt64?
        let entries: [HeldEntry]?

        var testDescription: String { [file, key, pin].compactMap(\.self).joined(separator: ", ") }
    }

    private struct Key: Decodable, Sendable {
        let kind: String
        let hex: String
    }

    private struct Pin: Decodable, Sendable {
        let identity: String
        let next: String?
        let vector: [String: UInt64]
    }

    static let folder = FilePath(#filePath).removingLastComponent().appending("Vectors")
    static let path = folder.appending("vectors.json")

    static let all: VectorTable = {
        do { return try JSONDecoder().decode(VectorTable.self, from: Data(try Files.bytes(path))) } catch {
            fatalError("\(path): \(error)")
        }
    }()
}

extension VectorTable {
    func key(of vector: Vector) throws -> VaultKey {
        let key = try #require(keys[vector.key])
        let bytes = try #require([UInt8](hex: key.hex))
        let kind: VaultKey.Kind =
            switch key.kind {
            case "passphrase": .passphrase
            case "recovery code": .recovery
            default: .keyFile("vector.key")
            }
        return VaultKey(kind, Secret(copying: bytes))
    }

    /// The pin of a vector as a host keeps it: the JSON of `VaultPin`.
    func pin(of vector: Vector) throws -> [UInt8]? {
        guard let name = vector.pin else { return nil }
        let pin = try #require(pins[name])
        return Array(
            try JSONEncoder().encode(
                Remembered(path: "vector", identity: pin.identity, next: pin.next, writers: pin.vector)
            )
        )
    }

    private struct Remembered: Encodable {
        let path: String
        let identity: String
        let next: String?
        let writers: [String: UInt64]
    }
}

/// An entry as the table and the reader tell it. Texts are bytes: two that only look the same are not.
struct HeldEntry: Decodable, Hashable, Sendable {
    let server: [UInt8]
    let name: String
    let role: String
    let value: [UInt8]
    let origins: [[UInt8]]
    let attributes: [[UInt8]: [UInt8]]

    init(
        server: [UInt8], name: String, role: String, value: [UInt8], origins: [[UInt8]],
        attributes: [[UInt8]: [UInt8]]
    ) {
        self.server = server
        self.name = name
        self.role = role
        self.value = value
        self.origins = origins
        self.attributes = attributes
    }

    private enum Field: CodingKey { case server, name, role, value, origins, attributes }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        server = Array(try fields.decode(String.self, forKey: .server).utf8)
        name = try fields.decode(String.self, forKey: .name)
        role = try fields.decode(String.self, forKey: .role)
        value = Array(try fields.decode(Data.self, forKey: .value))
        origins = try fields.decode([String].self, forKey: .origins).map { Array($0.utf8) }
        let pairs = try fields.decode([[String]].self, forKey: .attributes)
        attributes = Dictionary(
            uniqueKeysWithValues: pairs.map { (Array($0[0].utf8), Array(Data(base64Encoded: $0[1]) ?? Data())) }
        )
    }
}
