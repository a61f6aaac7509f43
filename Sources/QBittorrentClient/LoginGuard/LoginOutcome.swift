/// How an attempt to sign in has ended, as far as the memory of failures is concerned.
enum LoginOutcome: Sendable {
    case proven
    case refused
    /// - address: of this machine, where the login came from, if that is known.
    case banned(address: String?)
    /// It reached no login logic, so the server has not counted it.
    case unheard
    /// It was sent, and nobody knows what became of it. The server may have counted it.
    case lost
}
