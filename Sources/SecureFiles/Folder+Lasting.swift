import CLinux
package import SystemPackage

extension Folder {
    /// What a folder lies on that does not outlive a restart, or the container.
    package enum FleetingStorage: String, Sendable {
        case memory, overlay
    }

    /// Nil where files last, or where it cannot be told. A folder that is not there yet is where it would be made.
    package static func fleetingStorage(of path: FilePath) -> FleetingStorage? {
        var place = path
        var kind = 0
        repeat {
            kind = unsafe place.withPlatformString { unsafe linux_file_system($0) }
        } while kind == 0 && place.removeLastComponent()
        // From statfs(2): TMPFS_MAGIC, RAMFS_MAGIC, OVERLAYFS_SUPER_MAGIC.
        switch UInt32(truncatingIfNeeded: kind) {
        case 0x0102_1994, 0x8584_58f6: return .memory
        case 0x794c_7630: return .overlay
        default: return nil
        }
    }
}
