import Foundation
package import LedgerDomain
package import RedemptionTokens

/// A cashier's till that sells without a network: it verifies what residents' phones show, keeps its sales in a
/// sealed journal, and makes the batches that are uploaded.
///
/// One process at a time works with a till; it is not meant for several threads at once. Every function that
/// needs the time is given it. Signatures keep strangers out, and the caps, the credentials' lives and the age
/// of the revocation list bound what an owner can spend twice at tills that do not see each other (DESIGN §7).
///
/// A sale is on disk before it is answered. Whoever can put an older copy of the whole folder in its place takes
/// the till back to that time, and no check here can find it; the ledger still takes every presentation once. An
/// older pack in the place of the present one is found only by the age of its lists.
package final class Till {
    /// The folder that it is in.
    package let path: String
    /// What it sells by.
    package private(set) var pack: OpenedTillPack
    private let folder: TillFolder
    private let identity: TillIdentity
    let tornBytes: Int
    private var journal: TillJournal
    private(set) var book: TillBook

    /// Opens a till that was enrolled.
    ///
    /// A write that a crash cut short is cut off, which ``status(now:)`` reports. A journal that is damaged in
    /// any other way is refused and not changed.
    ///
    /// - Parameters:
    ///   - path: the till's folder.
    ///   - file: stands between the journal and its file, for tests of failing disks.
    package init(
        opening path: String, through file: (any TillFile) -> any TillFile = { $0 }
    ) throws(TillFault) {
        folder = TillFolder(path: path)
        self.path = path
        guard let locked = try LockedFile(folder.journalPath) else {
            throw FileManager.default.fileExists(atPath: path) ? .notEnrolled(path) : .missing(path)
        }
        let contents: TillJournal.Contents
        (journal, contents) = try TillJournal.open(
            file(locked), path: folder.journalPath, key: try folder.key())
        guard case .enrolled(let identity) = contents.entries.first else {
            throw .journalNotUnderstood(folder.journalPath, frame: 0)
        }
        self.identity = identity
        tornBytes = contents.tornBytes
        var book = TillBook()
        for (number, entry) in contents.entries.enumerated().dropFirst() where !book.apply(entry) {
            throw .journalNotUnderstood(folder.journalPath, frame: UInt64(number))
        }
        self.book = book
        let bytes = try folder.pack()
        do throws(TillPackError) {
            pack = try OpenedTillPack(opening: bytes, by: identity.listKey)
        } catch {
            throw .packUnusable(folder.packPath, error)
        }
        guard pack.pack.ledger == identity.ledger, pack.pack.place.outlet == identity.outlet else {
            throw .packForeign(folder.packPath)
        }
    }

    /// Appends entries to the journal and takes them in; each must follow from what is known.
    func write(_ entries: [JournalEntry]) throws(TillFault) {
        try journal.append(entries)
        for entry in entries {
            let isTaken = book.apply(entry)
            precondition(isTaken, "an entry is checked before it is written")
        }
    }
}

extension Till {
    /// Makes a till in a folder, which must be missing or have no till in it yet.
    ///
    /// - Parameters:
    ///   - path: the folder; it is made with mode 0700.
    ///   - pack: the outlet's pack, as it was received.
    ///   - listKey: the one key that signs this ledger's lists; from here on the till takes no other.
    package static func enrol(
        in path: String, pack: [UInt8], listKey: TokenPublicKey, now: Instant
    ) throws(TillSyncRefusal) -> Till {
        let opened: OpenedTillPack
        do throws(TillPackError) {
            opened = try OpenedTillPack(opening: pack, by: listKey)
        } catch {
            throw .unusable(error)
        }
        guard !opened.isEarly(at: now) else { throw .tooEarly }
        let identity = TillIdentity(
            ledger: opened.pack.ledger, outlet: opened.pack.place.outlet, listKey: listKey,
            enrolledAt: now.clamped)
        do throws(TillFault) {
            try TillFolder(path: path).fill(pack: pack, identity: identity)
            return try Till(opening: path)
        } catch {
            throw .fault(error)
        }
    }

    /// Takes a newer pack in the place of the present one; on a refusal nothing changes.
    ///
    /// It must be of the same ledger, outlet and list key, and neither list in it may go back. The terminal, the
    /// outlet's category, the programmes and the policy may be others than before.
    package func sync(_ bytes: [UInt8], now: Instant) throws(TillSyncRefusal) {
        let opened: OpenedTillPack
        do throws(TillPackError) {
            opened = try OpenedTillPack(opening: bytes, by: identity.listKey)
        } catch {
            throw .unusable(error)
        }
        guard opened.pack.ledger == identity.ledger else { throw .otherLedger }
        guard opened.pack.place.outlet == identity.outlet else { throw .otherOutlet }
        guard opened.pack.canReplace(pack.pack) else { throw .notNewer(has: pack.pack.sequence) }
        guard opened.keepsLists(of: pack) else { throw .listsOlder }
        guard !opened.isEarly(at: now) else { throw .tooEarly }
        do throws(TillFault) {
            try folder.replace(folder.packPath, by: bytes)
        } catch {
            throw .fault(error)
        }
        pack = opened
    }
}

extension OpenedTillPack {
    /// Whether it comes from the future of a clock here.
    fileprivate func isEarly(at now: Instant) -> Bool { issuedAt > now.clamped.adding(skew) }

    /// When it was signed.
    var issuedAt: Instant { Instant(microseconds: pack.issuedAt * Instant.second) }

    /// How far two clocks may be apart, in microseconds.
    var skew: Int64 { pack.policy.skew * Instant.second }
}
