import Logging
import Testing

@testable import qbitvault

@Suite struct StandardErrorLogTests {
    @Test(arguments: [(0, nil), (1, .info), (2, .debug), (3, .trace), (9, .trace)] as [(Int, Logger.Level?)])
    func eachVSaysMore(verbosity: Int, level: Logger.Level?) {
        let logger = StandardErrorLog.logger(verbosity: verbosity, isColored: false)
        #expect(logger.logLevel == level ?? .critical)
        #expect((logger.handler is StandardErrorLog) == (level != nil))
    }

    @Test func coloursAreForTerminalsThatWantThem() {
        #expect(ColorChoice.always.isColored(environment: { _ in "1" }))
        #expect(!ColorChoice.never.isColored(environment: { _ in nil }))
        #expect(!ColorChoice.auto.isColored(environment: { ["NO_COLOR": "1"][$0] }))
        #expect(!ColorChoice.auto.isColored(environment: { ["TERM": "dumb"][$0] }))
    }
}
