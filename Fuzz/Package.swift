// swift-tools-version: 6.3
import PackageDescription

/// The readers of the main package, from the same files, with instruments for the fuzzers: coverage, comparisons and
/// addresses. Nothing that needs the network is among them, so this builds in a fraction of the time.
let instruments: [SwiftSetting] = [
    .unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing"]),
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

let package = Package(
    name: "fuzz",
    dependencies: [
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1")
    ],
    targets: [
        .systemLibrary(name: "CSodium", path: "Readers/CSodium", pkgConfig: "libsodium"),
        .systemLibrary(name: "CYaml", path: "Readers/CYaml", pkgConfig: "yaml-0.1"),
        .target(name: "CLinux", path: "Readers/CLinux"),
        .target(name: "Secrets", dependencies: ["CSodium"], path: "Readers/Secrets", swiftSettings: instruments),
        .target(
            name: "SecureFiles", dependencies: ["Secrets", "CLinux", system], path: "Readers/SecureFiles",
            swiftSettings: instruments
        ),
        .target(
            name: "CredentialStores", dependencies: ["Secrets", "SecureFiles", system],
            path: "Readers/CredentialStores", exclude: ["Vault/FORMAT.md"], swiftSettings: instruments
        ),
        .target(
            name: "TorrentCreation", dependencies: ["Crypto"], path: "Readers/TorrentCreation/Metainfo",
            swiftSettings: instruments
        ),
        .target(
            name: "qbitvault", dependencies: ["CYaml", "CredentialStores", "Secrets", "SecureFiles", system],
            path: "Readers/qbitvault/Settings", swiftSettings: instruments
        ),
        .target(
            name: "PlantedStores", dependencies: ["Secrets", "SecureFiles", system],
            path: "Planted/CredentialStores", exclude: ["Vault/FORMAT.md"],
            swiftSettings: instruments + [.define("PLANTED_BUG")]
        ),
        .target(name: "CFuzzing", path: "CFuzzing"),
        .target(name: "Crypto", dependencies: ["CSodium"], path: "Crypto"),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "CFuzzing", "CredentialStores", "PlantedStores", "Secrets", "TorrentCreation", "qbitvault", system,
            ],
            path: "Fuzzers", swiftSettings: instruments,
            // The other linker does not get along with what these instruments leave.
            linkerSettings: [.unsafeFlags(["-use-ld=lld"]), .linkedLibrary("stdc++")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
