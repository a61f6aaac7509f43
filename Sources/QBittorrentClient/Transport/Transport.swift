/// A way to one server.
package protocol Transport: Sendable {
    /// Sends a request and waits for the whole answer, whatever its status. Sends once: nothing is repeated here.
    func send(_ request: Request) async throws(TransportError) -> Response
}
