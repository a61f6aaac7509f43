import ArgumentParser
import FoundationEssentials

/// Which systemd a unit is for.
struct SystemdVersion: Hashable, Comparable {
    let number: Int

    /// What these units rest on came with it: folders that a service owns, and a file system that is closed to it.
    static let oldest = SystemdVersion(number: 235)
    /// Taken where no systemd is here to ask: the first whose credentials can be encrypted.
    static let usual = SystemdVersion(number: 250)

    init(number: Int) { self.number = number }

    /// - Parameter text: such as `252`.
    init(_ text: String) throws(ValidationError) {
        guard let number = Int(text), (Self.oldest.number...9999).contains(number) else {
            throw ValidationError("--systemd-version takes a number from \(Self.oldest.number) on, such as 252.")
        }
        self.init(number: number)
    }

    static func < (a: SystemdVersion, b: SystemdVersion) -> Bool { a.number < b.number }

    /// This machine's, by the name of the library that systemd's programs share; nil where it has none.
    static func here() -> SystemdVersion? {
        let folders = libraryFolders.flatMap { [$0 + "/systemd"] + below($0).map { $0 + "/systemd" } }
        let names = folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
        // libsystemd-shared-252.so, or libsystemd-shared-255.4-1.fc40.so.
        let numbers = names.filter { $0.hasPrefix(library) }
            .compactMap { Int($0.dropFirst(library.count).prefix { $0.isNumber }) }
        return numbers.max().map { SystemdVersion(number: $0) }
    }

    private static let library = "libsystemd-shared-"
    private static let libraryFolders = ["/usr/lib", "/lib", "/usr/lib64"]

    /// Folders such as `/usr/lib/x86_64-linux-gnu`.
    private static func below(_ folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.contains("-linux-gnu") }.map { "\(folder)/\($0)" }
    }
}
