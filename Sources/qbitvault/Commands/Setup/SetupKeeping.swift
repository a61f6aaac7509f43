import CredentialStores
import Glibc
import QBittorrentClient
import Secrets
import SecureFiles
import SystemPackage

/// The part of `setup` that keeps and writes, once everything is proven and agreed to.
struct SetupKeeping {
    let context: Context
    let server: Server
    let target: SetupStore
    let configuration: SetupConfiguration
    /// What commands need to be about the same server and configuration.
    let options: GlobalOptions

    /// What came of it.
    struct Kept {
        let deeds: SetupDeeds
        let store: String
        let configuration: String?
    }

    /// Does it all, and is not kept from it by a first Ctrl-C in the midst.
    ///
    /// - Throws: `Problem`, which says what was done before, and how to undo that.
    func keep(_ batch: borrowing CredentialBatch) throws -> Kept {
        let watch = SignalWatch.shared
        let place = watch.enter()
        defer { watch.leave(place) }
        var deeds = SetupDeeds()
        do {
            try pin(&deeds)
            let store = try target.store(in: context, &deeds)
            try write(batch, to: store, &deeds)
            try target.record(in: context, &deeds)
            let file = try configuration.write(&deeds)
            if watch.signal != nil {
                context.world.output.note("the interruption came when this had begun, so it was ended first")
            }
            return Kept(deeds: deeds, store: store.place.description, configuration: file?.string)
        } catch { throw Problem(from: error).comingAfter(deeds) }
    }

    /// What `keep` would do.
    func intention(_ batch: borrowing CredentialBatch) throws -> [String] {
        let (place, made) = try target.intention(in: context)
        let certificate = context.accepted.map { ["accept the certificate of \($0.server.site) from now on"] } ?? []
        let names = batch.items.names.joined(separator: ", ")
        return certificate + made + ["keep \(names) in the \(place), for \(server.origin)"]
            + (configuration.intention ?? [])
    }

    private func pin(_ deeds: inout SetupDeeds) throws {
        guard let accepted = context.accepted else { return }
        let pins = try context.pins()
        do throws(FileError) { try pins.add(accepted.certificate, for: accepted.server, now: time(nil)) } catch {
            throw Problem(changingPins: error)
        }
        deeds.note(
            "the certificate of \(accepted.server.site), SHA-256 \(accepted.certificate.fingerprint), is accepted from now on",
            undo: "qbitvault trust remove --url \(ShellWord(accepted.server.origin))")
    }

    private func write(
        _ batch: borrowing CredentialBatch, to store: any CredentialStore, _ deeds: inout SetupDeeds
    ) throws {
        let plan = try ImportPlan(batch, origin: server.origin, in: store)
        if !plan.wanted.isEmpty {
            do { try store.write(plan.batch(of: batch), boundTo: server.origin) } catch {
                // A keyring keeps one after the other, and may not take back what it had.
                let kept = (try? batch.items(in: store, origin: server.origin)) ?? []
                note(kept.filter(plan.wanted.contains), plan, in: store, &deeds)
                throw error
            }
        }
        note(plan.wanted, plan, in: store, &deeds)
        if plan.wanted.isEmpty { deeds.note("credentials were kept in the \(store.place) before") }
        do { try plan.verify(batch, origin: server.origin, in: store) } catch let error as StoreError {
            throw Problem(readingBack: error)
        }
    }

    /// A value that was there before is gone; others can be removed again.
    private func note(
        _ items: [CredentialBatch.Item], _ plan: ImportPlan, in store: any CredentialStore, _ deeds: inout SetupDeeds
    ) {
        guard !items.isEmpty else { return }
        let replaced = items.filter(plan.replaced.contains).names
        let isVault = store.place.kind == .vault
        // A vault that is new goes as a whole.
        for name in target.isThere ? items.filter({ !plan.replaced.contains($0) }).names.reversed() : [] {
            deeds.note(undo: command("credential delete \(name) --store \(isVault ? "vault" : "keyring")"))
        }
        let words = "credentials kept in the \(store.place): \(items.names.joined(separator: ", "))"
        let lost = replaced.isEmpty ? "" : " (earlier values of \(replaced.joined(separator: ", ")) are gone)"
        deeds.note(words + lost)
    }

    private func command(_ words: String) -> String {
        let server = options.server.map { " --server \(ShellWord($0))" } ?? ""
        let file = options.config.map { " --config \(ShellWord($0))" } ?? ""
        return "qbitvault \(words)\(server)\(file)"
    }
}

extension CredentialBatch {
    /// Those that the store holds by now.
    fileprivate borrowing func items(in store: any CredentialStore, origin: String) throws -> [Item] {
        var found: [Item] = []
        for item in items {
            switch try store.read(item.key) {
            case let kept?: if kept.value == value(of: item), kept.origins.contains(origin) { found.append(item) }
            case nil: break
            }
        }
        return found
    }
}
