import SystemPackage

@testable import qbitvault

extension Fuzzer {
    /// A `config.yaml`.
    static let settings = Fuzzer("settings") { input in
        checkTree(input)
        let trusted = read(input, .option)
        let untrusted = read(input, .workingFolder)
        switch (trusted, untrusted) {
        case (.success(let trusted), .success(let untrusted)):
            demand(trusted == untrusted, "where a file lies changes what it says")
            // One that merely lies there weakens nothing.
            for server in [untrusted.qbittorrent] + untrusted.servers.map(\.settings) {
                var alone = Settings()
                alone.qbittorrent = server
                let weak = SettingKey.all.first { $0.traits.contains(.guarded) && !$0.isDefault(alone) }
                demand(weak == nil, "\(weak?.path ?? "") of a file that is not trusted")
            }
        case (.success, .failure(let error)):
            guard case .weakening = error.code else { return demand(false, "refused where it lies: \(error)") }
        case (.failure, .success): demand(false, "refused where it is trusted")
        case (.failure(let error), .failure): checkPlace(of: error, in: input)
        }
    }

    private static func read(_ bytes: [UInt8], _ origin: ConfigurationFile.Origin) -> Result<Settings, SettingsError> {
        var settings = Settings()
        do throws(SettingsError) {
            try settings.apply(bytes, of: ConfigurationFile(path: "/etc/config.yaml", origin: origin), home: "/home/me")
            return .success(settings)
        } catch { return .failure(error) }
    }

    private static func checkPlace(of error: SettingsError, in input: [UInt8]) {
        guard case .file(_, let line?) = error.place else { return }
        demand((1...input.count + 1).contains(line), "line \(line)")
    }

    /// A document that was read, and is written in another way, is read as the same.
    private static func checkTree(_ input: [UInt8]) {
        guard let root = try? YamlReader.read(input) else { return }
        do throws(YamlError) {
            let again = try YamlReader.read(Array(root.written.utf8))
            demandSame(again.written.utf8, root.written.utf8, "a document is read as it was written")
        } catch { demand(error.code == .tooLarge(limit: YamlReader.largest), "written, and not read: \(error)") }
    }
}
