/// A way to one server.
package protocol Transport: Sendable {
    /// Sends a request and waits for the whole answer, whatever its status. Sends once: nothing is repeated here.
    func send(_ request: Request) async throws(TransportError) -> Response

    /// The address of this machine that requests come from, such as `127.0.0.1`, as the server sees it where nothing
    /// stands in between. Nil where that is not known.
    var localAddress: String? { get }
}
