import QBittorrentClient
import SystemPackage

/// What follows once the server has made a torrent: fetch it, compare it, save it, delete the task, and only then seed.
struct TorrentTaking: Sendable {
    let session: Session
    let calls: CreatorCalls
    let memory: RunMemory?

    /// - Parameter tellLeft: hears of a task that could not be deleted.
    func take(_ member: QueueMember, _ id: String, tellLeft: @Sendable (String) -> Void) async -> Taken {
        let file: [UInt8]
        do throws(CreationFault) {
            let event: Creation.Event
            (event, file) = try await calls.fetch(id)
            guard event == .fetched else { return .lost(event) }
        } catch {
            await drop(member.tasks, tellLeft: tellLeft)
            return .failed(member.checked.order.failure(error))
        }
        let saved: Saved
        do throws(CreationError) { saved = try await save(file, member) } catch {
            await drop(member.tasks, tellLeft: tellLeft)
            return .failed(error)
        }
        // What the server has made stays there until it is safe here.
        await drop(member.tasks, tellLeft: tellLeft)
        do throws(CreationError) { return .made(try await finish(saved, member.checked)) } catch {
            return .failed(error)
        }
    }

    /// Deletes tasks.
    func drop(_ tasks: Set<String>, tellLeft: @Sendable (String) -> Void) async {
        let left = await calls.delete(tasks)
        for id in left { tellLeft(id) }
        memory?.journal.noteDeleted(tasks.subtracting(left))
    }

    /// A torrent that has its name.
    private struct Saved {
        let file: [UInt8]
        let metainfo: Metainfo
        let verification: Verification
        let record: MadeTorrent?
        /// Whether an earlier run has saved it, and may have given it to the server.
        var isOld = false
    }

    private func save(_ file: [UInt8], _ member: QueueMember) async throws(CreationError) -> Saved {
        let checked = member.checked
        let (metainfo, verification) = try await checked.order.verified(file, asked: member.parameters, checked.listing)
        if checked.hasChanged { throw checked.order.error(.sourceChanged) }
        let record = memory.flatMap { MadeTorrent(metainfo, file, of: checked, key: $0.key) }
        if let record { memory?.journal.noteSaving(record) }
        try checked.order.save(file)
        if let record { memory?.note(record) }
        return Saved(file: file, metainfo: metainfo, verification: verification, record: record)
    }

    /// Goes on with a torrent that an earlier run has saved. Nil where it is not what is asked for: it was made without
    /// what the server refused.
    func resume(_ checked: CheckedOrder, _ file: [UInt8]) async throws(CreationError) -> CreatedTorrent? {
        let order = checked.order
        guard let (metainfo, verification) = order.compared(file, asked: order.parameters, checked.listing),
            verification.isSound, try await order.isDataRight(file, metainfo, checked.listing)
        else { return nil }
        let record = memory.flatMap { MadeTorrent(metainfo, file, of: checked, key: $0.key) }
        if let record { memory?.note(record) }
        let saved = Saved(
            file: file, metainfo: metainfo, verification: verification, record: record, isOld: true)
        return try await finish(saved, checked)
    }

    private func finish(_ saved: Saved, _ checked: CheckedOrder) async throws(CreationError) -> CreatedTorrent {
        let order = checked.order
        var state: SeedingState?
        if let options = order.seeding {
            let seeding = Seeding(session, of: saved.metainfo)
            do throws(ServerError) {
                state = try await seeding.start(
                    saved.file, options, source: order.mapping.there, mayBeThere: saved.isOld)
            } catch { throw order.error(.seeding(error, saved: order.result)) }
            if var record = saved.record {
                record.isSeeded = true
                memory?.note(record)
            }
        }
        return CreatedTorrent(
            path: order.result, metainfo: saved.metainfo, verification: saved.verification, state: state)
    }
}
