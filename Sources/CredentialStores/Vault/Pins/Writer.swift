import Glibc
import Secrets
import SecureFiles
import SystemPackage

/// This host, as a vault knows it: a random id made once, and its name for people.
struct Writer: Sendable {
    /// 16 bytes in hexadecimal.
    let id: String
    let name: String

    /// Reads the id in the state folder, or makes it.
    static func ofThisHost(state: FilePath) throws(StoreError) -> Writer {
        let file = state.appending("writer-id")
        do throws(FileError) {
            if let id = try read(file) { return Writer(id: id, name: hostName()) }
            // One that is there and holds no id, or another machine's, is of no use.
            do throws(FileError) { try write(to: file, replacing: (try? file.stat()) != nil) } catch {
                // Another process was quicker; its id is ours.
                guard error.code == .exists else { throw error }
            }
            guard let id = try read(file) else { throw FileError(.absent, at: file) }
            return Writer(id: id, name: hostName())
        } catch {
            throw StoreError(.cannotWrite(error), at: Place(.vault, file.string))
        }
    }

    /// Makes another id, because this one has counted what another host or an earlier file counts too.
    static func renew(state: FilePath) throws(StoreError) {
        let file = state.appending("writer-id")
        do throws(FileError) { try write(to: file, replacing: true) } catch {
            throw StoreError(.cannotWrite(error), at: Place(.vault, file.string))
        }
    }

    private static func write(to file: FilePath, replacing: Bool) throws(FileError) {
        try Folder.makePrivate(file.removingLastComponent())
        let staged = try StagedFile(for: file, mode: [.ownerReadWrite])
        let lines = [PublicBytes.random(count: 16).hex, machine].compactMap(\.self)
        try staged.write(Array(lines.map { $0 + "\n" }.joined().utf8).span)
        try staged.commit(replacing: replacing)
    }

    func author() -> VaultAuthor {
        VaultAuthor(writer: id, name: name, now: Clock.now)
    }

    private static func read(_ file: FilePath) throws(FileError) -> String? {
        let bytes: [UInt8]
        do { bytes = try FileReading.bytes(at: file, rule: .strict, limit: 128) } catch {
            if error.code == .absent { return nil }
            throw error
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        guard let id = lines.first, [UInt8](hex: id)?.count == 16 else { return nil }
        // A state folder that was copied to another machine would count for two.
        if lines.count > 1, let machine, lines[1] != machine { return nil }
        return id
    }

    /// Tells machines apart, where they have an id: 16 bytes of a hash of it, because it is nobody else's business.
    private static var machine: String? {
        guard let id = try? FileReading.bytes(at: "/etc/machine-id", rule: .supplied, limit: 64), id.count >= 32 else {
            return nil
        }
        return PublicBytes.digest(of: Array("qbitvault writer\n".utf8) + id, count: 16).hex
    }

    private static func hostName() -> String {
        var name = utsname()
        guard unsafe uname(&name) == 0 else { return "unknown" }
        let text = unsafe withUnsafeBytes(of: &name.nodename) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }.prefix(64), as: UTF8.self)
        }
        let plain = text.filter { $0.isASCII && !$0.isWhitespace && $0 >= " " && $0 != "\u{7f}" }
        return plain.isEmpty ? "unknown" : plain
    }
}
