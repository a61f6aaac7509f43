@testable import TorrentCreation

extension Fuzzer {
    /// A .torrent file.
    static let torrent = Fuzzer("torrent", reshape: { BencodeShape.changed($0, &$1) }) { input in
        if let document = try? Bencode(input) {
            demandSame(document.root.written, input, "a document is written as it was read")
        }
        do throws(MetainfoError) { check(try Metainfo(input), of: input) } catch {
            demand((0...input.count).contains(error.offset), "offset \(error.offset)")
        }
    }

    private static func check(_ metainfo: Metainfo, of input: [UInt8]) {
        demand(metainfo.infoRange.upperBound < input.count && metainfo.infoRange.lowerBound > 0, "where the info is")
        let info = input[metainfo.infoRange]
        demand((try? Bencode(Array(info)))?.root.kind == .dictionary, "the info is a dictionary")
        demand(metainfo.format == .v2 || metainfo.infoHashV1 == .version1(of: info), "version 1 hash")
        demand(metainfo.format == .v1 || metainfo.infoHashV2 == .version2(of: info), "version 2 hash")
        demand(metainfo.pieceLength > 0 && metainfo.pieceCount >= 0 && metainfo.totalSize >= 0, "sizes")
        demand(!metainfo.entries.isEmpty, "no file")
        for name in [metainfo.name] + metainfo.entries.map(\.path) {
            let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            let isSafe = parts.allSatisfy { part in
                !part.isEmpty && !part.contains(0) && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
            }
            demand(isSafe, "a name that leads elsewhere")
        }
        demand(metainfo.magnetLink.utf8.allSatisfy { (0x21...0x7e).contains($0) }, "an address holds no such byte")
    }
}

extension BencodeValue {
    /// Bencoded anew, from what the value says.
    fileprivate var written: [UInt8] {
        if let integer { return Array("i\(integer)e".utf8) }
        if let string { return Self.written(string) }
        if let items { return Array("l".utf8) + items.flatMap(\.written) + Array("e".utf8) }
        let entries = entries.map { entries in entries.flatMap { Self.written($0.key) + $0.value.written } } ?? []
        return Array("d".utf8) + entries + Array("e".utf8)
    }

    private static func written(_ string: ArraySlice<UInt8>) -> [UInt8] { Array("\(string.count):".utf8) + string }
}
