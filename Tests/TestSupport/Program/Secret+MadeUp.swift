package import Secrets

extension Secret {
    /// A password that nobody knew before: letters and digits.
    package static func madeUp(length: Int = 24) -> Secret {
        Secret(capacity: length) { out in
            for _ in 0..<length { out.append(letters[Int.random(in: letters.indices)]) }
        }
    }
}

private let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
