import Subprocess
import TestSupport
import Testing

@testable import qbitvault

/// When something runs, in the words of two clocks.
@Suite struct ScheduleTests {
    static let common: [(every: String, calendar: String, fields: String)] = [
        ("1m", "*-*-* *:*:00", "* * * * *"), ("15m", "*-*-* *:0/15:00", "*/15 * * * *"),
        ("60m", "*-*-* *:00:00", "0 * * * *"), ("1h", "*-*-* *:00:00", "0 * * * *"),
        ("6h", "*-*-* 0/6:00:00", "0 */6 * * *"), ("24h", "*-*-* 03:00:00", "0 3 * * *"),
        ("1d", "*-*-* 03:00:00", "0 3 * * *"), ("7d", "Mon *-*-* 03:00:00", "0 3 * * 1"),
        ("1w", "Mon *-*-* 03:00:00", "0 3 * * 1"),
    ]

    @Test(arguments: common.indices)
    func bothClocksSayTheSame(row: Int) throws {
        let schedule = try Schedule(every: Self.common[row].every)
        #expect(schedule.calendar == Self.common[row].calendar)
        #expect(schedule.fields == Self.common[row].fields)
        #expect(throws: Never.self) { try CronFields(schedule.fields) }
        #expect(throws: Never.self) { try CalendarExpression(schedule.calendar) }
    }

    @Test(arguments: [
        "", "0m", "-1h", "7m", "45m", "5h", "90m", "2d", "2w", "1", "h", "1.5h", "1 h", "1y", "99999999m",
    ])
    func whatNoClockKeepsIsRefused(_ every: String) {
        #expect(throws: (any Error).self) { try Schedule(every: every) }
    }

    @Test func aTimeOfDayIsOne() throws {
        #expect(try Schedule(at: "23:59").fields == "59 23 * * *")
        #expect(try Schedule(at: "00:05").calendar == "*-*-* 00:05:00")
        for text in ["24:00", "3:00", "03:60", "03:00:00", "0300", "ab:cd", "+1:00"] {
            #expect(throws: (any Error).self) { try Schedule(at: text) }
        }
    }

    static let sound = [
        "daily", "hourly", "weekly", "quarterly", "Mon..Fri *-*-* 03:30", "Sat,Sun 4:00", "*-*-1,15 12:00:30",
        "00:00/5",
        "*-1..6-* 0/2:15", "03:00 UTC", "2027-01-01", "Mon", "Mon,Wed..Fri", "10:*",
    ]
    static let unsound = [
        "", "sometimes", "25:00", "03:61", "*-13-*", "*-*-32", "Moon 03:00", "03", "Fri..Mon 03:00", "03:00 03:00",
        "Mon  03:00", "0 3 * * *", "1-2-3-4", "03:00/0", "daily 03:00",
    ]

    /// What is let through here, systemd takes.
    @Test func systemdTakesWhatIsSound() async throws {
        for text in Self.sound {
            #expect(throws: Never.self) { try CalendarExpression(text) }
            let run = try await ToolRun.of(.name("systemd-analyze"), ["calendar", text])
            #expect(run.status == 0, "\(text): \(run.error)")
        }
        for text in Self.unsound { #expect(throws: (any Error).self, "\(text)") { try CalendarExpression(text) } }
    }

    @Test func cronFieldsAreLookedAt() throws {
        for text in ["* * * * *", "30 3 * * 1-5", "0 0 29 feb *", "*/5 8-18/2 1,15 jan Sun", "0 0 31 2 1", "@daily"] {
            #expect(throws: Never.self, "\(text)") { try CronFields(text) }
        }
        let unsound = [
            "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
            "5-3 * * * *",
            "*/0 * * * *", "1/2 * * * *", "a * * * *", "* * * * mon-fri;x", "0 0 31 4,6 *", "@reboot", "@never",
            "0 0 * * *\nx",
        ]
        for text in unsound { #expect(throws: (any Error).self, "\(text)") { try CronFields(text) } }
    }
}
