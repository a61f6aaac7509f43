import Glibc
import Secrets
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// The program that prints the passphrase: what it gets, and how it ends.
@Suite(.timeLimit(.minutes(2))) struct KeyCommandTests {
    /// A script that notes what it finds, and prints the passphrase.
    private func script(_ keys: KeyHome, _ lines: String) throws -> FilePath {
        let file = keys.scene.home.path.appending("tell passphrase")
        try Files.write("#!/bin/sh\n\(lines)\ncat '\(keys.passphrase)'\n", to: file)
        try Files.setMode(file, 0o700)
        return file
    }

    @Test func itGetsNoDescriptorNoInputAndNoTerminal() async throws {
        try await KeyHome.with { keys in
            let notes = keys.scene.home.path.appending("notes")
            let descriptors = keys.scene.home.path.appending("descriptors")
            let script = try script(
                keys,
                """
                ls /proc/$$/fd >'\(descriptors)'
                wc -c >>'\(notes)'
                # Of proc(5)'s stat, behind the name: process group, session, terminal.
                sed 's/.*) //' /proc/$$/stat | cut -d ' ' -f 3-5 >>'\(notes)'
                echo $$ "$1" >>'\(notes)'
                echo "a word for people" >&2
                """)
            // A descriptor that somebody has left open, and a question's terminal.
            let shell = ["exec 8<'\(keys.key)'"]
            let words = ["--passphrase-command", "'\(script)' 'one $HOME * word'"]
            let run = try await keys.open(GivenKey(words: words, shell: shell))
            #expect(run.status == 0)
            #expect(run.error == "a word for people\n")
            let numbers = String(decoding: try Files.bytes(descriptors), as: UTF8.self).split(separator: "\n")
            // A shell has the script itself open, as 10 or more.
            #expect(Set(numbers.filter { $0.count == 1 }) == ["0", "1", "2"])
            let facts = String(decoding: try Files.bytes(notes), as: UTF8.self).split(separator: "\n")
            #expect(facts.count == 3 && facts.first == "0", "it has input")
            let process = facts.last?.split(separator: " ", maxSplits: 1) ?? []
            let session = facts.dropFirst().first?.split(separator: " ") ?? []
            #expect(process.last == "one $HOME * word")
            #expect(session == [process[0], process[0], "0"])
        }
    }

    /// Nothing that it has started outlives it when it is given up.
    @Test func allOfItIsEndedAtTheDeadline() async throws {
        try await KeyHome.with { keys in
            let notes = keys.scene.home.path.appending("notes")
            let script = try script(keys, "sleep 300 & echo $! $$ >'\(notes)'; wait")
            let given = GivenKey(
                words: ["--passphrase-command", "'\(script)'"], settings: ["command_timeout: 1"])
            try await keys.open(given).expectProblem(.secretSourceTimedOut)
            let processes = String(decoding: try Files.bytes(notes), as: UTF8.self)
                .split { $0 == " " || $0 == "\n" }.compactMap { pid_t($0) }
            #expect(processes.count == 2)
            for process in processes { #expect(try await isGone(process)) }
        }
    }

    /// A signal that ends this program ends the other one as well.
    @Test func itDoesNotOutliveTheRun() async throws {
        try await KeyHome.with { keys in
            let notes = keys.scene.home.path.appending("notes")
            let script = try script(keys, "echo $$ $PPID >'\(notes)'; exec sleep 300")
            async let run = keys.open(GivenKey(words: ["--passphrase-command", "'\(script)'"]))
            var processes: [pid_t] = []
            for _ in 0..<500 where processes.count < 2 {
                try await Task.sleep(for: .milliseconds(10))
                let text = (try? Files.bytes(notes)).map { String(decoding: $0, as: UTF8.self) } ?? ""
                processes = text.split { $0 == " " || $0 == "\n" }.compactMap { pid_t($0) }
            }
            try #require(processes.count == 2)
            kill(processes[1], SIGTERM)
            #expect(try await run.status == 128 + SIGTERM)
            #expect(try await isGone(processes[0]))
        }
    }

    private func isGone(_ process: pid_t) async throws -> Bool {
        for _ in 0..<300 {
            let state = (try? Files.bytesToTheEnd(of: FilePath("/proc/\(process)/stat"))) ?? []
            // Ended, and nobody has looked yet: that is for whoever inherits it to do.
            if state.isEmpty || String(decoding: state, as: UTF8.self).contains(") Z ") { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    @Test func itsPathIsRelativeToTheConfiguration() async throws {
        try await KeyHome.with { keys in
            let script = try script(keys, "")
            let folder = keys.scene.userConfiguration.removingLastComponent()
            try Files.makeFolder(folder)
            try #require(unsafe rename(script.string, folder.appending("tell").string) == 0)
            let run = try await keys.open(GivenKey(settings: ["passphrase_command: [./tell]"]))
            #expect(run.status == 0, "\(run.error)")
        }
    }

    /// As Windows ends its lines.
    @Test func oneLineEndIsTakenAway() async throws {
        try await KeyHome.with { keys in
            let bytes = Array(try Files.bytes(keys.passphrase).dropLast())
            for end in ["", "\n", "\r\n"] {
                try keys.scene.write(bytes + Array(end.utf8), to: keys.passphrase)
                let run = try await keys.open(try KeyPlace.passphraseVariable.right(in: keys))
                #expect(run.status == 0, "\(run.error)")
            }
        }
    }

    @Test(arguments: [
        ("pass show qbitvault", ["pass", "show", "qbitvault"]), (" a\t b\n", ["a", "b"]),
        ("a 'b c' \"d e\"", ["a", "b c", "d e"]), ("a''b \"\" ''", ["ab", "", ""]),
        (#"a\ b \' \" \\"#, ["a b", "'", "\"", "\\"]), (#"'a\b' "a\b \" \\ $x""#, [#"a\b"#, #"a\b " \ $x"#]),
        ("$HOME `x` | > & ; *", ["$HOME", "`x`", "|", ">", "&", ";", "*"]), ("", []), ("  ", []),
        ("ä 'é ü'", ["ä", "é ü"]),
    ])
    func wordsAreThoseOfAShell(line: String, words: [String]) throws {
        #expect(try CommandWords.split(line) == words)
    }

    @Test(arguments: ["'", "\"", "a 'b", "a \"b\\\"", "\\", "a\\", "'' a"])
    func whatIsNotFinishedIsRefused(line: String) {
        #expect(throws: (any Error).self) { try CommandWords.split(line) }
    }
}
