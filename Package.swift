// swift-tools-version: 6.3
import PackageDescription

/// What every Swift target of ours is compiled with.
let house: [SwiftSetting] = [
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
]

let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let http: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let niotls: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let posix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let http1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let tls: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")

let package = Package(
    name: "qbitvault",
    products: [.executable(name: "qbitvault", targets: ["qbitvault"])],
    traits: [
        .trait(name: "Keyring", description: "The desktop keyring, through libsecret."),
        .default(enabledTraits: ["Keyring"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // C libraries, found by pkg-config.
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CLibsecret", pkgConfig: "libsecret-1", providers: [.apt(["libsecret-1-dev"])]),
        .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        // libsecret's calls are variadic, so Swift sees this shim and never GLib.
        .target(name: "CKeyring", dependencies: ["CLibsecret"]),
        // The few calls of Linux that Swift cannot import.
        .target(name: "CLinux"),

        // Memory and ciphers. No I/O.
        .target(name: "Secrets", dependencies: ["CSodium"], swiftSettings: house),
        // Files that secrets and state rest in: checked when opened, replaced whole, locked. No format.
        .target(name: "SecureFiles", dependencies: ["Secrets", "CLinux", system], swiftSettings: house),
        // Where secrets rest. No network.
        .target(
            name: "CredentialStores",
            dependencies: [
                "Secrets", "SecureFiles", "CLinux", system,
                .target(name: "CKeyring", condition: .when(traits: ["Keyring"])),
            ],
            exclude: ["Vault/FORMAT.md"],
            swiftSettings: house
        ),
        // The Web API. Cannot see the stores.
        .target(
            name: "QBittorrentClient",
            dependencies: [
                "Secrets", "SecureFiles", http, http1, logging, nio, niotls, posix, tls, x509, asn1, crypto,
                cryptoExtras, system,
            ],
            swiftSettings: house
        ),
        // The order of events that makes a torrent.
        .target(
            name: "TorrentCreation",
            dependencies: ["QBittorrentClient", "SecureFiles", crypto, system],
            swiftSettings: house
        ),
        // People, cron and files: words, exit statuses and JSON.
        .executableTarget(
            name: "qbitvault",
            dependencies: [
                "Secrets", "SecureFiles", "CredentialStores", "QBittorrentClient", "TorrentCreation", "CYaml", "CLinux",
                arguments, logging, system,
            ],
            swiftSettings: house
        ),

        // The client's calls for scripts/bench to time. In no product.
        .executableTarget(
            name: "ClientBenchmark",
            dependencies: ["QBittorrentClient", "Secrets", system],
            path: "Benchmarks/ClientBenchmark",
            swiftSettings: house
        ),

        // Real servers, the built program as a child process, and a home of its own for each test.
        .target(
            name: "TestSupport",
            dependencies: ["Secrets", "CLinux", nio, posix, tls, subprocess, system],
            path: "Tests/TestSupport",
            swiftSettings: house
        ),
        .testTarget(
            name: "TestSupportTests",
            dependencies: ["TestSupport", "Secrets", subprocess, system],
            swiftSettings: house
        ),
        .testTarget(
            name: "SecretsTests",
            dependencies: ["Secrets", "TestSupport", subprocess, system],
            swiftSettings: house
        ),
        // Writes one file as a child process, for a test to do so where mounts differ.
        .executableTarget(
            name: "FileProbe",
            dependencies: ["SecureFiles", system],
            path: "Tests/FileProbe",
            swiftSettings: house
        ),
        .testTarget(
            name: "SecureFilesTests",
            dependencies: ["SecureFiles", "FileProbe", "Secrets", "TestSupport", subprocess, system],
            swiftSettings: house
        ),
        // The keyring store as a child process, because libsecret keeps its environment for a whole process.
        .executableTarget(
            name: "KeyringProbe",
            dependencies: ["CredentialStores", "Secrets", "SecureFiles", system],
            path: "Tests/KeyringProbe",
            swiftSettings: house
        ),
        // A keyring that never answers, or whose dialog never ends.
        .executableTarget(name: "KeyringImitation", dependencies: ["CLibsecret"], path: "Tests/KeyringImitation"),
        // One of many processes that use one vault.
        .executableTarget(
            name: "VaultProbe",
            dependencies: ["CredentialStores", "Secrets", system],
            path: "Tests/VaultProbe",
            swiftSettings: house
        ),
        .testTarget(
            name: "CredentialStoresTests",
            dependencies: [
                "CredentialStores", "KeyringProbe", "KeyringImitation", "VaultProbe", "Secrets", "SecureFiles",
                "TestSupport", subprocess,
                system,
            ],
            exclude: ["Vault/Vectors"],
            swiftSettings: house
        ),
        .testTarget(
            name: "QBittorrentClientTests",
            dependencies: [
                "QBittorrentClient", "Secrets", "SecureFiles", "TestSupport", logging, nio, posix, tls, subprocess,
                system,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "TorrentCreationTests",
            dependencies: [
                "TorrentCreation", "QBittorrentClient", "SecureFiles", "Secrets", "TestSupport", nio, subprocess,
                system,
            ],
            exclude: ["Judge"],
            swiftSettings: house
        ),
        .testTarget(
            name: "qbitvaultTests",
            dependencies: [
                "qbitvault", "CredentialStores", "Secrets", "SecureFiles", "TestSupport", logging, tls, subprocess,
                system,
            ],
            exclude: [
                "Program/API/Peer", "Program/Crash/Shim", "Program/Leaks/Probe", "Program/Unit/compose_run.py",
            ],
            swiftSettings: house
        ),
    ],
    swiftLanguageModes: [.v6]
)
