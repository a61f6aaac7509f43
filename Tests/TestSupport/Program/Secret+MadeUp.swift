package import Secrets

extension Secret {
    /// A password that nobody knew before: letters and digits.
    package static func madeUp(length: Int = 24) -> Secret {
        Secret(capacity: length) { out in
            for _ in 0..<length { out.append(letters[Int.random(in: letters.indices)]) }
        }
    }

    /// A password that nobody knew before, and that looks different in every encoding: between its letters and digits stand
    /// characters that URLs, JSON, HTML, shells and UTF-16 each write in their own way.
    package static func planted() -> Secret {
        Secret(capacity: 80) { out in
            for mark in ["\"", "\\", "/", "%", "+", "&", " ", "=", "'", "<", "$", "ä", "€", "🔑"].shuffled() {
                for _ in 0..<2 { out.append(letters[Int.random(in: letters.indices)]) }
                for byte in mark.utf8 { out.append(byte) }
            }
            out.append(letters[Int.random(in: letters.indices)])
        }
    }
}

private let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
