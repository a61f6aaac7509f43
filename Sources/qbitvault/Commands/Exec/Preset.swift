import ArgumentParser
import CredentialStores

/// A library that takes its credentials from the environment, under names of its own.
enum Preset: String, ExpressibleByArgument, CaseIterable {
    /// The Python client. From its documentation and source: a host may be a whole address with a path, and the key is
    /// used in the stead of a password where it is set.
    case qbittorrentAPI = "qbittorrent-api"

    /// What it calls a credential.
    var variables: [CredentialName: String] {
        switch self {
        case .qbittorrentAPI:
            [
                .username: "QBITTORRENTAPI_USERNAME", .password: "QBITTORRENTAPI_PASSWORD",
                .apiKey: "QBITTORRENTAPI_API_KEY",
            ]
        }
    }

    /// What it calls the server's address.
    var address: String {
        switch self {
        case .qbittorrentAPI: "QBITTORRENTAPI_HOST"
        }
    }
}
