import QBittorrentClient
import SystemPackage
import Testing

@testable import TorrentCreation

/// The order of events in a run of many sources, on a simulated creator.
@Suite struct CreationQueueTests {
    private func order() throws -> (CheckedOrder, ScratchFolder) {
        let scratch = try ScratchFolder()
        return (try TorrentOrder.of(scratch.file("source")).checked(), scratch)
    }

    @Test(arguments: [1, 16, 17, 300])
    func everySourceHasItsTurn(count: Int) throws {
        let (order, scratch) = try order()
        defer { _ = scratch }
        var simulation = Simulation(count)
        simulation.runToTheEnd(order)
        #expect(simulation.outcomes.count == count)
        #expect(simulation.outcomes.values.allSatisfy { $0.isSimulatedEnd })
        #expect(simulation.submissions == count)
        #expect(simulation.creator.tasks.isEmpty)
        #expect(simulation.creator.mostOfOurs == min(count, 16))
    }

    /// Of each 16 of ours that have finished and were not fetched, none is thrown out; nor is one of others.
    @Test(arguments: [0, 100, 230, 247, 248])
    func nothingIsThrownOut(others: Int) throws {
        let (order, scratch) = try order()
        defer { _ = scratch }
        var simulation = Simulation(40)
        for _ in 0..<others { _ = simulation.creator.add(isOurs: false, work: 0) }
        // A list that is as full as it may be is waited for; others take theirs away one day.
        simulation.disturb = { creator, list in
            if list == 20 { creator.delete(Set(creator.tasks.filter { !$0.isOurs }.prefix(1).map(\.id))) }
        }
        simulation.runToTheEnd(order)
        #expect(simulation.creator.evicted.isEmpty)
        #expect(simulation.outcomes.values.allSatisfy { $0.isSimulatedEnd })
        #expect(simulation.creator.tasks.count == max(0, others - 1))
    }

    /// A list full of others' tasks that nobody fetches: nothing is submitted, and the end says what stands there.
    @Test func aFullListIsNotWaitedForForEver() throws {
        let (order, scratch) = try order()
        defer { _ = scratch }
        var simulation = Simulation(300)
        for _ in 0..<250 { _ = simulation.creator.add(isOurs: false, work: 0) }
        simulation.runToTheEnd(order)
        #expect(simulation.submissions == 0 && simulation.creator.evicted.isEmpty)
        let errors = simulation.outcomes.values.compactMap(\.creationError)
        #expect(!errors.isEmpty)
        #expect(errors.allSatisfy { $0.code == .creation(.queueFull) && $0.obstacle?.others == 250 })
        guard case .failed? = simulation.queue.stop else {
            Issue.record("the others are still waited for")
            return
        }
        #expect(simulation.time >= .seconds(300) && simulation.time < .seconds(310))
    }

    /// A server that holds fewer than most refuses, and is never asked for so many again.
    @Test(arguments: [1, 2, 5])
    func aSmallServerIsLearned(capacity: Int) throws {
        let (order, scratch) = try order()
        defer { _ = scratch }
        var simulation = Simulation(100)
        simulation.creator.capacity = capacity
        simulation.work = 3
        simulation.runToTheEnd(order)
        #expect(simulation.outcomes.count == 100)
        #expect(simulation.outcomes.values.allSatisfy { $0.isSimulatedEnd })
    }

    /// Behind a task of others that takes longer than the limit, but moves on, nothing is given up.
    @Test func whatMovesIsWaitedFor() throws {
        let (order, scratch) = try order()
        defer { _ = scratch }
        var simulation = Simulation(3)
        _ = simulation.creator.add(isOurs: false, work: 1_000_000)
        var percent = 0
        var queue = simulation.queue
        // By hand: the foreign task comes one percent further every 200 seconds.
        var time = Duration.zero
        queue.hear(.prepared(.order(order, inherited: nil)), at: time)
        queue.hear(.prepared(nil), at: time)
        _ = queue.jobs(at: time)
        queue.hear(.listed(.success([.simulated("their-1", .running, progress: 0)])), at: time)
        _ = queue.jobs(at: time)
        queue.hear(.submitted(0, .success(.submitted(id: "our-1"))), at: time)
        for _ in 0..<50 {
            time += .seconds(200)
            percent += 1
            _ = queue.jobs(at: time)
            queue.hear(
                .listed(
                    .success([
                        .simulated("their-1", .running, source: "/theirs", progress: percent),
                        .simulated("our-1", .queued),
                    ])), at: time)
            #expect(queue.members[0]?.outcome == nil)
        }
        // It stands still: that is said, with what stands there.
        time += .seconds(301)
        _ = queue.jobs(at: time)
        queue.hear(
            .listed(
                .success([
                    .simulated("their-1", .running, source: "/theirs", progress: percent),
                    .simulated("our-1", .queued),
                ])), at: time)
        let error = queue.members[0]?.outcome?.creationError
        #expect(error?.code == .creation(.noProgress(.seconds(300))))
        #expect(error?.obstacle?.id == "their-1" && error?.obstacle?.sourcePath == "/theirs")
        #expect(error?.obstacle?.progress == 50 && error?.obstacle?.others == 1)
    }

    /// All tasks of a server that was started again are gone: each is submitted once more, and made.
    @Test func aRestartedServerIsAskedAgain() throws {
        let (order, scratch) = try order()
        defer { _ = scratch }
        var simulation = Simulation(40)
        simulation.work = 2
        simulation.disturb = { creator, list in
            if list == 7 { creator.tasks = [] }
        }
        simulation.runToTheEnd(order)
        #expect(simulation.outcomes.count == 40)
        #expect(simulation.outcomes.values.allSatisfy { $0.isSimulatedEnd })
        #expect(simulation.submissions > 40 && simulation.submissions <= 56)
    }

    /// A list that was sent before a task was made does not know it, and that is no loss.
    @Test func anOldListIsNotBelieved() throws {
        let (order, scratch) = try order()
        defer { _ = scratch }
        var queue = CreationQueue(limits: .init())
        queue.hear(.prepared(.order(order, inherited: nil)), at: .zero)
        queue.hear(.prepared(nil), at: .zero)
        _ = queue.jobs(at: .zero)
        queue.hear(.listed(.success([])), at: .zero)
        #expect(queue.jobs(at: .zero).contains { if case .submit = $0 { true } else { false } })
        queue.hear(.submitted(0, .success(.submitted(id: "a"))), at: .zero)
        _ = queue.jobs(at: .zero)
        let lists = queue.lists
        // As if the list that is on its way had been asked for before.
        queue.lists = lists - 1
        queue.hear(.listed(.success([])), at: .milliseconds(5))
        #expect(queue.members[0]?.step == .watching(id: "a", from: Creation.Pace.quickest, list: lists - 1))
        queue.lists = lists
        queue.hear(.listed(.success([])), at: .milliseconds(30))
        #expect(queue.members[0]?.step == .ready(from: .milliseconds(30)))
    }

    /// A proxy that answers 502 now and then costs nothing; one that does nothing else is given up.
    @Test(arguments: [(every: 3, isOvercome: true), (every: 1, isOvercome: false)])
    func aProxyMayHiccup(every: Int, isOvercome: Bool) throws {
        let (order, scratch) = try order()
        defer { _ = scratch }
        let hiccup = ServerError(.answered(status: 502, text: ""), at: try Server("http://127.0.0.1:1"))
        var simulation = Simulation(40)
        simulation.failList = { $0 > 2 && $0 % every == 0 ? .server(hiccup) : nil }
        simulation.runToTheEnd(order)
        #expect(simulation.outcomes.count == 40)
        #expect(simulation.outcomes.values.allSatisfy(\.isSimulatedEnd) == isOvercome)
        #expect(simulation.creator.tasks.isEmpty)
    }

    @Test func theFirstFailureMayBeTheEnd() throws {
        let (order, scratch) = try order()
        defer { _ = scratch }
        var simulation = Simulation(300, failsFast: true)
        simulation.runToTheEnd(order)
        // Every end of a simulation counts as a failure.
        #expect(simulation.outcomes.values.count { $0.isSimulatedEnd } >= 1)
        #expect(simulation.outcomes.count <= 17)
        #expect(simulation.creator.tasks.isEmpty)
    }

    @Test func whatWouldMeetAllEndsTheRun() throws {
        let (order, scratch) = try order()
        defer { _ = scratch }
        let gone = ServerError(.transport(.unreachable(.refused)), at: try Server("http://127.0.0.1:1"))
        var queue = CreationQueue(limits: .init())
        for _ in 0..<3 { queue.hear(.prepared(.order(order, inherited: nil)), at: .zero) }
        _ = queue.jobs(at: .zero)
        queue.hear(.listed(.failure(.server(gone))), at: .zero)
        #expect(queue.members.values.allSatisfy { $0.outcome?.creationError?.code == .server(gone) })
        guard case .failed(let reason)? = queue.stop else {
            Issue.record("the run goes on")
            return
        }
        #expect(reason as? ServerError == gone)
    }

    /// What others do meanwhile, by chance: whatever it is, all sources are made, and nobody loses a task by us.
    @Test(arguments: 0..<40)
    func amongOthers(seed: UInt64) throws {
        let (order, scratch) = try order()
        defer { _ = scratch }
        var chance = Chance(seed: seed)
        var simulation = Simulation(60)
        simulation.work = chance.below(4)
        var theirs = 0
        for _ in 0..<chance.below(200) { _ = simulation.creator.add(isOurs: false, work: chance.below(3)) }
        simulation.disturb = { creator, _ in
            // Ten at most at a time, as a client like this one would, and away with those that have finished.
            if chance.below(3) == 0, creator.tasks.count < 230 {
                _ = creator.add(isOurs: false, work: chance.below(3))
                theirs += 1
            }
            if chance.below(4) == 0 {
                creator.delete(
                    Set(creator.tasks.filter { !$0.isOurs && $0.status == .finished }.prefix(3).map(\.id)))
            }
            for _ in 0..<chance.below(8) { creator.step() }
        }
        simulation.runToTheEnd(order)
        #expect(simulation.outcomes.count == 60)
        #expect(simulation.outcomes.values.allSatisfy { $0.isSimulatedEnd })
        #expect(simulation.creator.evicted.isEmpty)
        #expect(simulation.creator.mostOfOurs <= 16)
    }
}

extension Simulation {
    fileprivate mutating func runToTheEnd(_ order: CheckedOrder, sourceLocation: SourceLocation = #_sourceLocation) {
        let isOver = run(order: order)
        #expect(isOver, "it does not end", sourceLocation: sourceLocation)
    }
}

/// Chance that comes out alike each time.
struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

    /// From 0 on; an xorshift generator.
    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}

extension BatchOutcome {
    var isSimulatedEnd: Bool {
        if case .failed(let error) = self { error is SimulatedEnd } else { false }
    }

    var creationError: CreationError? {
        if case .failed(let error) = self { error as? CreationError } else { nil }
    }
}
