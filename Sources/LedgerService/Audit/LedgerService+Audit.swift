package import AuditLog
import Foundation
import LedgerDomain
import LedgerEngine
import LedgerStorage

/// What a ledger shows to those who check its log without trusting it (DESIGN §6).
extension LedgerService {
    /// What a verifier must have to check this ledger's log.
    package func verifierKey() throws(ServiceError) -> NoteVerifierKey { try logSigner().verifierKey }

    /// All keys that this ledger's published log can be checked with, the one that every verifier knows first: one of
    /// them, or two where the profile is 国密.
    package func verifierKeys() throws(ServiceError) -> [NoteVerifierKey] {
        try logSigner().verifierKeys(algorithms)
    }

    private func logSigner() throws(ServiceError) -> LogSigner {
        let signer = machine.files(of: ledger).signer
        do {
            return signer.signer(of: try machine.head(of: ledger).checkpoint) ?? signer
        } catch {
            throw .fault(error)
        }
    }

    /// The checkpoint of everything that the log holds now, published, with the cosignatures it has.
    package func checkpoint() throws(ServiceError) -> SignedCheckpoint {
        do {
            return try published()
        } catch {
            throw .fault(error)
        }
    }

    /// ``receipt(of:)`` as it is handed over.
    package func receiptFile(of event: UInt64) throws(ServiceError) -> [UInt8] {
        try receipt(of: event).bytes
    }

    /// The receipt of an event: its bytes, the way from it to the root, and the checkpoint.
    package func receipt(of event: UInt64) throws(ServiceError) -> InclusionReceipt {
        try reading { checkpoint, tree in
            let size = checkpoint.checkpoint.head.size
            guard event < size else {
                throw ServiceError.invalid("There is no event \(event); the log has \(size), counted from 0.")
            }
            guard let proof = try tree.inclusionProof(index: event, size: size),
                let entry = try machine.reader.events(of: ledger, from: event, limit: 1).first
            else { throw EngineFault.corruptLog(event: event, reason: "the event is missing") }
            return InclusionReceipt(index: event, path: proof.path, extra: entry, note: checkpoint.note)
        }
    }

    /// The proof that an event is in the log, without the event: for who has it already.
    package func proof(of event: UInt64) throws(ServiceError) -> InclusionReceipt {
        let whole = try receipt(of: event)
        return InclusionReceipt(index: whole.index, path: whole.path, note: whole.note)
    }

    /// The folder of the published files; `nil` where nothing is published.
    package var publishedFolder: String? { machine.files(of: ledger).tiles?.path }

    /// The proof that the log's first `second` events begin with the first `first`.
    package func consistency(
        first: UInt64, second: UInt64
    ) throws(ServiceError) -> ConsistencyProof {
        try reading { checkpoint, tree in
            guard second <= checkpoint.checkpoint.head.size,
                let proof = try tree.consistencyProof(first: first, second: second)
            else {
                throw ServiceError.invalid(
                    "Consistency is proved from a size of at least 1 to one that is not smaller and not above "
                        + "\(checkpoint.checkpoint.head.size).")
            }
            return proof
        }
    }

    /// Copies the published log into a folder that stands alone: checkpoint, tiles, verifier keys, policy.
    ///
    /// - Returns: the checkpoint that the folder ends with.
    package func export(
        to folder: String, progress: (Int, Int) -> Void = { _, _ in }
    ) throws(ServiceError) -> SignedCheckpoint {
        guard !FileManager.default.fileExists(atPath: folder) else {
            throw ServiceError.invalid("\(folder) exists already. Name a folder that does not.")
        }
        return try reading { checkpoint, tree in
            let head = checkpoint.checkpoint.head
            var verifier = try LogVerifier(source: tree.source, size: head.size, root: head.root)
            while try verifier.next() != nil {}
            let export = LogFolder("\(folder).new-\(ProcessInfo.processInfo.processIdentifier)")
            do {
                try copy(tree.source, checkpoint, to: export, progress)
                try FileManager.default.moveItem(atPath: export.path, toPath: folder)
            } catch {
                try? FileManager.default.removeItem(atPath: export.path)
                throw error
            }
            return checkpoint
        }
    }

    private func copy(
        _ tiles: LogFolder, _ checkpoint: SignedCheckpoint, to export: LogFolder,
        _ progress: (Int, Int) -> Void
    ) throws {
        let size = checkpoint.checkpoint.head.size
        let count = Tile.all(size: size).reduce(0) { count, _ in count + 1 }
        for (done, tile) in Tile.all(size: size).enumerated() {
            guard let bytes = try tiles.bytes(of: tile) else {
                throw TileFault<EngineFault>.missing(tile)
            }
            try export.write(bytes, to: tile.path)
            progress(done + 1, count)
        }
        let keys = try verifierKeys().map { "\($0.text)\n" }.joined()
        try export.write(Array(keys.utf8), to: LogFileName.keys)
        try export.write(try policy().bytes, to: LogFileName.policy)
        try export.write(checkpoint.bytes, to: LogFileName.checkpoint)
    }

    /// Which witnesses the log asks, and which an auditor should demand.
    package func policy() throws(ServiceError) -> WitnessPolicy {
        do {
            return try machine.files(of: ledger).policy()
        } catch {
            throw .fault(error)
        }
    }

    /// Replaces the policy.
    package func setPolicy(_ policy: WitnessPolicy) throws(ServiceError) {
        do {
            try machine.files(of: ledger).setPolicy(policy)
        } catch {
            throw .fault(error)
        }
    }

    /// Publishes cosignatures that have been got; `false` where the log has grown since.
    package func attach(_ cosigned: SignedCheckpoint) throws(ServiceError) -> Bool {
        do {
            return try machine.files(of: ledger).attach(cosigned)
        } catch {
            throw .fault(error)
        }
    }

    private func published() throws(EngineFault) -> SignedCheckpoint {
        _ = try machine.publish(ledger)
        return try machine.files(of: ledger).publishedCheckpoint(algorithms)
    }

    /// Reads the tree of the published checkpoint, every hash of it chained to the root. Tiles that are missing or
    /// damaged are made again from the log, once.
    private func reading<Value>(
        _ body: (SignedCheckpoint, inout TileReader<LogFolder>) throws -> Value
    ) throws(ServiceError) -> Value {
        do {
            guard let tiles = machine.files(of: ledger).tiles else {
                throw EngineFault.logFiles("no tiles are kept")
            }
            func attempt() throws -> Value {
                let checkpoint = try published()
                let head = checkpoint.checkpoint.head
                var tree = try TileReader(source: tiles, size: head.size, root: head.root)
                return try body(checkpoint, &tree)
            }
            do {
                return try attempt()
            } catch is TileFault<EngineFault> {
            } catch is LogFault<EngineFault> {
            }
            try machine.republish(ledger)
            return try attempt()
        } catch {
            throw ServiceError(ofLog: error)
        }
    }
}

extension ServiceError {
    /// The error for whatever went wrong with a log's files.
    fileprivate init(ofLog error: any Error) {
        switch error {
        case let error as ServiceError: self = error
        case let fault as EngineFault: self = .fault(fault)
        case let error as StorageError: self = .storage(error)
        case let error as TileFault<EngineFault>: self = .fault(.logFiles("\(error)"))
        case let error as LogFault<EngineFault>: self = .fault(.logFiles(AuditFault(error).sentence))
        default: self = .fault(.logFiles((error as NSError).localizedDescription))
        }
    }
}
