import SystemPackage
import TestSupport
import Testing

/// What the keyring store does with items, with libsecret's own file backend and with a real service.
@Suite(.timeLimit(.minutes(2))) struct KeyringStoreTests {
    enum Backend: CaseIterable { case file, service }

    private let value = Array(madeUp().utf8)
    private let home = "http://127.0.0.1:8080"

    @Test(arguments: Backend.allCases)
    func aValueComesBackByteForByte(backend: Backend) async throws {
        try await with(backend) { keyring async throws in
            for value in [value, [0, 0xFF, 10, 0, 13, 10], Array(madeUp(1000).utf8), Array("ä🔑 \"'\\&%+".utf8)] {
                #expect(try await keyring.probe("write", "default", "QBIT_PASSWORD", home, input: value).status == 0)
                let answer = try await keyring.probe("read", "default", "QBIT_PASSWORD")
                #expect(answer.output == value)
                #expect(answer.errors == [home])
            }
            #expect(try await keyring.probe("read", "nas", "QBIT_PASSWORD").status == 10)
            #expect(try await keyring.probe("read", "default", "QBIT_USERNAME").status == 10)
        }
    }

    @Test(arguments: Backend.allCases)
    func secretToolFindsOurs(backend: Backend) async throws {
        try await with(backend) { keyring async throws in
            _ = try await keyring.probe("write", "default", "QBIT_PASSWORD", home, input: value)
            #expect(try await keyring.secretTool("lookup").output == value)
            let search = try await keyring.secretTool("search", "--all")
            #expect(search.lines.contains("label = qbitvault: QBIT_PASSWORD for default"))
        }
    }

    @Test(arguments: Backend.allCases)
    func oursFindsSecretTools(backend: Backend) async throws {
        try await with(backend) { keyring async throws in
            #expect(try await keyring.secretTool("store", "--label=mine", input: value).status == 0)
            let answer = try await keyring.probe("read", "default", "QBIT_PASSWORD")
            #expect(answer.output == value)
            #expect(answer.errors == [])
        }
    }

    @Test(arguments: Backend.allCases)
    func writingLeavesOneItem(backend: Backend) async throws {
        try await with(backend) { keyring async throws in
            _ = try await keyring.secretTool("store", "--label=mine", input: Array("older".utf8))
            for origin in [home, "https://elsewhere:443", home] {
                let value = Array(madeUp().utf8)
                let write = try await keyring.probe("write", "default", "QBIT_PASSWORD", origin, input: value)
                #expect(write.status == 0)
                let search = try await keyring.secretTool("search", "--all")
                #expect(search.lines.count { $0.hasPrefix("label = ") } == 1)
                #expect((search.lines + search.errors).contains("attribute.url = \(origin)"))
                let answer = try await keyring.probe("read", "default", "QBIT_PASSWORD")
                #expect(answer.output == value)
                #expect(answer.errors == [origin])
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func deletingTakesOneEntry(backend: Backend) async throws {
        try await with(backend) { keyring async throws in
            for name in ["QBIT_PASSWORD", "TRACKER"] {
                _ = try await keyring.probe("write", "default", name, home, input: value)
            }
            #expect(try await keyring.probe("delete", "default", "QBIT_PASSWORD").status == 0)
            #expect(try await keyring.probe("delete", "default", "QBIT_PASSWORD").status == 10)
            #expect(try await keyring.probe("read", "default", "QBIT_PASSWORD").status == 10)
            #expect(try await keyring.probe("read", "default", "TRACKER").output == value)
        }
    }

    @Test(arguments: Backend.allCases)
    func aListIsInOrderAndHoldsNoValue(backend: Backend) async throws {
        try await with(backend) { keyring async throws in
            #expect(try await keyring.probe("list").output.isEmpty)
            for (server, name) in [("nas", "B"), ("default", "TRACKER"), ("nas", "A")] {
                _ = try await keyring.probe("write", server, name, home, input: value)
            }
            let list = try await keyring.probe("list")
            #expect(
                list.lines == [
                    "default TRACKER \(home) created changed", "nas A \(home) created changed",
                    "nas B \(home) created changed",
                ]
            )
        }
    }

    @Test(arguments: Backend.allCases)
    func aPairIsKeptWhole(backend: Backend) async throws {
        try await with(backend) { keyring async throws in
            #expect(try await keyring.probe("pair", "default", "someone", home, input: value).status == 0)
            #expect(try await keyring.probe("read", "default", "QBIT_USERNAME").output == Array("someone".utf8))
            #expect(try await keyring.probe("read", "default", "QBIT_PASSWORD").output == value)
        }
    }

    private func with(_ backend: Backend, _ body: ([String: String]) async throws -> Void) async throws {
        if backend == .service {
            return try await KeyringSession.with(.unlocked) { try await body($0.environment) }
        }
        let folder = try Files.makeScratchFolder()
        defer { try? Files.removeTree(folder) }
        try await body([
            "PATH": "/usr/local/bin:/usr/bin:/bin", "XDG_RUNTIME_DIR": folder.string, "SECRET_BACKEND": "file",
            "SECRET_FILE_TEST_PATH": folder.appending("keyring").string, "SECRET_FILE_TEST_PASSWORD": madeUp(),
        ])
    }
}
