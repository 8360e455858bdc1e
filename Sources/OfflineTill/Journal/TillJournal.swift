import CBOR
import Cryptography
import RedemptionTokens

/// A till's journal: what happened, sealed, in the order in which it did, each entry on disk before the answer.
///
/// A write that a crash cut short is cut off at opening; it was never answered. Anything else that is not as it
/// was written is found and refused. What nobody can find with the till's folder alone is that whole frames are
/// missing at the end: an older copy of the file, or a shorter one, is as good as the file itself. The ledger
/// sees it, for it has what was uploaded, and the outlets' own books do.
struct TillJournal {
    private let file: any TillFile
    private let path: String
    private var chain: JournalChain
    /// How many bytes of the file are good.
    private var length: Int
    /// Whether a failed write may have left something behind them.
    private var isFrayed = false

    /// What is found at opening.
    struct Contents {
        var entries: [JournalEntry]
        /// How many bytes were cut off, of a write that a crash had cut short.
        var tornBytes: Int
    }

    /// The bytes of a journal with its first entry, for a till that is enrolled.
    static func beginning(
        with identity: TillIdentity, key: SecretKey, path: String
    ) throws(TillFault) -> [UInt8] {
        let chain = JournalChain(
            till: SecureRandom.bytes(JournalChain.identifierLength), key: key,
            profile: identity.listKey.algorithm == .sm2 ? .guomi : .international)
        return chain.header
            + (try frame(of: .enrolled(identity), in: chain, path: path).frame)
    }

    /// Reads the file; cuts it off where it ends inside a frame, and changes it in no other case.
    static func open(
        _ file: any TillFile, path: String, key: SecretKey
    ) throws(TillFault) -> (journal: TillJournal, contents: Contents) {
        let bytes = try file.contents()
        guard var chain = JournalChain(header: bytes, key: key) else { throw .journalForeign(path) }
        var entries: [JournalEntry] = []
        var length = chain.header.count
        reading: while true {
            switch chain.next(in: bytes[length...]) {
            case .end: break reading
            case .entry(let plain, let frame, let following):
                guard let entry = try? JournalEntry(cborBytes: plain) else {
                    throw .journalNotUnderstood(path, frame: chain.number)
                }
                entries.append(entry)
                length += frame
                chain = following
            // The first frame came with the file, so that no crash can have cut it short.
            case .torn where chain.number > 0: break reading
            case .torn, .damaged: throw .journalDamaged(path, frame: chain.number)
            }
        }
        let torn = bytes.count - length
        if torn > 0 {
            try file.truncate(to: length)
            try file.synchronise()
        }
        let journal = TillJournal(file: file, path: path, chain: chain, length: length)
        return (journal, Contents(entries: entries, tornBytes: torn))
    }

    private init(file: any TillFile, path: String, chain: JournalChain, length: Int) {
        self.file = file
        self.path = path
        self.chain = chain
        self.length = length
    }

    /// Appends entries, one frame each, in one write; they are on disk when this returns.
    ///
    /// On a fault none of them counts. What the write may have left is cut off at once or, where even that
    /// fails, before the next write. Only where that never comes, for the process ends first, may an entry count
    /// at the next opening although its write was reported as failed; asking again then gets its answer.
    mutating func append(_ entries: [JournalEntry]) throws(TillFault) {
        var (frames, following): ([UInt8], JournalChain) = ([], chain)
        for entry in entries {
            let next = try TillJournal.frame(of: entry, in: following, path: path)
            frames += next.frame
            following = next.chain
        }
        if isFrayed { try trim() }
        do throws(TillFault) {
            isFrayed = true
            try file.write(frames, at: length)
            try file.synchronise()
        } catch {
            // The fault that matters is the write's; trimming is tried again before the next one.
            try? trim()
            throw error
        }
        isFrayed = false
        length += frames.count
        chain = following
    }

    /// Cuts off what a failed write has left.
    private mutating func trim() throws(TillFault) {
        try file.truncate(to: length)
        try file.synchronise()
        isFrayed = false
    }

    private static func frame(
        of entry: JournalEntry, in chain: JournalChain, path: String
    ) throws(TillFault) -> (frame: [UInt8], chain: JournalChain) {
        do throws(SealError) {
            return try chain.sealing(entry.cborBytes)
        } catch {
            throw .cannotWrite(path, reason: "it cannot be sealed")
        }
    }
}
