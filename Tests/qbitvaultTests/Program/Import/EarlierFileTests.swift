import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// A `.credentials` of the earlier tool, where nobody is there to type.
@Suite(.timeLimit(.minutes(1))) struct EarlierFileTests {
    @Test func itsNamesAreToldAndNothingIsKept() async throws {
        try await TestHome.with { home in
            let scene = Scene(home)
            try await scene.succeed(["vault", "init", "--key-file", scene.keyFile.string])
            let names = ["QBIT_USERNAME", "QBIT_PASSWORD"]
            for content in [EarlierFile.object(names), EarlierFile.lines(names)] {
                try scene.write(content, to: scene.envFile)
                let run = try await scene.run(["credential", "import", "old.env", "--delete"])
                try run.expectProblem(.usage)
                #expect(run.error.contains("QBIT_USERNAME, QBIT_PASSWORD") && run.error.contains("name of the host"))
                #expect(try Files.bytes(scene.envFile) == content)
            }
            // One that no credential can have would be lost with the file.
            try scene.write(EarlierFile.object(names + ["a b"]), to: scene.envFile)
            let lossy = try await scene.run(["credential", "import", "old.env", "--delete"])
            try lossy.expectProblem(.usage)
            #expect(lossy.error.contains("--delete would lose") && lossy.error.contains("a b"))
            try scene.write(EarlierFile.token(), to: scene.envFile)
            try await scene.run(["credential", "import", "old.env"]).expectProblem(.secretSourceFailed)
            #expect(try await scene.generation() == 1)
        }
    }
}

/// Files of the earlier tool's shape.
enum EarlierFile {
    static func object(_ names: [String]) -> [UInt8] {
        Array("{\n\(names.map { "  \"\($0)\": \"\(text(token()))\"" }.joined(separator: ",\n"))\n}\n".utf8)
    }

    static func lines(_ names: [String]) -> [UInt8] {
        Array(names.map { "\($0)=\(text(token()))\n" }.joined().utf8)
    }

    /// Version, time, nonce, three blocks and a tag, in base64url.
    static func token() -> [UInt8] {
        let content = [0x80, 0, 0, 0, 0, 0x68] + (0..<99).map { _ in UInt8.random(in: .min ... .max) }
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        return stride(from: 0, to: content.count, by: 3).flatMap { start in
            let bits = Int(content[start]) << 16 | Int(content[start + 1]) << 8 | Int(content[start + 2])
            return [18, 12, 6, 0].map { letters[bits >> $0 & 63] }
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
