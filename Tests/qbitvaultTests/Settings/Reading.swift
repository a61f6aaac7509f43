import SystemPackage
import Testing

@testable import qbitvault

/// A configuration file that `--config` named.
let named = ConfigurationFile(path: "/etc/x/config.yaml", origin: .option)

/// The settings that `text` makes of the defaults.
func settings(_ text: String, in file: ConfigurationFile = named) throws(SettingsError) -> Settings {
    var settings = Settings()
    try settings.apply(Array(text.utf8), of: file, home: "/home/a")
    return settings
}

/// The default settings but for one change.
func defaults(_ change: (inout Settings) -> Void) -> Settings {
    var settings = Settings()
    change(&settings)
    return settings
}

/// Something said, and what it makes of the default settings.
struct Saying: Sendable, CustomTestStringConvertible {
    let text: String
    let change: @Sendable (inout Settings) -> Void

    init(_ text: String, change: @escaping @Sendable (inout Settings) -> Void) {
        self.text = text
        self.change = change
    }

    var testDescription: String { text }
}
