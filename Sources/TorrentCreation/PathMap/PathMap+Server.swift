package import SystemPackage

extension PathMap {
    /// A path that is named as qBittorrent sees it, and where it is here, if it can be seen from here.
    ///
    /// - Throws: `PathMapError.relative` where it does not begin with a slash.
    package func mapping(ofServerPath typed: FilePath) throws(PathMapError) -> PathMapping {
        if typed.isEmpty { throw .empty(.there) }
        guard typed.isAbsolute else { throw .relative(typed, .there) }
        let path = typed.lexicallyNormalized()
        guard let text = String(validating: path) else { throw .notText(path) }
        guard let here = here(for: text), let rule = try there(for: here, in: "/", resolve: { _ in nil }).rule else {
            return PathMapping(here: path, there: text, rule: nil, way: .onServer)
        }
        return PathMapping(here: here, there: text, rule: rule, way: .onServer)
    }
}
