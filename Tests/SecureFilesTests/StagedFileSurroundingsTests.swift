import Glibc
import SecureFiles
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The umask, a full disk, a limit and mounts: what a process has around it, each in a process of its own.
@Suite struct StagedFileSurroundingsTests {
    @Test(arguments: [0o000, 0o022, 0o077, 0o177, 0o777] as [UInt32])
    func theUmaskTakesNothingFromAMode(mask: UInt32) async {
        await #expect(processExitsWith: .success) { [mask] in
            let scratch = try ScratchFolder()
            umask(mask)
            #expect(try modeOfNewFile(in: scratch.path, given: [.ownerReadWrite]) == 0o600)
            #expect(try modeOfNewFile(in: scratch.path, given: FilePermissions(rawValue: 0o664)) == 0o664)
        }
    }

    @Test(arguments: [0o000, 0o022, 0o027, 0o077] as [UInt32])
    func withoutAModeTheUmaskDecides(mask: UInt32) async {
        await #expect(processExitsWith: .success) { [mask] in
            let scratch = try ScratchFolder()
            umask(mask)
            #expect(try modeOfNewFile(in: scratch.path, given: nil) == 0o666 & ~mask)
        }
    }

    @Test func aNameWithoutAFolderIsInTheWorkingFolder() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchFolder()
            try #require(unsafe chdir(scratch.path.string) == 0)
            _ = try modeOfNewFile(in: "", given: nil)
            #expect(try scratch.names() == ["new"])
        }
    }

    @Test func aWriteBeyondTheLimitOfFilesFails() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchFolder()
            let path = try scratch.file("old")
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
            try #require(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            #expect(throws: FileError(.failed(.write, .fileTooLarge), at: path)) {
                let file = try StagedFile(for: path, mode: nil)
                try file.write([UInt8](repeating: 1, count: 1001).span)
                try file.commit()
            }
            #expect(try Files.bytes(path) == [7, 7, 7])
            #expect(try scratch.names() == ["old"])
        }
    }

    @Test func aFullDiskLeavesWhatWasThere() async throws {
        let scratch = try ScratchFolder()
        let said = try await probe(
            in: scratch.path, count: 1 << 20, after: #"mount -t tmpfs -o size=64k none "$1"; printf 777 > "$1/file""#
        )
        #expect(said == ["write failed: \(ENOSPC)", "file: 777"])
    }

    /// As a container sees a single file that it was given.
    @Test func aFileThatIsAMountCannotBeReplaced() async throws {
        let scratch = try ScratchFolder()
        let said = try await probe(
            in: scratch.path, count: 10, after: #"printf 777 > "$1/file"; mount --bind "$1/file" "$1/file""#
        )
        #expect(said == ["rename failed: \(EBUSY)", "file: 777"])
    }

    /// Runs FileProbe over `file` after shell commands in mounts of its own; then come the folder's files with content.
    private func probe(in folder: FilePath, count: Int, after commands: String) async throws -> [String] {
        let script = """
            set -e
            \(commands)
            "$2" "$1/file" \(count)
            cd "$1"
            for file in $(ls -A); do echo "$file: $(cat "$file")"; done
            """
        let run = try await ToolRun.succeeding(
            .name("unshare"),
            [
                "--map-root-user", "--mount", "sh", "-c", script, "sh", folder.string,
                try BuildFolder.path.appending("FileProbe").string,
            ]
        )
        return run.text.split(separator: "\n").map(String.init)
    }
}

private func modeOfNewFile(in folder: FilePath, given mode: FilePermissions?) throws -> UInt32 {
    let path = folder.appending("new")
    try StagedFile(for: path, mode: mode).commit()
    return try Files.mode(path)
}
