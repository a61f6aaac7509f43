extension SettingKind<Bool> {
    static let flag = plain("true or false") { text in
        switch text.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }
}

extension SettingKind<Int> {
    static func whole(_ range: ClosedRange<Int>) -> Self {
        plain("a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            guard let number = digits(text, radix: 10), range.contains(number) else { return nil }
            return number
        }
    }

    /// A number of bytes, alone or with a unit.
    static let size = scalar("a number of bytes such as 16384, 16KiB or 4MiB") { bytes($0) }
}

extension SettingKind<Int?> {
    /// A piece size that BitTorrent knows: a power of two. Smaller ones block a server of version 5.1.0 for everybody.
    static let pieceSize = SettingKind<Int?>("auto, or a power of two from 16KiB to 128MiB") { node, _ in
        guard case .scalar(let text, _) = node.content else { return nil }
        if text == "auto" { return .some(nil) }
        guard let count = bytes(text), (16 << 10)...(128 << 20) ~= count, count & (count - 1) == 0 else { return nil }
        return count
    }
}

extension SettingKind<UInt32> {
    /// Permission bits, in octal digits.
    static let mode = scalar("permission bits in octal, such as \"0640\"") { text in
        digits(text, radix: 8).flatMap { $0 <= 0o777 ? UInt32($0) : nil }
    }
}

extension SettingKind<Duration> {
    /// At most a day, so that a slip of the finger is not a program that hangs.
    static let seconds = plain("a number of seconds above 0, up to 86400") { text in
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) else { return nil }
        guard let number = Double(text), number > 0, number <= 86400 else { return nil }
        return Duration.seconds(number)
    }
}

/// Nothing but digits: no sign, no point, no space.
private func digits(_ text: some StringProtocol, radix: Int) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text, radix: radix) : nil
}

/// A number of bytes, alone or with KiB, MiB or GiB. Nil also for one that no `Int` holds.
func bytes(_ text: String) -> Int? {
    for (unit, factor) in [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("", 1)] where text.hasSuffix(unit) {
        var number = text.dropLast(unit.count)
        while number.last == " ", !unit.isEmpty { number.removeLast() }
        guard let count = digits(number, radix: 10)?.multipliedReportingOverflow(by: factor) else { return nil }
        return count.overflow ? nil : count.partialValue
    }
    return nil
}
