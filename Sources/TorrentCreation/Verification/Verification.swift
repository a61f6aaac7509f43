package import SystemPackage

/// A torrent compared with what was asked for: what was found right, what could not be looked at, what is wrong.
package struct Verification: Hashable, Sendable {
    /// Found as asked, in the order of `Aspect`.
    package private(set) var verified: [Aspect] = []
    package private(set) var unverified: [Unverified] = []
    package private(set) var mismatches: [Mismatch] = []

    /// Nothing that could be looked at is wrong.
    package var isSound: Bool { mismatches.isEmpty }

    /// Something that could not be compared, and why.
    package struct Unverified: Hashable, Sendable {
        package let aspect: Aspect
        package let reason: Reason

        package init(aspect: Aspect, reason: Reason) {
            self.aspect = aspect
            self.reason = reason
        }

        package enum Reason: Hashable, Sendable {
            /// Nothing was asked: the server chose.
            case leftToServer
            /// The source cannot be read from here.
            case unreadable(FilePath, Errno)
            /// The source was named as the server sees it.
            case elsewhere
        }
    }

    /// - Parameters:
    ///   - name: the last component of the path that the server was given; a link keeps its own name.
    ///   - source: the files as they are known here.
    package init(of metainfo: Metainfo, against asked: CreationParameters, name: String, source: SourceListing) {
        record(.format, Self.format(metainfo, asked))
        record(.privacy, Self.privacy(metainfo, asked))
        record(.trackers, Self.trackers(metainfo, asked))
        record(.webSeeds, AddressDifference(asked: asked.webSeeds, found: metainfo.webSeeds).map(Mismatch.webSeed))
        record(.source, Self.text(asked.source, metainfo.source, Mismatch.source))
        record(.comment, Self.text(asked.comment, metainfo.comment, Mismatch.comment))
        if let size = asked.pieceSize {
            let isSame = size == metainfo.pieceLength
            record(.pieceSize, isSame ? nil : .pieceSize(asked: size, found: metainfo.pieceLength))
        } else {
            unverified.append(Unverified(aspect: .pieceSize, reason: .leftToServer))
        }
        record(.name, Self.text(name, metainfo.name, Mismatch.name))
        recordFiles(of: metainfo, source)
    }

    /// Adds what hashing the files has shown; nil where they cannot be seen from here.
    mutating func note(_ check: DataCheck?) {
        switch check {
        case .sound?: record(.data, nil)
        case .different(let path, let piece)?: record(.data, .data(path, piece: piece))
        case .unreadable(let path, let code)?:
            unverified.append(Unverified(aspect: .data, reason: .unreadable(path, code)))
        case .cancelled?, nil: unverified.append(Unverified(aspect: .data, reason: .elsewhere))
        }
    }

    private mutating func recordFiles(of metainfo: Metainfo, _ source: SourceListing) {
        switch source {
        case .files(let files):
            let differences = FileComparison.mismatches(onDisk: files, inTorrent: metainfo.files)
            record(.fileNames, differences.filter { $0.aspect == .fileNames })
            record(.fileSizes, differences.filter { $0.aspect == .fileSizes })
        case .unreadable(let path, let code): omitFiles(because: .unreadable(path, code))
        case .elsewhere: omitFiles(because: .elsewhere)
        }
    }

    private mutating func omitFiles(because reason: Unverified.Reason) {
        unverified += [.fileNames, .fileSizes].map { Unverified(aspect: $0, reason: reason) }
    }

    private mutating func record(_ aspect: Aspect, _ mismatch: Mismatch?) {
        record(aspect, mismatch.map { [$0] } ?? [])
    }

    private mutating func record(_ aspect: Aspect, _ found: [Mismatch]) {
        if found.isEmpty { verified.append(aspect) }
        mismatches += found
    }
}
