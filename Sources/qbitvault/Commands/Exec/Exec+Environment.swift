import CredentialStores
import QBittorrentClient
import Secrets

extension Exec {
    /// What the command finds that becomes this process; what was found is not in memory any longer then.
    func ownEnvironment(_ found: consuming CredentialSelection, in context: Context) throws -> ProgramEnvironment {
        try environment(found, in: context) { item in
            guard delivery.fd else { return try found.textValue(of: item) }
            return .text(try found.sealedFile(of: item))
        }
    }

    /// - Parameter value: what the variable of a credential holds, or that of its file.
    func environment(
        _ found: borrowing CredentialSelection, in context: Context,
        _ value: (CredentialSelection.Item) throws -> ProgramEnvironment.Value
    ) throws -> ProgramEnvironment {
        var variables: [ProgramEnvironment.Variable] = []
        // What contradicts, or was to be called otherwise, goes.
        var known = Set([CredentialName.username, .password, .apiKey] + found.items.map(\.name)).map(\.description)
        if let preset = selection.preset {
            known += preset.variables.values
            variables.append(.init(name: preset.address, value: .text(try context.server().origin)))
        }
        for item in found.items {
            let names = selection.variables(of: item.name)
            known += names
            if names.isEmpty { continue }
            // A user name is no secret.
            let isFile = delivery.givesFiles && item.name != .username
            let value = try item.name == .username ? found.textValue(of: item) : value(item)
            variables += names.map { .init(name: isFile ? $0.asFileVariable : $0, value: value) }
        }
        if let twice = variables.map(\.name).firstRepeated { throw Problem(twoCredentialsIn: twice) }
        for item in found.items where item.name == selection.stdin { try found.feedStandardInput(item) }
        return ProgramEnvironment(
            adding: variables, of: found.values, removing: Set(known + known.map { $0 + "_FILE" }))
    }
}

extension String {
    /// What a program looks up for the name of a file that holds what the variable would.
    fileprivate var asFileVariable: String { hasSuffix("FILE") ? self : self + "_FILE" }
}

extension [String] {
    fileprivate var firstRepeated: String? {
        var seen: Set<String> = []
        return first { !seen.insert($0).inserted }
    }
}
