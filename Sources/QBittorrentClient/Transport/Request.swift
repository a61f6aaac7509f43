/// One call of the Web API, without the server it goes to.
package struct Request: Sendable {
    package enum Method: String, Sendable { case get = "GET", post = "POST" }

    package let method: Method
    /// Below `/api/v2/`, such as `app/version`.
    package let endpoint: String
    package let query: [Field]
    /// A query that is percent-encoded already; it stands before the fields.
    var encodedQuery = ""
    package let body: FormBody?
    /// Given by the session. A request without one is anonymous.
    package var cookies: [Cookie] = []
    /// Headers with values that must not lie in ordinary memory, such as an API key.
    package var secretHeaders: [SecretHeader] = []
    /// The most bytes that the answer's body may have.
    package var answerLimit = 4 << 20
    /// The most time for the whole call, the answer's body included. Nil for the transport's own.
    package var deadline: Duration?

    package static func get(_ endpoint: String, query: [Field] = []) -> Request {
        Request(method: .get, endpoint: endpoint, query: query, body: nil)
    }

    /// The server reads parameters from the body alone: the query of a POST is ignored (observed).
    package static func post(_ endpoint: String, _ body: FormBody = FormBody([])) -> Request {
        Request(method: .post, endpoint: endpoint, query: [], body: body)
    }

    /// Path and query, to be put after a server's origin.
    package var target: String {
        let query = ([encodedQuery] + query.map(\.encoded)).filter { !$0.isEmpty }.joined(separator: "&")
        return "/api/v2/\(endpoint)" + (query.isEmpty ? "" : "?" + query)
    }
}

/// A name and a value, in a form or a query.
package struct Field: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// `name=value`, percent-encoded.
    var encoded: String { "\(PercentEncoding.encode(name))=\(PercentEncoding.encode(value))" }
}
