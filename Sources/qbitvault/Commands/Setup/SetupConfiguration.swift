import Glibc
import QBittorrentClient
import SecureFiles
import SystemPackage

/// The part of `setup` that records where the server is.
struct SetupConfiguration {
    enum Step {
        /// It says so already, or there is no place for it.
        case nothing
        case make(FilePath)
        /// Links followed.
        case change(FilePath, from: [UInt8], to: [UInt8])
    }

    let change: ServerChange
    private(set) var step = Step.nothing

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
            if isOverruled(change.newText, in: context) {
                // What the environment says in parts, a whole address in a file would contradict.
                guard try context.server() == server else { throw Self.overruling(in: context) }
            } else {
                step = .make(path)
            }
            return
        }
        let known = context.isKnownServer ? try context.server() : nil
        guard known != server || allowsPlainHTTP else { return }
        let refusal = SetupRefusal(change: change, known: known, file: file.path)
        guard let before = try file.read() else { return }
        guard let after = try change.applied(to: before, of: file, home: context.world.folders.home) else {
            throw refusal.problem(.uncertain)
        }
        if isOverruled(after, in: context) { throw Self.overruling(in: context) }
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

    /// Whether later runs would go by what the environment says, and not by this.
    private func isOverruled(_ text: [UInt8], in context: Context) -> Bool {
        guard change.name == nil else { return false }
        let (environment, home) = (context.world.environment, context.world.folders.home)
        let file = ConfigurationFile(path: context.file?.path ?? "config.yaml", origin: .option)
        var settings = Settings()
        do throws(SettingsError) {
            try settings.apply(text, of: file, home: home)
            try settings.apply(environment: environment, home: home)
        } catch { return true }
        return (try? settings.qbittorrent.server()) != change.server
    }

    private static func overruling(in context: Context) -> Problem {
        let environment = context.world.environment
        let variables = SettingKey.all.filter { $0.saysWhere && environment($0.variable)?.isEmpty == false }
        let names = variables.map(\.variable).joined(separator: ", ")
        return Problem(
            .configuration, "The environment says that the server is elsewhere, and stands above every configuration.",
            at: names, next: "unset \(names), or name that server with --url")
    }
}
