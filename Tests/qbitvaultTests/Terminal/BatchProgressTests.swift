import Testing

@testable import qbitvault

/// How far a run is, on a terminal of any width.
@Suite struct BatchProgressTests {
    static let names = [
        "plain name", "日本語の長い名前がここにある.mkv", "e\u{301}tude \u{1f9ea} \u{1b}[31m", String(repeating: "x", count: 300),
    ]

    @Test(arguments: [1, 2, 5, 10, 20, 33, 80, 200], names.indices)
    func noLineTakesTheWholeWidth(width: Int, row: Int) {
        var progress = BatchProgress(of: 300)
        progress.noteQueued(4, Self.names[row], size: 5 << 30)
        for index in 0..<4 { progress.noteEnd(index, isFailure: index == 1, tookTime: true) }
        progress.noteRunning(4, percent: 10, at: .seconds(10))
        progress.noteRunning(4, percent: 35, at: .seconds(20))
        let lines = progress.lines(width: width, at: .seconds(20))
        #expect(lines.count == 2)
        for line in lines {
            #expect(line.displayWidth <= max(1, width - 1), "\(line)")
            #expect(!line.contains("\u{1b}"))
        }
    }

    @Test func whatIsToldIsRight() {
        var progress = BatchProgress(of: 10)
        progress.noteQueued(2, "film", size: 1 << 30)
        progress.noteEnd(0, isFailure: false, tookTime: true)
        progress.noteEnd(1, isFailure: true, tookTime: false)
        progress.noteRunning(2, percent: 20, at: .seconds(10))
        progress.noteRunning(2, percent: 45, at: .seconds(20))
        let lines = progress.lines(width: 100, at: .seconds(20))
        // One of ten took 20 seconds, and eight are left.
        #expect(
            lines[0] == "[" + String(repeating: "#", count: 8) + String(repeating: ".", count: 32)
                + "] 2/10, 1 failed, 2 min 40 s left")
        // A quarter of 1 GiB in ten seconds; 55 percent are left at that rate.
        #expect(lines[1] == "film 45 %, 25.6 MiB/s, 22 s left")
        progress.noteEnd(2, isFailure: false, tookTime: true)
        #expect(progress.lines(width: 100, at: .seconds(30)).count == 1)
        #expect(BatchProgress(of: 1).lines(width: 100, at: .zero).isEmpty)
    }

    @Test(
        arguments: [
            (0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1024, "1.0 KiB"), (1536, "1.5 KiB"),
            (104_857_600, "100 MiB"), (1_048_575, "1.0 MiB"), (1_503_238_554, "1.4 GiB"), (Int64.max, "8.0 EiB"),
        ] as [(Int64, String)])
    func sizesAreRead(count: Int64, text: String) { #expect(Amount.bytes(count) == text) }

    @Test(
        arguments: [
            (.milliseconds(40), "0.0 s"), (.milliseconds(400), "0.4 s"), (.seconds(9), "9.0 s"), (.seconds(12), "12 s"),
            (.seconds(200), "3 min 20 s"), (.seconds(7500), "2 h 5 min"), (.seconds(180_000), "2 d 2 h"),
        ] as [(Duration, String)])
    func timesAreRead(time: Duration, text: String) { #expect(Amount.time(time) == text) }
}
