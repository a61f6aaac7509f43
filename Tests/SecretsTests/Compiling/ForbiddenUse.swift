import Testing

/// Something that must not compile, the error it is refused with, and the like of it that compiles.
struct ForbiddenUse: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let source: String
    let diagnostic: String
    let control: String

    private init(_ description: String, _ source: String, _ diagnostic: String, control: String) {
        testDescription = description
        self.source = source
        self.diagnostic = diagnostic
        self.control = control
    }

    static let all = [
        ForbiddenUse(
            "printing", "func use(_ secret: borrowing Secret) { print(secret) }",
            "argument type 'Secret' does not conform to expected type 'Copyable'",
            control: "func use(_ secret: borrowing Secret) { print(secret.count) }"
        ),
        ForbiddenUse(
            "dumping", "func use(_ secret: borrowing Secret) { dump(secret) }",
            "global function 'dump(_:name:indent:maxDepth:maxItems:)' requires that 'Secret' conform to 'Copyable'",
            control: "func use(_ secret: borrowing Secret) { dump(secret.count) }"
        ),
        ForbiddenUse(
            "interpolating", #"func use(_ secret: borrowing Secret) -> String { "\(secret)" }"#,
            "candidate requires that 'Secret' conform to 'Copyable' (requirement specified as 'T' : 'Copyable')",
            control: #"func use(_ secret: borrowing Secret) -> String { "\(secret.count)" }"#
        ),
        ForbiddenUse(
            "describing", "func use(_ secret: borrowing Secret) -> String { String(describing: secret) }",
            "candidate requires that 'Secret' conform to 'Copyable' (requirement specified as 'Subject' : 'Copyable')",
            control: "func use(_ secret: borrowing Secret) -> String { String(describing: secret.count) }"
        ),
        ForbiddenUse(
            "encoding", "struct Note: Encodable { let secret: Secret }",
            "cannot automatically synthesize 'Encodable' because 'Secret' does not conform to 'Encodable'",
            control: "struct Note: Encodable { let count: Int }"
        ),
        ForbiddenUse(
            "throwing in an error", "struct Problem: Error { let secret: Secret }",
            "stored property 'secret' of 'Copyable'-conforming struct 'Problem' has non-Copyable type 'Secret'",
            control: "struct Problem: Error { let count: Int }"
        ),
        ForbiddenUse(
            "collecting in an array", "func use(_ secret: consuming Secret) -> Int { [secret].count }",
            "generic struct 'Array' requires that 'Secret' conform to 'Copyable'",
            control: "func use(_ secret: consuming Secret) -> Int { [secret.count].count }"
        ),
        ForbiddenUse(
            "keeping in a dictionary", "struct Names { var secrets: [String: Secret] }",
            "type 'Secret' does not conform to protocol 'Copyable'",
            control: "struct Names { var secrets: [String: Int] }"
        ),
        ForbiddenUse(
            "hashing", "func use(_ secret: borrowing Secret, _ hasher: inout Hasher) { hasher.combine(secret) }",
            "instance method 'combine' requires that 'Secret' conform to 'Hashable'",
            control: "func use(_ secret: borrowing Secret, _ hasher: inout Hasher) { hasher.combine(secret.count) }"
        ),
        ForbiddenUse(
            "boxing", "func use(_ secret: consuming Secret) -> any Sendable { secret }",
            "return expression of type 'Secret' does not conform to 'Copyable'",
            control: "func use(_ secret: consuming Secret) -> any Sendable { secret.count }"
        ),
        ForbiddenUse(
            "copying", "func use(_ secret: borrowing Secret) -> Secret { secret }",
            "'secret' is borrowed and cannot be consumed",
            control: "func use(_ secret: borrowing Secret) -> Secret { secret.copy() }"
        ),
        ForbiddenUse(
            "using it after it was given away",
            "func use(_ secret: consuming Secret) -> Int { let other = secret; return other.count + secret.count }",
            "'secret' used after consume",
            control: "func use(_ secret: consuming Secret) -> Int { let other = secret; return other.count }"
        ),
        ForbiddenUse(
            "keeping its bytes' span", "func use(_ secret: borrowing Secret) -> Int { secret.withBytes { $0 }.count }",
            "instance method 'withBytes' requires that 'Span<UInt8>' conform to 'Escapable'",
            control: "func use(_ secret: borrowing Secret) -> Int { secret.withBytes { $0.count } }"
        ),
        ForbiddenUse(
            "comparing in a way that tells", "func use(_ one: borrowing Secret, _ two: [UInt8]) -> Bool { one == two }",
            "binary operator '==' cannot be applied to operands of type 'Secret' and '[UInt8]'",
            control: "func use(_ one: borrowing Secret, _ two: borrowing Secret) -> Bool { one == two }"
        ),
        ForbiddenUse(
            "printing credentials", "func use(_ credentials: borrowing Credentials) { print(credentials) }",
            "argument type 'Credentials' does not conform to expected type 'Copyable'",
            control: "func use(_ credentials: borrowing Credentials) { print(credentials.username) }"
        ),
    ]
}
