package import SystemPackage

/// This host's own key: 32 random bytes in the state folder, for the host slots of all vaults that it opens.
///
/// One file serves several vaults, because what it opens a slot with is derived with the slot's id.
package enum HostKey {
    package static func path(in state: FilePath) -> FilePath { state.appending("host.key") }
}
