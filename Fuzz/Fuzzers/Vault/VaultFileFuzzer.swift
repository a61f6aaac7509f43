@testable import CredentialStores

extension Fuzzer {
    /// A whole file, as it lies on disk. What is signed by nobody ends at the signature.
    static let vaultFile = Fuzzer("vault-file") { bytes in
        if let frame = try? VaultFrame(bytes.span) {
            let parts = [frame.header, frame.nonce, 0..<4, frame.payload, frame.signature]
            demand(parts.reduce(0) { $0 + $1.count } == bytes.count, "the parts are not the whole")
            demand(frame.header.lowerBound == 0 && frame.signature.upperBound == bytes.count, "the ends")
        }
        guard let file = try? VaultFile(bytes) else { return }
        demand(file.size == bytes.count, "size")
        demand(bytes.starts(with: file.header.encoded), "a header is written as it was read")
    }
}
