import Secrets
import SecureFiles
import SystemPackage
import TestSupport
import Testing

@Suite struct GrowingFileReadingTests {
    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 300_000])
    func aFileComesWhole(_ count: Int) throws {
        let folder = try ScratchFolder()
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        let path = folder.path.appending("file")
        try Files.write(bytes, to: path)
        let file = try FileDescriptor.open(path, .readOnly)
        defer { try? file.close() }
        let read = try FileReading.growingSecret(from: file, named: path, limit: 300_000).bytes
        #expect(read == bytes)
    }

    /// A pipe does not tell how much will come.
    @Test func aPipeComesWhole() async throws {
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 11) }
        let pipe = try FileDescriptor.pipe()
        // Each has a thread of its own: the few that tasks share would wait for each other.
        async let writer: Void = onThread {
            _ = try? pipe.writeEnd.writeAll(bytes)
            try? pipe.writeEnd.close()
        }
        let read = await onThread {
            try? FileReading.growingSecret(from: pipe.readEnd, named: "pipe", limit: 1 << 20).bytes
        }
        await writer
        #expect(read == bytes)
    }

    @Test(arguments: [0, 10, 70_000])
    func moreThanTheLimitIsRefused(_ limit: Int) throws {
        let folder = try ScratchFolder()
        let path = try folder.file(count: limit + 1)
        let file = try FileDescriptor.open(path, .readOnly)
        defer { try? file.close() }
        #expect(throws: FileError(.tooLarge(limit: limit), at: path)) {
            _ = try FileReading.growingSecret(from: file, named: path, limit: limit)
        }
    }
}
