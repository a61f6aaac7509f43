package import SystemPackage

extension Unsafety {
    /// What makes the file at `path` unfit by `rule`; nil for one that is fit. It is looked at, and not opened.
    package init?(of path: FilePath, by rule: FileRule) throws(FileError) {
        let file: Stat
        do { file = try path.stat(followTargetSymlink: rule.followsLinks) } catch {
            throw FileError(opening: path, failed: error)
        }
        if file.type == .symbolicLink {
            self.init(ofLink: path)
        } else if let unsafety = rule.check(file) {
            self = unsafety
        } else {
            return nil
        }
    }
}
