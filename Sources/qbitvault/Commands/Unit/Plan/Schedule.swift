import ArgumentParser

/// When it runs, as options say it.
struct ScheduleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How often, such as 15m, 6h, 1d or 1w: what divides an hour, a day or a week evenly.", valueName: "time"))
    var every: String?

    @Option(help: ArgumentHelp("Once a day, at this time.", valueName: "HH:MM"))
    var at: String?

    @Option(
        help: ArgumentHelp(
            "The same in systemd's or cron's own words: an OnCalendar expression, or five fields.", valueName: "when"))
    var schedule: String?

    func validate() throws {
        guard [every, at, schedule].compactMap(\.self).count < 2 else {
            throw ValidationError("--every, --at and --schedule: one of them.")
        }
        if every != nil || at != nil { _ = try common() }
    }

    /// What systemd and cron both can say; nil where `--schedule` says it.
    func common() throws -> Schedule? {
        if let every { return try Schedule(every: every) }
        if let at { return try Schedule(at: at) }
        return schedule == nil ? Schedule(period: 24 * 60, hour: 3, minute: 0) : nil
    }
}

/// What both kinds of clock can say: evenly spaced in an hour, a day or a week.
struct Schedule: Hashable {
    /// In minutes.
    let period: Int
    var hour = 0
    var minute = 0

    init(period: Int, hour: Int, minute: Int) { (self.period, self.hour, self.minute) = (period, hour, minute) }

    /// - Parameter text: a number and m, h, d or w.
    init(every text: String) throws(ValidationError) {
        let units: [Character: Int] = ["m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), count > 0, count < 10_000,
            text.utf8.dropLast().allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
        else { throw ValidationError("--every takes a number and m, h, d or w, such as 15m, 6h, 1d or 1w.") }
        period = count * unit
        let isEven = period < 60 ? 60 % period == 0 : period % 60 == 0 && 1440 % period == 0
        guard isEven || period == 7 * 1440 else {
            throw ValidationError(
                "--every takes what divides an hour (1m to 30m), a day (1h to 12h), 1d or 1w: no clock could keep the rest."
            )
        }
        // With whoever else runs things at the full hour.
        if period >= 1440 { hour = 3 }
    }

    init(at text: String) throws(ValidationError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { throw ValidationError("--at takes a time of day, from 00:00 to 23:59.") }
        self.init(period: 1440, hour: hour, minute: minute)
    }

    /// As `OnCalendar=` has it.
    var calendar: String {
        let time = "\(Self.two(hour)):\(Self.two(minute)):00"
        switch period {
        case 1: return "*-*-* *:*:00"
        case ..<60: return "*-*-* *:0/\(period):00"
        case 60: return "*-*-* *:00:00"
        case ..<1440: return "*-*-* 0/\(period / 60):00:00"
        case 1440: return "*-*-* \(time)"
        default: return "Mon *-*-* \(time)"
        }
    }

    /// The five fields of a crontab.
    var fields: String {
        switch period {
        case 1: "* * * * *"
        case ..<60: "*/\(period) * * * *"
        case 60: "0 * * * *"
        case ..<1440: "0 */\(period / 60) * * *"
        case 1440: "\(minute) \(hour) * * *"
        default: "\(minute) \(hour) * * 1"
        }
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
