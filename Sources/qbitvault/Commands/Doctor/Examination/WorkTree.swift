import SystemPackage
import TorrentCreation

/// The work tree of git that a file lies in.
struct WorkTree {
    enum Status { case tracked, ignored, untracked, unknown }

    /// Where its `.git` is.
    let top: FilePath

    /// Nil where it lies in none.
    init?(around file: FilePath) {
        guard var folder = PathMap.realPath(of: file.removingLastComponent()) else { return nil }
        repeat {
            if (try? folder.appending(".git").stat()) != nil {
                top = folder
                return
            }
        } while folder.removeLastComponent()
        return nil
    }

    /// What git says. It runs no program that the repository names: neither a monitor or hook nor the transport of a
    /// remote that it would fetch missing objects from.
    func status(of file: FilePath) -> Status {
        guard let name = file.lastComponent, let folder = PathMap.realPath(of: file.removingLastComponent()) else {
            return .unknown
        }
        let path = folder.appending(name).string
        if git("ls-files", "--error-unmatch", "--", path) == 0 { return .tracked }
        switch git("check-ignore", "--quiet", "--", path) {
        case 0: return .ignored
        case 1: return .untracked
        // There is no git, or it does not believe the repository.
        default: return .unknown
        }
    }

    /// A line of `.gitignore` at the top.
    func pattern(for file: FilePath) -> String {
        let folder = PathMap.realPath(of: file.removingLastComponent()) ?? file.removingLastComponent()
        let path = folder.appending(file.lastComponent.map { [$0] } ?? [])
        return "/" + FilePath(root: nil, path.components.dropFirst(top.components.count)).string
    }

    private func git(_ words: String...) -> Int32? {
        let safe = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-C", top.string]
        let variables = [
            ("PATH", "/usr/local/bin:/usr/bin:/bin"), ("LC_ALL", "C"), ("GIT_OPTIONAL_LOCKS", "0"),
            ("GIT_ALLOW_PROTOCOL", "none"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0"),
        ]
        return try? BareRun(
            ["/usr/bin/env", "git"] + safe + words, variables: variables, passing: ["HOME"], in: "/",
            patience: .seconds(10)
        ).status
    }
}

/// Would git take a file that holds secrets, or has it?
struct WorkTreeExamination {
    let files: SecretFiles

    var findings: [Finding] {
        let secrets = files.keys + [files.dotEnv].compactMap(\.self)
        let vault = [files.vault].compactMap(\.self)
        let findings =
            secrets.compactMap { judge($0, isSealed: false) } + vault.compactMap { judge($0, isSealed: true) }
        guard findings.isEmpty, !(secrets + vault).isEmpty else { return findings }
        return [.ok("work_tree", "no secret is in a repository, or would be taken into one")]
    }

    private func judge(_ file: FilePath, isSealed: Bool) -> Finding? {
        guard let tree = WorkTree(around: file) else { return nil }
        switch tree.status(of: file) {
        case .ignored: return nil
        case .tracked where isSealed:
            return .warning(
                "work_tree",
                "\(file) is in the repository \(tree.top), and what a removed key opens stays in its history",
                next: "keep it elsewhere (credentials.vault_path), or change what is in it whenever a key is taken out")
        case .tracked:
            return .failure(
                "work_tree", "\(file) is in the repository \(tree.top): whoever has that has the secret",
                next:
                    "git -C \(ShellWord(tree.top.string)) rm --cached \(ShellWord(file.string)), then change the secret: the history keeps it"
            )
        case .untracked, .unknown:
            return .warning(
                "work_tree", "\(file) lies in the git work tree \(tree.top), and the next `git add` may take it",
                next:
                    "keep it elsewhere, or: echo \(ShellWord(tree.pattern(for: file))) >> \(ShellWord(tree.top.appending(".gitignore").string))"
            )
        }
    }
}
