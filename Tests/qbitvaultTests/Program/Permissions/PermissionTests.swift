import Glibc
import Secrets
import Subprocess
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import qbitvault

/// What others could read or exchange is refused, and the command that is suggested mends it.
@Suite(.timeLimit(.minutes(5))) struct PermissionTests {
    /// What belongs to the system is nobody's to move.
    @Test(arguments: ["/", "/tmp", "/dev/null"]) func noAdviceMovesTheSystemsOwn(_ path: String) async throws {
        try await TestHome.with { home in
            let run = try await Scene(home).run(
                ["credential", "list"], environment: ["QBITVAULT_KEY_FILE": path, "QBITVAULT_VAULT": path])
            #expect(run.status != 0)
            #expect(!run.error.contains("mv "), "\(run.error)")
        }
    }

    @Test(arguments: ClosedFile.allCases, UnsafeFile.allCases)
    func aFileIsRefusedUntilItIsMended(_ file: ClosedFile, _ fault: UnsafeFile) async throws {
        guard canBring(fault, needsRoot: fault.needsRoot) else { return }
        try await OddPlace.with { place in
            let path = try place.path(of: file)
            try fault.bring(about: path)
            let run = try await place.keep()
            try run.expectProblem(.unsafePermissions)
            let told: ToldProblem = try run.document()
            #expect(told.place?.hasSuffix(path.string) == true, "\(told)")
            try await mend(as: told)
            try fault.putBack(path)
            #expect(try await place.keep().status == 0)
        }
    }

    @Test(arguments: folders)
    func aFolderIsRefusedUntilItIsMended(_ folder: ClosedFolder, _ fault: UnsafeFolder) async throws {
        guard canBring(fault, needsRoot: fault.needsRoot) else { return }
        try await OddPlace.with { place in
            place.rename(folder, to: try fault.bring(about: place.path(of: folder)))
            let run = try await place.keep()
            try run.expectProblem(.unsafePermissions)
            try await mend(as: try run.document())
            #expect(try await place.keep().status == 0)
        }
    }

    /// The folder of the pins is always found below the state folder.
    private static let folders = ClosedFolder.allCases.flatMap { folder in
        UnsafeFolder.allCases.filter { folder != .pins || $0 != .strangersLink }.map { (folder, $0) }
    }

    /// Says so where a test cannot do what it is for.
    private func canBring(_ fault: some Sendable, needsRoot: Bool) -> Bool {
        if !needsRoot || geteuid() == 0 { return true }
        Issue.record("NOT TESTED: only root can bring about \(fault)", severity: .warning)
        return false
    }

    /// Runs the suggested command as it stands there, after the words before it.
    private func mend(as told: ToldProblem) async throws {
        let next = try #require(told.next)
        let command = try #require(next.firstRange(of: ": ")).upperBound
        _ = try await ToolRun.succeeding(.name("bash"), ["-c", String(next[command...])])
    }
}

/// The files that nobody else may reach.
enum ClosedFile: String, CaseIterable, Sendable { case vault, key, pin, writerID, lock, record }

/// The folders that they lie in.
enum ClosedFolder: String, CaseIterable, Sendable { case ofVault, ofKey, state, pins }

/// A vault, its key and the state in folders whose names a shell must not take apart.
final class OddPlace: Sendable {
    private let scene: Scene
    private let folders: Mutex<[ClosedFolder: FilePath]>

    static func with(_ body: (OddPlace) async throws -> Void) async throws {
        try await TestHome.with { home in
            let place = OddPlace(Scene(home))
            for folder in [ClosedFolder.ofVault, .ofKey, .state] { try Files.makeFolder(try place.path(of: folder)) }
            try await place.scene.succeed(
                ["vault", "init", "--key-file", place.path(of: .key).string], environment: place.environment)
            #expect(try await place.keep().status == 0)
            try await body(place)
        }
    }

    private init(_ scene: Scene) {
        self.scene = scene
        let above = scene.home.path.appending("it's \"here\" $HOME; #1")
        folders = Mutex([
            .ofVault: above.appending("a vault\\'s").appending("folder"),
            .ofKey: above.appending("-k $(id)").appending("key"),
            .state: above.appending("st`ate").appending("*"),
        ])
    }

    func path(of folder: ClosedFolder) throws -> FilePath {
        if folder == .pins { return try path(of: .state).appending("pins") }
        return try #require(folders.withLock { $0[folder] })
    }

    func path(of file: ClosedFile) throws -> FilePath {
        switch file {
        case .vault: try path(of: .ofVault).appending("my vault.qbv")
        case .lock: try path(of: .ofVault).appending("my vault.qbv.lock")
        case .key: try path(of: .ofKey).appending("vault's.key")
        case .writerID: try path(of: .state).appending("writer-id")
        case .record: try path(of: .state).appending("store.json")
        case .pin: try #require(Files.entries(of: path(of: .pins)).first { $0.extension == "json" })
        }
    }

    /// From now on the folder is reached by another name.
    func rename(_ folder: ClosedFolder, to path: FilePath) { folders.withLock { $0[folder] = path } }

    /// Changes the vault, which needs all of the files.
    func keep() async throws -> ToolRun {
        try await scene.run(
            ["credential", "set", "TRACKER", "--stdin"], input: scene.newSecret(), environment: environment)
    }

    private var environment: [String: String] {
        get throws {
            [
                "QBITVAULT_VAULT": try path(of: .vault).string, "QBITVAULT_KEY_FILE": try path(of: .key).string,
                "STATE_DIRECTORY": try path(of: .state).string,
            ]
        }
    }
}
