extension Session {
    /// Signs in, or finds that no login is needed. Where the memory of failed logins stands against it, whoever may be
    /// asked decides whether the credentials are sent all the same, once.
    nonisolated func enter(_ source: @escaping SignIn.Source) async throws {
        do { try await enterIfAllowed(source) } catch let error as ServerError where error.code.mayBeOverruled {
            guard try await rules.insists(error) else { throw error }
            await insist()
            try await enterIfAllowed(source)
        }
    }

    private func insist() { insistence = .force }
}

extension ServerError.Code {
    fileprivate var mayBeOverruled: Bool {
        switch self {
        case .refusedBefore, .lostBefore, .attemptsExhausted: true
        default: false
        }
    }
}
