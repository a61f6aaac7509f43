import ArgumentParser
import SystemPackage

/// What every kind of unit wants to know.
struct UnitArguments: ParsableArguments {
    @Option(help: ArgumentHelp("What it is called, instead of qbitvault and the command's name.", valueName: "name"))
    var name: String?

    @Option(
        help: ArgumentHelp(
            "The file whose key opens the vault; otherwise the one that opens it here.", valueName: "file"))
    var keyFile: String?

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("What is to be run, without qbitvault's own name.", valueName: "argument"))
    var arguments: [String] = []

    func validate() throws {
        if arguments.isEmpty { throw ValidationError("There is nothing to run. It stands after --, such as: -- check") }
        if let name, !Self.isSound(name) {
            throw ValidationError("--name takes letters, digits, dashes, underscores and dots, at most 200.")
        }
        if keyFile?.isEmpty == true { throw ValidationError("--key-file names no file.") }
    }

    private static func isSound(_ name: String) -> Bool {
        let letters = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_.".utf8.contains(byte)
            }
        }
        return letters && (1...200).contains(name.utf8.count) && !name.hasPrefix(".") && !name.hasPrefix("-")
    }
}
