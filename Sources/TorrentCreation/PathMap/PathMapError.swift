package import SystemPackage

/// Why rules cannot stand together, or a path cannot be mapped.
package enum PathMapError: Error, Hashable {
    /// A rule's side, or the path, is empty.
    case empty(PathSide)
    /// A rule's side does not begin with a slash.
    case relative(FilePath, PathSide)
    /// Two rules give one folder on this side, so the way from it would be a guess.
    case conflict(PathRule, PathRule, on: PathSide)
    /// The server has another folder mounted where the path would lead, and sees that one's files.
    case hidden(FilePath, by: PathRule)
    /// The path is not UTF-8, and the Web API knows nothing else.
    case notText(FilePath)
}
