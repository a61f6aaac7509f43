import Glibc
import SecureFiles
import SystemPackage
import TorrentCreation

/// The sources of a run, in their order: arguments, then what `--from` names, then the entries of `--each`.
struct SourceList {
    let paths: [FilePath]

    /// - Parameter results: the folder that the torrents go to; they are no sources.
    init(
        _ arguments: [String], _ options: SourceOptions, takesDotfiles: Bool, results: FilePath,
        in workingFolder: FilePath
    ) throws {
        var paths = arguments.map { FilePath($0) }
        if let from = options.from { paths += try Self.listed(in: from) }
        for folder in options.each {
            paths += try Self.entries(
                of: FilePath(folder), takesDotfiles: takesDotfiles, results: workingFolder.pushing(results),
                in: workingFolder)
        }
        // One that is named twice is one source.
        var seen: Set<FilePath> = []
        self.paths = paths.filter { path in
            let isPlain = path.components.allSatisfy { $0.kind != .parentDirectory }
            let whole = workingFolder.pushing(path)
            return seen.insert(isPlain ? whole.lexicallyNormalized() : PathMap.realPath(of: whole) ?? whole).inserted
        }
    }

    /// A zero byte anywhere says that names end with one, and not with a line.
    private static func listed(in name: String) throws -> [FilePath] {
        let bytes: [UInt8]
        if name == "-" {
            try ClaimedInput.claim(0, for: "--from")
            bytes = try read(.standardInput, named: "standard input")
        } else {
            do {
                let file = try FileDescriptor.open(FilePath(name), .readOnly, options: .closeOnExec)
                defer { try? file.close() }
                bytes = try read(file, named: name)
            } catch let error as Errno { throw unreadable(name, error, "--from") }
        }
        let separator = bytes.contains(0) ? 0 : UInt8(ascii: "\n")
        return bytes.split(separator: separator).map { FilePath(bytes: $0) }
    }

    private static func read(_ file: FileDescriptor, named name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count: Int
            do { count = try unsafe part.withUnsafeMutableBytes { try unsafe file.read(into: $0) } } catch {
                throw unreadable(name, error as? Errno ?? .ioError, "--from")
            }
            if count == 0 { return bytes }
            bytes += part[..<count]
            guard bytes.count <= 64 << 20 else {
                throw Problem(.usage, "The list of sources is larger than 64 MiB.", at: name, next: "split it")
            }
        }
    }

    /// In the order of their names' bytes. What begins with a dot makes no torrent, unless it is asked for.
    private static func entries(
        of folder: FilePath, takesDotfiles: Bool, results: FilePath, in workingFolder: FilePath
    ) throws -> [FilePath] {
        let names: [FilePath.Component]
        do { names = try FolderNames.read(folder) } catch { throw unreadable(folder.string, error, "--each") }
        let real = PathMap.realPath(of: workingFolder.pushing(folder))
        let realResults = PathMap.realPath(of: results)
        return
            names.filter { name in
                if !takesDotfiles, name.string.hasPrefix(".") { return false }
                guard let realResults, let real else { return true }
                // The torrents themselves are no sources.
                if real == realResults, name.string.hasSuffix(".torrent") || name.string.hasSuffix(".rejected") {
                    return false
                }
                return real.appending(name) != realResults
            }
            .map { folder.appending($0) }
            .sorted { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }
    }

    private static func unreadable(_ name: String, _ code: Errno, _ option: String) -> Problem {
        Problem(
            .sourceOrPathWrong, "The sources cannot be read: \(code).", at: "\(option) \(name)",
            next: "correct the path, or make it readable")
    }
}

extension FilePath {
    /// Any bytes but zero.
    fileprivate init(bytes: ArraySlice<UInt8>) {
        self = unsafe (Array(bytes) + [0]).withUnsafeBufferPointer { buffer in
            unsafe buffer.withMemoryRebound(to: CInterop.PlatformChar.self) { text in
                unsafe text.baseAddress.map { unsafe FilePath(platformString: $0) } ?? FilePath()
            }
        }
    }
}
