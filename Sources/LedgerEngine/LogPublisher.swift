package import AuditLog
import Cryptography
import Foundation
package import LedgerDomain
package import LedgerStorage

/// A head that has been kept and may be shown, with the checkpoint that signs for it.
package struct PublishedHead: Equatable, Sendable {
    package var head: TreeHead
    /// The signed note.
    package var checkpoint: [UInt8]
}

/// Follows the log with what leaves the house: the kept head at least every 100 ms while events arrive, the tiles
/// and then their checkpoint every second, all of it at once where somebody asks (DESIGN §6).
package final class LogPublisher: @unchecked Sendable {
    private let log: any EventLog
    private let files: @Sendable (LedgerCode) -> LedgerFiles
    private let condition = NSCondition()

    // All below is guarded by `condition`.
    private var due: Set<LedgerCode> = []
    private var offered: [LedgerCode: OfferedEvents] = [:]
    private var fault: EngineFault?
    private var stopping = false
    private var finished = false

    /// Held while a ledger is published.
    private let work = NSLock()
    /// What this process published last, by ledger; guarded by `work`.
    private var published: [LedgerCode: PublishedHead] = [:]
    /// The head this process kept last, by ledger; guarded by `work`.
    private var kept: [LedgerCode: [UInt8]] = [:]
    /// Where the tiles of each ledger stand; guarded by `work`.
    private var builders: [LedgerCode: TileBuilder] = [:]
    /// What each ledger was opened with; guarded by `work`.
    private var algorithms: [LedgerCode: CryptographicProfile] = [:]

    /// How long heads gather before one is kept, in seconds.
    private static let pause = 0.1
    /// The heads that are kept before the tiles follow: files are dearer than a head.
    private static let headsPerTiles = 10

    package init(log: any EventLog, files: @escaping @Sendable (LedgerCode) -> LedgerFiles) {
        self.log = log
        self.files = files
    }

    /// Starts the publisher's thread.
    package func start() {
        let thread = Thread { [self] in run() }
        thread.name = "publisher"
        thread.start()
    }

    /// Takes over events that `ledger` has got, numbered from `from`.
    package func offer(_ ledger: LedgerCode, from: UInt64, _ events: [[UInt8]]) {
        guard !events.isEmpty else { return }
        condition.lock()
        offered[ledger, default: OfferedEvents(log)].add(events, from: from)
        if due.insert(ledger).inserted { condition.broadcast() }
        condition.unlock()
    }

    /// What stopped publishing, if anything did; intake stops with it, for the log may have been replaced.
    package var stoppedBy: EngineFault? {
        condition.lock()
        defer { condition.unlock() }
        return fault
    }

    /// Publishes what is due and ends the thread.
    package func stop() {
        condition.lock()
        stopping = true
        condition.broadcast()
        while !finished { condition.wait() }
        condition.unlock()
    }

    private func run() {
        var heads = 0
        /// The ledgers whose kept heads are ahead of their tiles.
        var ahead: Set<LedgerCode> = []
        while let (ledgers, isLast) = next(waiting: ahead.isEmpty) {
            heads += 1
            ahead.formUnion(ledgers)
            let withTiles = isLast || ledgers.isEmpty || heads >= LogPublisher.headsPerTiles
            for ledger in (withTiles ? ahead : ledgers).sorted() {
                do throws(EngineFault) {
                    _ = try publish(ledger, withTiles: withTiles)
                } catch {
                    condition.lock()
                    fault = error
                    condition.unlock()
                }
            }
            if withTiles { (heads, ahead) = (0, []) }
            if isLast { break }
        }
        condition.lock()
        finished = true
        condition.broadcast()
        condition.unlock()
    }

    /// The ledgers that are due, after a pause in which more events gather, and whether it is time to end; `nil`
    /// when there is nothing left to do.
    ///
    /// - Parameter waiting: whether to wait until one is due.
    private func next(waiting: Bool) -> (due: Set<LedgerCode>, isLast: Bool)? {
        condition.lock()
        defer { condition.unlock() }
        while waiting, due.isEmpty {
            if stopping { return nil }
            condition.wait()
        }
        let until = Date(timeIntervalSinceNow: LogPublisher.pause)
        while !stopping, condition.wait(until: until) {}
        defer { due = [] }
        return (due, stopping)
    }

    /// Publishes everything that the log of `ledger` holds now.
    package func publish(_ ledger: LedgerCode) throws(EngineFault) -> PublishedHead {
        try publish(ledger, withTiles: true)
    }

    /// Makes all tiles again from the log and publishes them: for when one was found to be damaged.
    package func republish(_ ledger: LedgerCode) throws(EngineFault) -> PublishedHead {
        work.lock()
        published[ledger] = nil
        builders[ledger] = TileBuilder()
        work.unlock()
        return try publish(ledger)
    }

    private func publish(_ ledger: LedgerCode, withTiles: Bool) throws(EngineFault) -> PublishedHead {
        work.lock()
        defer { work.unlock() }
        let stored: LogHead
        do {
            stored = try log.head(of: ledger)
        } catch {
            throw .storage(error)
        }
        if let last = published[ledger], last.checkpoint == stored.checkpoint { return last }
        let files = files(ledger)
        if !withTiles, try keep(stored.checkpoint, files) { return try head(stored, files) }
        let new = try head(stored, files)
        if let tiles = files.tiles { try extend(tiles, to: new.head, of: files) }
        try files.head?.raise { old throws(EngineFault) in
            guard let old, old != kept[ledger] else { return new.checkpoint }
            let known = try files.signed(old, files.head?.path ?? "the kept head")
            return try continues(known, new.head, files) ? new.checkpoint : nil
        } then: { () throws(EngineFault) in
            // One for the same tree may have cosignatures by now; one for a larger tree is another process's.
            guard let tiles = files.tiles else { return }
            let algorithms = try algorithms(of: files.ledger)
            guard files.publishedHead(algorithms)?.size ?? 0 < new.head.size else { return }
            try tiles.publish(try files.shown(new.checkpoint, algorithms))
        }
        published[ledger] = new
        kept[ledger] = new.checkpoint
        return new
    }

    /// What decides which signatures a published checkpoint must have.
    private func algorithms(of ledger: LedgerCode) throws(EngineFault) -> CryptographicProfile {
        if algorithms[ledger] == nil { algorithms[ledger] = try log.algorithms(of: ledger) }
        return algorithms[ledger] ?? .international
    }

    private func head(_ stored: LogHead, _ files: LedgerFiles) throws(EngineFault) -> PublishedHead {
        PublishedHead(
            head: try files.signed(stored.checkpoint, "the head row of ledger \(files.ledger)"),
            checkpoint: stored.checkpoint)
    }

    /// Keeps a head without its tiles, if the one kept before is this process's own; else it must be compared.
    private func keep(_ checkpoint: [UInt8], _ files: LedgerFiles) throws(EngineFault) -> Bool {
        guard let head = files.head, let last = kept[files.ledger], try head.read() == last else {
            return false
        }
        var isKept = false
        try head.raise { old throws(EngineFault) in
            isKept = old == last
            return isKept ? checkpoint : nil
        } then: { () throws(EngineFault) in
        }
        if isKept { kept[files.ledger] = checkpoint }
        return isKept
    }

    /// Brings the tiles to `head`: from where this process left them, else from where they are known to be good,
    /// else from the first event.
    private func extend(
        _ tiles: LogFolder, to head: TreeHead, of files: LedgerFiles
    ) throws(EngineFault) {
        let known = builders.removeValue(forKey: files.ledger) ?? files.builder()
        for start in [known, TileBuilder()] {
            guard var builder = start, builder.range.size <= head.size else { continue }
            guard
                try tiles.extend(
                    &builder, to: head, from: handedOver(files.ledger), of: files.ledger)
            else { continue }
            builders[files.ledger] = builder
            condition.lock()
            offered[files.ledger]?.drop(below: head.size)
            condition.unlock()
            return
        }
        throw files.located(.treeMismatch(size: head.size), in: log)
    }

    /// The events, from the writer where they have not been published yet.
    private func handedOver(_ ledger: LedgerCode) -> any EventReader {
        condition.lock()
        defer { condition.unlock() }
        return offered[ledger] ?? OfferedEvents(log)
    }

    /// Whether the log with head `new` continues `kept`, which another process or an earlier run has kept;
    /// `false` where another process is ahead of this one.
    private func continues(
        _ kept: TreeHead, _ new: TreeHead, _ files: LedgerFiles
    ) throws(EngineFault) -> Bool {
        if kept.size > new.size {
            let size: UInt64
            do {
                size = try log.head(of: files.ledger).size
            } catch {
                throw .storage(error)
            }
            guard kept.size <= size else { throw .logBehind(size: size, seen: kept.size) }
            return false
        }
        guard let tiles = files.tiles else { return true }
        do {
            var reader = try TileReader(source: tiles, size: new.size, root: new.root)
            guard try reader.root(size: kept.size) == kept.root else {
                throw EngineFault.forked(size: kept.size)
            }
        } catch let fault as EngineFault {
            throw fault
        } catch {
            throw .logFiles("the tiles of ledger \(files.ledger): \(error)")
        }
        return true
    }
}
