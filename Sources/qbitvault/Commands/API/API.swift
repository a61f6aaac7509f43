import ArgumentParser
import QBittorrentClient

/// Any call of the Web API.
struct API: QBitVaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "api",
        abstract: "Call any endpoint of the Web API, signed in.",
        usage: "qbitvault api [<method>] <endpoint> [-f <key=value>] ... [-F <key=@file>] ... [<options>]",
        discussion: """
            The answer goes to standard output as it comes, and laid out for reading where that is a terminal. The \
            method is GET, or POST where there are fields or a body; with GET the fields are the query. An error of \
            the server (exit status 37) goes to standard error, and the body that came with it to standard output.

            Other users can see a command line, so a secret is no -f: it comes from a file or standard input.

              qbitvault api app/version
              qbitvault api GET torrents/info -f filter=downloading -f limit=10
              qbitvault api torrents/createCategory -f category=films
              qbitvault api torrents/add -F torrents=@debian.torrent -f category=linux
              qbitvault api "torrents/export?hash=$hash" --output debian.torrent
              jq -n '{dht: false}' | qbitvault api app/setPreferences -F json=@-

            With --json the answer's body is the document, unchanged; an error is one of qbitvault's own, and comes \
            without the server's body. With --all-servers too, which is for programs, it is one object a line: \
            {"server_name": …, "status": 200, "answer": …}, where the answer is JSON or text. auth/login and auth/logout cannot be called: the session is qbitvault's own.
            """
    )

    @Argument(help: ArgumentHelp("GET or POST; then the endpoint, such as app/version.", valueName: "endpoint"))
    var words: [String]

    @OptionGroup(title: "Request") var request: RequestOptions
    @OptionGroup(title: "Answer") var answer: AnswerOptions
    @OptionGroup(title: "Credentials for this run") var credentials: CredentialOptions
    @OptionGroup var global: GlobalOptions

    static let scope = ServerScope.several

    func validate() throws {
        guard !global.allServers || (global.json && answer.output == nil) else {
            throw ValidationError("The answers of all servers are told as one object a line: say --json, not --output.")
        }
        let call = try APICall(words, request)
        guard !(call.readsStandardInput && credentials.readsStandardInput) else {
            throw ValidationError("The credentials and the request both want standard input.")
        }
    }

    func run(in context: Context) async throws {
        let output = context.world.output
        if global.allServers { try credentials.refuseForSeveral() }
        try answer.checkPlace()
        var request = try APICall(words, request).request()
        request.answerLimit = try answer.limit()
        let sent = request
        guard !global.allServers else {
            return try await context.reportEachServer { context in
                let (answered, failure) = try await send(sent, in: context)
                if let failure { throw Problem(calling: failure) }
                return try LabelledAnswer(answered)
            }
        }
        let (answered, failure) = try await send(sent, in: context)
        guard let failure else { return try answer.save(answered, output) }
        if !output.isJSON, answer.output == nil { try? answer.show(answered, output) }
        throw Problem(calling: failure)
    }

    private func send(_ request: Request, in context: Context) async throws -> (Response, ServerError?) {
        try await context.signedIn(credentials) { signedIn in
            let endpoint = AnyEndpoint(signedIn.session)
            do throws(ServerError) {
                let answered = try await endpoint.answer(to: request)
                return (answered, try await endpoint.failure(answered, to: request))
            } catch {
                throw Problem(tooLarge: error) ?? error
            }
        }
    }
}

extension Problem {
    /// An error of the server, in words for who has called an endpoint by its name.
    init(calling error: ServerError) {
        let problem = Problem(error)
        guard case .answered(let status, let text) = error.code, status < 500, Gateway(rawValue: status) == nil else {
            self = problem
            return
        }
        let said = text.isEmpty ? "" : ": \(text)"
        switch status {
        case 400:
            self.init(
                problem.status, "The server finds the request wrong (400)\(said)", at: problem.place,
                next: "check the names and values of the fields")
        case 404:
            self.init(
                problem.status, "The server has no such endpoint, or nothing by that name (404)\(said)",
                at: problem.place,
                next: "check both; an older server has fewer endpoints (app/webapiVersion tells its version)")
        case 405:
            self.init(
                problem.status, "The endpoint wants the other method (405)\(said)", at: problem.place,
                next: "say POST before the endpoint where it changes something, GET where it does not")
        case 409:
            self.init(
                problem.status, "The server cannot do that as things are (409)\(said)", at: problem.place,
                next: "look at what is there already, or whether it is busy")
        default:
            self.init(
                problem.status, "The server answered with an error (\(status))\(said)", at: problem.place,
                next: "look at the server's log, and at proxies in between")
        }
    }

    /// Nil where the answer was not too large.
    init?(tooLarge error: ServerError) {
        guard case .transport(.tooLarge(let limit)) = error.code else { return nil }
        let problem = Problem(
            .resultCannotBeWritten, "The answer has more than \(limit) bytes, so it was not taken.",
            at: Problem(error).place, next: "ask for less, or raise --max-size")
        self = problem.inDoubt(error.isInDoubt)
    }
}
