import Secrets

@testable import CredentialStores

extension Fuzzer {
    /// A `.env`, and a value to be written into one.
    static let dotEnv = Fuzzer("dotenv") { input in
        checkReading(input)
        checkQuoting(input)
    }

    private static func checkReading(_ file: [UInt8]) {
        let text = Secret(copying: file)
        let values = text.withBytes { text -> [(name: String, value: [UInt8])]? in
            do throws(DotEnvSyntaxError) {
                return try DotEnvParser.assignments(in: text).map {
                    ($0.name, $0.value?.decoded(from: text).array() ?? [])
                }
            } catch {
                demand((1...file.count + 1).contains(error.line), "line \(error.line)")
                return nil
            }
        }
        do throws(StoreError) { checkImporting(try DotEnvContents(text, at: Place(.dotEnv)), values ?? []) } catch {
            demand(values == nil, "one reads what the other refuses")
        }
    }

    /// All that is imported is what is read of each name.
    private static func checkImporting(_ contents: borrowing DotEnvContents, _ values: [(name: String, value: [UInt8])])
    {
        demand(Set(contents.entries.map { $0.name }) == Set(values.map { $0.name }), "the names")
        for entry in contents.entries {
            let last = values.last { $0.name == entry.name }?.value
            demand(last == contents.values.array(entry.value), "the value of \(entry.name)")
        }
    }

    /// What is read is what was written, quoted as the dialect wants it.
    private static func checkQuoting(_ value: [UInt8]) {
        guard String(validating: value, as: UTF8.self) != nil else { return }
        let quoted = value.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: "\""): [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\r"): Array("\\r".utf8)
            default: [byte]
            }
        }
        let file = Secret(copying: Array("BEFORE=x\nexport NAME = \"".utf8) + quoted + Array("\"\n".utf8))
        let read = file.withBytes { text in
            (try? DotEnvParser.assignments(in: text))?.map { ($0.name, $0.value?.decoded(from: text).array()) }
        }
        demand(read?.count == 2 && read?.last?.0 == "NAME" && read?.last?.1 == value, "a quoted value")
    }
}

extension Secret {
    fileprivate borrowing func array(_ range: Range<Int>? = nil) -> [UInt8] {
        withBytes { bytes in (range ?? 0..<bytes.count).map { bytes[$0] } }
    }
}
