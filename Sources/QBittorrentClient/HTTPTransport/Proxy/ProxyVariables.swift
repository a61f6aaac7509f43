/// The environment variables that name a proxy. Their names are the usual ones; programs differ in the rest, and here
/// capitals count for http too, and a variable that is empty is one that is set.
///
/// For a server with https: `https_proxy`, `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY`; for one with http the same with
/// `http`. The first that is set decides, and one that is set to nothing says that there is no proxy. `no_proxy`, else
/// `NO_PROXY`, names servers that are reached directly. This machine itself always is.
package enum ProxyVariables {
    /// The proxy on the way to `server`; nil for none.
    package static func proxy(
        for server: Server, environment: (String) -> String?
    ) throws(InvalidProxy) -> HTTPProxy? {
        if server.isLoopback { return nil }
        if let exceptions = first(of: ["no_proxy"], environment), NoProxy(exceptions.value).covers(server) {
            return nil
        }
        guard let named = first(of: ["\(server.scheme.rawValue)_proxy", "all_proxy"], environment),
            !named.value.isEmpty
        else { return nil }
        do throws(InvalidProxy.Reason) { return try HTTPProxy(named.value) } catch {
            throw InvalidProxy(reason: error, variable: named.variable)
        }
    }

    private static func first(
        of names: [String], _ environment: (String) -> String?
    ) -> (variable: String, value: String)? {
        for variable in names.flatMap({ [$0, $0.uppercased()] }) {
            if let value = environment(variable) { return (variable, value) }
        }
        return nil
    }
}
