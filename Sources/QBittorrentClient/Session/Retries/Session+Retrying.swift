import Logging

extension Session {
    /// Sends a request, and sends it again while `Retries` says so, all within one deadline.
    ///
    /// - Parameter prepare: gives each try what holds at that moment: another task may have signed in meanwhile.
    /// - Throws: why the last try failed.
    func persist(
        _ request: Request, _ prepare: (inout Request) -> Void = { _ in }
    ) async throws(ServerError) -> Response {
        let rules = rules.retries
        let (pace, limit) = (rules.pace, request.deadline ?? rules.deadline)
        var retries = Retries(rules, request.method, isEstablished: proof != nil)
        let start = pace.now()
        while true {
            let begin = pace.now()
            var attempt = request
            attempt.deadline = limit - (begin - start)
            prepare(&attempt)
            let outcome = await outcome(of: attempt)
            let end = pace.now()
            let pause = retries.pause(
                after: outcome, of: end - begin, left: limit - (end - start), chance: pace.chance())
            guard let pause else { return try settled(outcome, request) }
            logger.info("trying \(request.endpoint) again in \(pause.inMilliseconds) ms (\(outcome.reason))")
            do { try await pace.sleep(pause) } catch {
                throw ServerError(.transport(.cancelled), at: server, request.endpoint)
            }
        }
    }

    private func outcome(of request: Request) async -> Retries.Outcome {
        var request = request
        authorize(&request)
        do throws(TransportError) { return .answer(try await transport.send(request)) } catch { return .failure(error) }
    }

    private func settled(_ outcome: Retries.Outcome, _ request: Request) throws(ServerError) -> Response {
        switch outcome {
        case .answer(let answer): return answer
        case .failure(let error):
            var problem = ServerError(.transport(error), at: server, request.endpoint)
            problem.isInDoubt = request.method == .post && !error.nothingWasSent
            throw problem
        }
    }
}

extension Retries.Outcome {
    /// For the log.
    fileprivate var reason: String {
        switch self {
        case .answer(let answer): "answered \(answer.status)"
        case .failure(.unreachable(let reason)): reason.rawValue
        case .failure: "no answer"
        }
    }
}
