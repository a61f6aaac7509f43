package import SystemPackage

extension TestHome {
    /// The built program: it lies beside the test bundle.
    package static var tool: FilePath { get throws { try BuildFolder.path.appending("qbitvault") } }
}
