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
            try Folder.makePrivate(state)
            // One that is there and holds no id is of no use to anybody.
            let isDamaged = (try? file.stat()) != nil
            let staged = try StagedFile(for: file, mode: [.ownerReadWrite])
            try staged.write(Array((PublicBytes.random(count: 16).hex + "\n").utf8).span)
            do throws(FileError) { try staged.commit(replacing: isDamaged) } catch {
                // Another process was quicker; its id is ours.
                guard error.code == .exists else { throw error }
            }
            guard let id = try read(file) else { throw FileError(.absent, at: file) }
            return Writer(id: id, name: hostName())
        } catch {
            throw StoreError(.cannotWrite(error), at: Place(.vault, file.string))
        }
    }

    func author() -> VaultAuthor {
        VaultAuthor(writer: id, name: name, now: Clock.now)
    }

    private static func read(_ file: FilePath) throws(FileError) -> String? {
        let bytes: [UInt8]
        do { bytes = try FileReading.bytes(at: file, rule: .strict, limit: 64) } catch {
            if error.code == .absent { return nil }
            throw error
        }
        let text = String(decoding: bytes.prefix(32), as: UTF8.self)
        return [UInt8](hex: text)?.count == 16 ? text : nil
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
