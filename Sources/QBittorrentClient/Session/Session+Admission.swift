extension Session {
    /// Throws when the memory of failed logins stands against a login, unless somebody wants it all the same.
    func admit(_ fingerprint: String, _ loginGuard: LoginGuard) async throws {
        do throws(ServerError) { try await loginGuard.check(fingerprint, at: server, insistence) } catch {
            guard error.code.mayBeOverruled, try await rules.insists(error) else { throw error }
            insistence = .force
        }
    }
}

extension ServerError.Code {
    fileprivate var mayBeOverruled: Bool {
        switch self {
        case .refusedBefore, .lostBefore, .attemptsExhausted: true
        default: false
        }
    }
}
