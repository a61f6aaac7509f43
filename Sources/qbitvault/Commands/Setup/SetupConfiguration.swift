import Glibc
import QBittorrentClient
import SecureFiles
import SystemPackage

/// The part of `setup` that records where the server is.
struct SetupConfiguration {
    private enum Step {
        /// It says so already, or there is no place for it.
        case nothing
        case make(FilePath)
        /// Links followed.
        case change(FilePath, from: [UInt8], to: [UInt8])
    }

    private let change: ServerChange
    private var step = Step.nothing

    /// Finds out what is to be written, and asks whether a configuration that is there may be changed.
    ///
    /// - Parameters:
    ///   - allowsPlainHTTP: whether a person has allowed it just now.
    ///   - mayEdit: whether that was said beforehand.
    /// - Throws: `Problem` when the configuration in use says otherwise and is to stay as it is. Then the difference is shown.
    init(for server: Server, allowingPlainHTTP allowsPlainHTTP: Bool, mayEdit: Bool, in context: Context) throws {
        let name = context.serverName == ServerName.usual ? nil : context.serverName
        change = ServerChange(server: server, name: name, allowsPlainHTTP: allowsPlainHTTP)
        guard let file = context.file else {
            guard let folder = context.world.folders.config else { return }
            let path = folder.appending("config.yaml")
            try refuseStrongerEnvironment(above: change.newText, at: path, in: context)
            step = .make(path)
            return
        }
        let known = context.isKnownServer ? try context.server() : nil
        guard known != server || allowsPlainHTTP else { return }
        let refusal = SetupRefusal(change: change, known: known, file: file.path)
        guard let before = try file.read() else { return }
        guard let after = try change.applied(to: before, of: file, home: context.world.folders.home) else {
            throw refusal.problem(.uncertain)
        }
        try refuseStrongerEnvironment(above: after, at: file.path, in: context)
        let difference = LineDifference.lines(from: before, to: after)
        let path = Self.real(file.path)
        guard Self.isOurs(path) else {
            difference.forEach(context.world.output.note)
            throw refusal.problem(.notOurs)
        }
        if !mayEdit {
            guard context.world.prompt.isAllowed else {
                difference.forEach(context.world.output.note)
                throw refusal.problem(.nobodyThere)
            }
            let question = """
                \(refusal.sentence) In \(file.path):
                \(difference.map(\.printable).joined(separator: "\n"))
                Change it so?
                """
            guard try context.world.prompt.confirm(question, usual: true) else { throw refusal.problem(.declined) }
        }
        step = .change(path, from: before, to: after)
    }

    /// What `write` would do; nil if nothing.
    var intention: [String]? {
        switch step {
        case .nothing: nil
        case .make(let path):
            ["write \(path):"] + LineDifference.lines(from: [], to: change.newText)
        case .change(let path, let before, let after):
            ["change \(path), and keep what it is now beside it:"] + LineDifference.lines(from: before, to: after)
        }
    }

    /// Writes it, and returns which file it was; nil where nothing had to be written. A new file is 0600 and never
    /// over one that is there; of one that is changed a copy is kept.
    func write(_ deeds: inout SetupDeeds) throws -> FilePath? {
        do throws(FileError) {
            switch step {
            case .nothing: return nil
            case .make(let path):
                try Folder.makePrivate(path.removingLastComponent())
                let file = try StagedFile(for: path, mode: [.ownerReadWrite])
                try file.write(change.newText.span)
                try file.commit(replacing: false)
                deeds.note("configuration written to \(path)", undo: "rm \(ShellWord(path.string))")
                return path
            case .change(let path, let before, let after):
                guard try FileReading.bytes(at: path, rule: .configuration, limit: YamlReader.largest) == before else {
                    throw FileError(.exists, at: path)
                }
                let copy = try Self.keep(before, of: path)
                let file = try StagedFile(for: path, mode: Self.mode(of: path))
                try file.write(after.span)
                try file.commit()
                deeds.note(
                    "configuration \(path) changed, and what it was is \(copy)",
                    undo: "mv \(ShellWord(copy.string)) \(ShellWord(path.string))")
                return path
            }
        } catch {
            guard case .change(let path, _, _) = step, error.code == .exists else { throw Problem(writing: error) }
            throw Problem(
                .resultCannotBeWritten,
                "The configuration has been changed by somebody else meanwhile, and is left so.",
                at: path.string, next: "set up again")
        }
    }

    /// Writes a copy beside a file, under a name that is free.
    private static func keep(_ bytes: [UInt8], of path: FilePath) throws(FileError) -> FilePath {
        var number = 1
        while true {
            let copy = FilePath(path.string + ".before-setup" + (number == 1 ? "" : "-\(number)"))
            number += 1
            let file = try StagedFile(for: copy, mode: mode(of: path))
            try file.write(bytes.span)
            do throws(FileError) {
                try file.commit(replacing: false)
                return copy
            } catch {
                guard error.code == .exists, number < 100 else { throw error }
            }
        }
    }

    private static func mode(of path: FilePath) -> FilePermissions {
        (try? path.stat()).map { $0.permissions.intersection(FilePermissions(rawValue: 0o777)) } ?? [.ownerReadWrite]
    }

    /// Whether it can be replaced and stay this user's own.
    private static func isOurs(_ path: FilePath) -> Bool {
        let folder = path.removingLastComponent()
        guard (try? path.stat())?.userID.rawValue == geteuid() else { return false }
        return unsafe (folder.isEmpty ? "." : folder).withPlatformString { unsafe access($0, W_OK) } == 0
    }

    private static func real(_ path: FilePath) -> FilePath {
        guard let name = unsafe path.withPlatformString({ unsafe realpath($0, nil) }) else { return path }
        defer { unsafe free(name) }
        return unsafe FilePath(platformString: name)
    }

    /// What is written must be what later runs go by.
    private func refuseStrongerEnvironment(above text: [UInt8], at path: FilePath, in context: Context) throws {
        guard change.name == nil else { return }
        let (environment, home) = (context.world.environment, context.world.folders.home)
        var settings = Settings()
        try settings.apply(text, of: ConfigurationFile(path: path, origin: .option), home: home)
        try settings.apply(environment: environment, home: home)
        guard (try? settings.qbittorrent.server()) != change.server else { return }
        let variables = SettingKey.all.filter { $0.saysWhere && environment($0.variable)?.isEmpty == false }
        let names = variables.map(\.variable).joined(separator: ", ")
        throw Problem(
            .configuration, "The environment says that the server is elsewhere, and stands above every configuration.",
            at: names, next: "unset \(names), or name that server with --url")
    }
}

/// Why a configuration that is there is left as it is.
private struct SetupRefusal {
    enum Reason { case nobodyThere, declined, notOurs, uncertain }

    let change: ServerChange
    /// Where it says that the server is.
    let known: Server?
    let file: FilePath

    private var section: String { change.section.joined(separator: ".") }

    var sentence: String {
        guard let known else { return "The configuration does not know \(change.name ?? "the server") yet." }
        if known == change.server { return "The configuration does not allow plain http to \(known.host) yet." }
        return "The configuration names \(known.origin), and \(change.server.origin) is to be set up."
    }

    func problem(_ reason: Reason) -> Problem {
        let line =
            known == change.server
            ? "add \(change.server.host) to allow_plain_http under \(section)"
            : "write url: \"\(change.server.origin)\" under \(section)"
        let (why, next) =
            switch reason {
            case .nobodyThere: ("It is left as it is.", "say --edit-config to have it changed, or \(line)")
            case .declined: ("It is left as it is, and nothing was done.", line)
            case .notOurs:
                ("This user cannot change it.", "have its owner \(line), or name a file of yours with --config")
            case .uncertain: ("It is written in a way that is not changed here with certainty.", line)
            }
        return Problem(.configuration, "\(sentence) \(why)", at: file.string, next: "\(next), and set up again")
    }
}
