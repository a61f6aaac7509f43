/// The timer that starts a service.
struct TimerUnit {
    let service: ServiceUnit
    /// An `OnCalendar=` expression.
    let calendar: String

    var fileName: String { service.plan.name + ".timer" }

    var text: String {
        var unit = UnitText(for: service.version)
        unit.comment("\(service.folder)/\(fileName): when \(service.fileName) runs.")
        unit.comment("See when that will be: systemd-analyze calendar \(ShellWord(calendar))")
        unit.section("Unit")
        unit.set("Description", "When to run \(SystemdText.rest(service.plan.words.printable))")
        unit.section("Timer")
        unit.set("OnCalendar", SystemdText.rest(calendar))
        unit.set("Persistent", "yes", "A time at which this machine was off is made up for.")
        unit.set("RandomizedDelaySec", delay, "Not at the same second as everything else here.")
        unit.set("FixedRandomDelay", "yes", since: 247)
        unit.section("Install")
        unit.set("WantedBy", "timers.target")
        return unit.text
    }

    /// A tenth of the time between two runs, and no more than a quarter of an hour.
    private var delay: String {
        let seconds = min(service.period.map { $0 * 6 } ?? 60, 15 * 60)
        return seconds.isMultiple(of: 60) ? "\(seconds / 60)min" : "\(seconds)s"
    }
}
