import Testing

@testable import TorrentCreation

/// The order of events. Times are in seconds unless a unit is there.
@Suite struct CreationTests {
    @Test func theUsualWay() {
        var creation = Creation(limits: .init(), isTuned: false)
        #expect(creation.start == .submit(tuned: false, after: .zero))
        #expect(creation.hear(.submitted(id: "a"), at: .zero) == .look(id: "a", after: Creation.Pace.quickest))
        #expect(creation.hear(.waiting, at: .milliseconds(20)) == .look(id: "a", after: Creation.Pace.quickest * 3 / 2))
        #expect(creation.hear(.running(nil), at: .milliseconds(50)) == .look(id: "a", after: Creation.Pace.quickest))
        #expect(creation.hear(.running(7), at: .milliseconds(70)) == .look(id: "a", after: Creation.Pace.quickest))
        #expect(creation.hear(.finished, at: .milliseconds(90)) == .fetch(id: "a"))
        #expect(creation.hear(.fetched, at: .milliseconds(95)) == .done)
    }

    /// Where the creation stands, in terms of what it has heard.
    enum Phase: String, CaseIterable {
        case submitting, watching, fetching, done, failed

        var heard: [Creation.Event] {
            switch self {
            case .submitting: []
            case .watching: [.submitted(id: "a")]
            case .fetching: [.submitted(id: "a"), .finished]
            case .done: [.submitted(id: "a"), .finished, .fetched]
            case .failed: [.submitted(id: "a"), .failed("no")]
            }
        }

        func creation() -> Creation {
            var creation = Creation(limits: .init(), isTuned: false)
            for event in heard { _ = creation.hear(event, at: .zero) }
            return creation
        }
    }

    static let events: [Creation.Event] = [
        .submitted(id: "b"), .full, .refused, .waiting, .running(nil), .running(50), .finished, .failed("no"), .gone,
        .fileLost, .fetched,
    ]

    /// What follows where something follows. Everything else contradicts what was before.
    static func expected(_ phase: Phase, _ event: Creation.Event) -> Creation.Action {
        let soon = Creation.Pace.quickest
        return switch (phase, event) {
        case (.submitting, .submitted): .look(id: "b", after: soon)
        case (.submitting, .full): .submit(tuned: false, after: soon)
        case (.submitting, .refused): .fail(.parametersRefused)
        // The first wait was after the task was taken.
        case (.watching, .waiting): .look(id: "a", after: soon * 3 / 2)
        case (.watching, .running): .look(id: "a", after: soon)
        case (.watching, .finished): .fetch(id: "a")
        case (.watching, .failed): .fail(.server("no"))
        case (.submitting, .gone), (.watching, .gone), (.fetching, .gone), (.fetching, .fileLost):
            .submit(tuned: false, after: .zero)
        case (.fetching, .fetched): .done
        default: .fail(.contradiction)
        }
    }

    @Test(arguments: Phase.allCases, events)
    func eachEventInEachPhase(phase: Phase, event: Creation.Event) {
        var creation = phase.creation()
        #expect(creation.hear(event, at: .zero) == Self.expected(phase, event))
    }

    @Test(arguments: events)
    func afterTheEndNothingFollows(event: Creation.Event) {
        var creation = Phase.done.creation()
        for _ in 0..<2 { #expect(creation.hear(event, at: .zero) == .fail(.contradiction)) }
    }

    @Test func whatTunesIsLeftOutOnceWhenItIsRefused() {
        var creation = Creation(limits: .init(), isTuned: true)
        #expect(creation.start == .submit(tuned: true, after: .zero))
        #expect(creation.hear(.full, at: .zero) == .submit(tuned: true, after: Creation.Pace.quickest))
        #expect(creation.hear(.refused, at: .zero) == .submit(tuned: false, after: .zero))
        #expect(creation.hear(.full, at: .zero) == .submit(tuned: false, after: Creation.Pace.quickest))
        #expect(creation.hear(.refused, at: .zero) == .fail(.parametersRefused))
    }

    /// The two ways to lose a task, in each order.
    @Test(arguments: [Creation.Event.gone, .fileLost], [Creation.Event.gone, .fileLost])
    func aLostTaskIsMadeAgainOnce(first: Creation.Event, second: Creation.Event) {
        var creation = Creation(limits: .init(), isTuned: true)
        _ = creation.hear(.refused, at: .zero)
        for event in [Creation.Event.submitted(id: "a"), .finished] { _ = creation.hear(event, at: .zero) }
        #expect(creation.hear(first, at: .zero) == .submit(tuned: false, after: .zero))
        #expect(creation.hear(.submitted(id: "b"), at: .zero) == .look(id: "b", after: Creation.Pace.quickest))
        #expect(creation.hear(.finished, at: .zero) == .fetch(id: "b"))
        #expect(creation.hear(second, at: .zero) == .fail(.forgotten))
    }
}
