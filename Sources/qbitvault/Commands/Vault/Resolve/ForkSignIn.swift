import ArgumentParser
import CredentialStores
import QBittorrentClient
import Secrets

/// Asks the servers whose password counts, where two copies of a vault differ in one.
struct ForkSignIn {
    let fork: Fork
    let context: Context

    /// The sides whose password a server took. What no server was asked about, or none could tell, is not among them.
    func choices(besides known: [CredentialKey: Fork.Side]) async throws -> [CredentialKey: Fork.Side] {
        var choices = known
        for key in fork.differences.map(\.key) where key.name == .password && choices[key] == nil {
            choices[key] = try await side(for: key.server)
        }
        return choices
    }

    private func side(for name: String) async throws -> Fork.Side? {
        let context = try context.about(name, .one)
        let server = try context.server()
        for side in [Fork.Side.mine, .theirs] {
            let handover: Handover
            switch fork.login(side, server: name, boundTo: server.origin) {
            case let login?: handover = Handover(ServerCredentials(login))
            case nil: continue
            }
            do {
                let proof = try await context.prove(handover, at: server, CredentialOptions.parse([]))
                if proof == .password { return side }
                context.world.output.note("\(server.origin) asks this address for no login, so that it cannot tell")
                return nil
            } catch let error as ServerError {
                switch error.code {
                case .wrongPassword, .refusedBefore: continue
                default: throw error
                }
            }
        }
        return nil
    }
}
