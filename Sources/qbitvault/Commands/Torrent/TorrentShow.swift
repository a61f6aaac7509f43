import ArgumentParser
import SecureFiles
import SystemPackage
import TorrentCreation

/// Tells what a .torrent file says.
struct TorrentShow: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what is in a .torrent file.",
        discussion: """
            The file is read strictly and checked in itself; no server is asked. Of trackers and web seeds only the host is \
            shown where the rest may be a pass key, and the magnet link leaves trackers out; --reveal shows all. With \
            --json every file is told, else the first \(TorrentReport.fewFiles) unless you say --files.
            """)

    @Argument(help: ArgumentHelp("The file; - is standard input.", valueName: "file"))
    var file: String

    @Flag(help: "Show the addresses of trackers and web seeds whole.")
    var reveal = false

    @Flag(help: "Show all files, however many.")
    var files = false

    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.none

    func validate() throws {
        if file.isEmpty { throw ValidationError("The file has no name; - is standard input.") }
    }

    func run(in context: Context) async throws {
        let bytes = try read()
        let metainfo: Metainfo
        do throws(MetainfoError) { metainfo = try Metainfo(bytes) } catch {
            throw Problem(
                .sourceOrPathWrong, "This is no sound torrent: \(error.sentence).", at: place,
                next: "check that it was downloaded whole, and not saved from a web page")
        }
        try context.world.output.result(
            TorrentReport(metainfo, file: file, isRevealed: reveal, listsAll: files || global.json))
    }

    private var place: String { file == "-" ? "standard input" : file }

    private func read() throws -> [UInt8] {
        let limit = Bencode.Limits.torrent.bytes
        if file == "-" { try ClaimedInput.claim(0, for: "-") }
        do throws(FileError) {
            if file == "-" { return try FileReading.bytes(from: .standardInput, named: "standard input", limit: limit) }
            let path = FilePath(file)
            let descriptor: FileDescriptor
            do { descriptor = try .open(path, .readOnly, options: .closeOnExec) } catch {
                let code = error as? Errno ?? .ioError
                throw FileError(code == .noSuchFileOrDirectory ? .absent : .failed(.open, code), at: path)
            }
            defer { try? descriptor.close() }
            return try FileReading.bytes(from: descriptor, named: path, limit: limit)
        } catch {
            throw Problem(.sourceOrPathWrong, error.sentence, at: place, next: "name a .torrent file that can be read")
        }
    }
}
