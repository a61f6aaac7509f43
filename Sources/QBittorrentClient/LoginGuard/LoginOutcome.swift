/// How an attempt to sign in has ended, as far as the memory of failures is concerned.
enum LoginOutcome: Sendable {
    case proven
    case refused
    /// What stands in front of the server did not let it pass, so the server has not counted it.
    case refusedInFront
    /// It was let pass and proves nothing about an account of the server's.
    case letPass
    /// - address: of this machine, where the login came from, if that is known.
    case banned(address: String?)
    /// It reached no login logic, so the server has not counted it.
    case unheard
    /// It was sent, and nobody knows what became of it. The server may have counted it.
    case lost
}
