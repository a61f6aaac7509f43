import SecureFiles
import SystemPackage

extension Problem {
    init(_ error: SettingsError) {
        let place = error.place.words
        switch error.code {
        case .unreadable(.unsafe(let unsafety)):
            self.init(
                .unsafePermissions, "The configuration is not believed. \(unsafety.sentence)", at: place,
                next: unsafety.remedy(for: error.place.path ?? ""))
        case .unreadable(let code):
            let sentence = FileError(code, at: "").sentence
            self.init(
                .configuration, "The configuration cannot be read. \(sentence)", at: place,
                next: "name another with --config, or make this one readable")
        case .malformed(let code):
            self.init(
                .configuration, "The configuration is not sound YAML: \(code.words).", at: place, next: "mend the line")
        case .unknownKey(let key, let nearest):
            self.init(
                .configuration, "There is no setting called \(key).", at: place,
                next: nearest.map { "did you mean \($0)?" } ?? "config/config.yaml lists every setting")
        case .wrongValue(let key, let expected, let found):
            self.init(
                .configuration, "\(key) wants \(expected), and this is \(found.words).", at: place,
                next: "correct the value")
        case .badHeader(let name, let fault):
            self.init(.configuration, fault.sentence(name), at: place, next: fault.remedy)
        case .conflict(let key, let other):
            self.init(.configuration, "\(key) and \(other) say the same twice.", at: place, next: "keep one of them")
        case .partOfAddress(let key, let whole):
            self.init(
                .configuration, "\(key) is a part of an address, and \(whole) says a whole one.", at: place,
                next: "write url in its place, or host beside it")
        case .unsoundName(let name):
            self.init(
                .configuration, "No server can be called \(name).", at: place,
                next: "use \(ServerName.rule)")
        case .reservedName(let name):
            self.init(
                .configuration, "\(name) means the server of qbittorrent:, so no other can be called so.", at: place,
                next: "say it under qbittorrent:, or choose another name")
        case .sharedVariable(let variable, let first, let second):
            self.init(
                .configuration, "The variable \(variable) would speak of both \(first) and \(second).", at: place,
                next: "call one of them otherwise")
        case .weakening(let key):
            self.init(
                .configuration,
                "\(key) decides how the connection is protected, and this file was merely found in the working folder.",
                at: place,
                next: "if you trust the file, name it: --config \(error.place.path ?? "FILE")")
        case .commanding(let key):
            self.init(
                .configuration,
                "\(key) names a program to run, and this file was merely found in the working folder.", at: place,
                next: "if you trust the file, name it: --config \(error.place.path ?? "FILE")")
        case .noOverride(let key):
            self.init(
                .configuration, "\(key) could weaken security, so the environment may not set it.", at: place,
                next: "set it in the configuration file")
        case .noFolder:
            self.init(
                .configuration, "It is not known where this user's folders are.", at: place,
                next: "set HOME to an absolute path")
        }
    }
}

extension SettingsError.Place {
    var words: String {
        switch self {
        case .file(let path, let line?): "\(path.string), line \(line)"
        case .file(let path, nil): path.string
        case .variable(let name): "environment variable \(name)"
        }
    }

    var path: String? {
        if case .file(let path, _) = self { path.string } else { nil }
    }
}

extension SettingsError.Found {
    fileprivate var words: String {
        switch self {
        case .text(let text): text.isEmpty ? "empty" : "\"\(text)\""
        case .hidden: "something else (not shown)"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}

extension YamlError.Code {
    fileprivate var words: String {
        switch self {
        case .syntax(let words): words
        case .notUTF8: "it is not UTF-8"
        case .duplicateKey(let key, let firstLine): "\(key) stands in line \(firstLine) already"
        case .keyNotText: "a list or mapping stands where a key belongs"
        case .anchor, .alias: "anchors and aliases are not used here"
        case .tag: "tags are not used here"
        case .severalDocuments: "there is more than one document"
        case .tooDeep(let limit): "it is nested deeper than \(limit)"
        case .tooLarge(let limit): "it has more than \(limit) bytes"
        }
    }
}
