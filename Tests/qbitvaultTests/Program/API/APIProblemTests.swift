import Testing

@testable import QBittorrentClient
@testable import qbitvault

/// What `api` says of errors that only a proxy, or a limit of its own, makes.
@Suite struct APIProblemTests {
    @Test(arguments: [500, 502, 503, 504])
    func aChangeThatAServerInTroubleWasAskedForMayBeDone(_ status: Int) throws {
        var error = ServerError(.answered(status: status, text: ""), at: try Server("http://localhost"), "a/b")
        #expect(!Problem(calling: error).what.contains("is not known"))
        error.isInDoubt = true
        #expect(Problem(calling: error).what.contains("is not known"))
        #expect(Problem(calling: error).status == .serverError)
    }

    @Test(arguments: [(413, "let through"), (502, "cannot reach"), (504, "in time")])
    func aProxysAnswerIsToldAsOne(_ status: Int, words: String) throws {
        let error = ServerError(.answered(status: status, text: ""), at: try Server("http://localhost"), "a/b")
        #expect(Problem(calling: error).what.contains(words))
    }

    @Test func aChangeWhoseAnswerIsTooLargeMayBeDone() throws {
        var error = ServerError(.transport(.tooLarge(limit: 5)), at: try Server("http://localhost"), "a/b")
        #expect(Problem(tooLarge: error)?.what.contains("is not known") == false)
        error.isInDoubt = true
        #expect(Problem(tooLarge: error)?.what.contains("is not known") == true)
        #expect(Problem(tooLarge: error)?.status == .resultCannotBeWritten)
    }
}
