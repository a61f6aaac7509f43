extension String {
    /// Stricter than `==`, for which composed and decomposed letters are the same. To a file system they are not.
    func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
