import QBittorrentClient

/// Does the name have an address, and does anybody listen there?
struct ReachExamination {
    let context: Context
    let server: Server

    /// The last one is a failure where it is of no use to go on.
    func findings() async -> [Finding] {
        let reach: Reach
        do { reach = Reach(to: server, try context.transport(to: server, ResolvedHeaders())) } catch {
            return [.failure("server", Problem(from: error))]
        }
        let subject = reach.isProxy ? "the proxy \(reach.host)" : reach.host
        let addresses: [String]
        do throws(TransportError) { addresses = try await reach.addresses() } catch {
            return [.failure("dns", Problem(error, at: subject))]
        }
        let dns = Finding.ok(
            "dns", "\(subject) is \(reach.isAddress ? "an address" : addresses.joined(separator: ", "))")
        do throws(TransportError) {
            let open = try await reach.connect(to: addresses)
            return [dns, .ok("tcp", "\(open) takes connections at port \(reach.port)")]
        } catch { return [dns, .failure("tcp", Problem(error, at: "\(subject), port \(reach.port)"))] }
    }
}
