import Glibc
package import SystemPackage

/// Rules that tell how qBittorrent sees the folders of this machine.
///
/// A rule holds for whole components of a path, and the longest that matches is taken. What a rule has mapped, `here`
/// maps back exactly.
package struct PathMap: Hashable, Sendable {
    /// Those with the longest left side first.
    package let rules: [PathRule]

    /// - Throws: `PathMapError.conflict`, naming both rules, where two have the same folder on one side.
    package init(_ rules: [PathRule] = []) throws(PathMapError) {
        for (index, rule) in rules.enumerated() {
            for earlier in rules[..<index] {
                if earlier.here == rule.here { throw .conflict(earlier, rule, on: .here) }
                if earlier.there == rule.there { throw .conflict(earlier, rule, on: .there) }
            }
        }
        self.rules = rules.sorted { $0.here.components.count > $1.here.components.count }
    }

    /// How qBittorrent sees a path that was typed here.
    ///
    /// Links are followed only if no rule matches without, because a link's name becomes the torrent's name: first
    /// those in the folder, then the path itself.
    ///
    /// - Parameters:
    ///   - typed: absolute, or relative to `workingFolder`.
    ///   - resolve: follows all links of a path; nil when nothing is there.
    package func there(
        for typed: FilePath,
        in workingFolder: FilePath,
        resolve: (FilePath) -> FilePath? = Self.realPath(of:)
    ) throws(PathMapError) -> PathMapping {
        if typed.isEmpty { throw .empty(.here) }
        let path = Self.path(of: workingFolder.pushing(typed), resolve)
        if let mapping = try apply(to: path, way: .asTyped) { return mapping }
        if !rules.isEmpty {
            if let name = path.lastComponent, let folder = resolve(path.removingLastComponent()),
                let mapping = try apply(to: folder.appending(name), way: .folderResolved)
            {
                return mapping
            }
            if let real = resolve(path), let mapping = try apply(to: real, way: .resolved) { return mapping }
        }
        return PathMapping(here: path, there: try Self.text(path), rule: nil, way: .asTyped)
    }

    /// Without `..`, which leads elsewhere behind a link than its letters say.
    private static func path(of typed: FilePath, _ resolve: (FilePath) -> FilePath?) -> FilePath {
        let path = typed.lexicallyNormalized()
        guard typed.components.contains(where: { $0.kind == .parentDirectory }), let real = resolve(typed),
            real != resolve(path)
        else { return path }
        return real
    }

    /// Where a path that qBittorrent named is on this side. Nil: it cannot be seen from here, because another folder
    /// stands in its place.
    package func here(for path: String) -> FilePath? {
        let path = FilePath(path).lexicallyNormalized()
        guard let rule = nearest(to: path, on: \.there) else { return path }
        let here = Self.move(path, from: rule.there, to: rule.here)
        return nearest(to: here, on: \.here) == rule ? here : nil
    }

    private func apply(to path: FilePath, way: PathMapping.Way) throws(PathMapError) -> PathMapping? {
        guard let rule = nearest(to: path, on: \.here) else { return nil }
        let there = Self.move(path, from: rule.here, to: rule.there)
        if let other = nearest(to: there, on: \.there), other != rule { throw .hidden(path, by: other) }
        return PathMapping(here: path, there: try Self.text(there), rule: rule, way: way)
    }

    private func nearest(to path: FilePath, on side: KeyPath<PathRule, FilePath>) -> PathRule? {
        rules.filter { path.starts(with: $0[keyPath: side]) }
            .max { $0[keyPath: side].components.count < $1[keyPath: side].components.count }
    }

    private static func move(_ path: FilePath, from: FilePath, to: FilePath) -> FilePath {
        to.appending(path.components.dropFirst(from.components.count))
    }

    private static func text(_ path: FilePath) throws(PathMapError) -> String {
        guard let text = String(validating: path) else { throw .notText(path) }
        return text
    }

    /// `realpath(3)`.
    package static func realPath(of path: FilePath) -> FilePath? {
        guard let real = unsafe path.withPlatformString({ unsafe realpath($0, nil) }) else { return nil }
        defer { unsafe free(real) }
        return unsafe FilePath(platformString: real)
    }
}
