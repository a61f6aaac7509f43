import Secrets
package import SecureFiles

extension StoreError {
    /// The most bytes a file that supplies credentials may hold.
    static let supplyLimit = 64 * 1024

    /// What it means for a place that its file could not be read. A file that is not there is a failure here; where
    /// it may be missing, that is asked before.
    package init(reading error: FileError, at place: Place) {
        switch error.code {
        case .absent: self.init(.failed(.absent), at: place)
        case .unsafe(let unsafety): self.init(.unsafe(unsafety), at: place)
        case .tooLarge(let limit): self.init(.failed(.tooLarge(limit: limit)), at: place)
        case .busy, .exists, .failed: self.init(.failed(.unreadable(error)), at: place)
        }
    }
}
