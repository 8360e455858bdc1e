package import AuditLog
import Foundation
import LedgerDomain
import LedgerStorage

/// One ledger's log as files, in the layout of C2SP tlog-tiles: what auditors, followers and a recovery read.
///
/// The files say nothing that the log does not say, so whatever is missing or damaged is made again from it.
package struct LogFolder: TileSource, Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    package func bytes(of tile: Tile) throws(EngineFault) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(path)/\(tile.path)").map { Array($0) }
    }

    /// Where the checkpoint is.
    var checkpointPath: String { "\(path)/\(LogFileName.checkpoint)" }

    /// The checkpoint published last, with whatever cosignatures it has got since.
    package func checkpoint() -> [UInt8]? {
        FileManager.default.contents(atPath: checkpointPath).map { Array($0) }
    }

    /// Replaces the published checkpoint.
    func publish(_ note: [UInt8]) throws(EngineFault) { try write(note, to: LogFileName.checkpoint) }

    /// Brings the files from what `builder` has seen to a tree of `head`, whose entries `log` holds.
    ///
    /// - Returns: `false`, having written nothing, where the entries do not lead to `head`: what was altered never takes
    ///   the place of what is published.
    func extend(
        _ builder: inout TileBuilder, to head: TreeHead, from log: any EventReader, of ledger: LedgerCode
    ) throws(EngineFault) -> Bool {
        var range = builder.range
        let unread = range.size..<head.size
        try entries(unread, of: ledger, in: log) { range.append(.leaf($0)) }
        guard range.root == head.root else { return false }
        try entries(unread, of: ledger, in: log) { entry throws(EngineFault) in
            var completed: [(Tile, [UInt8])] = []
            do {
                try builder.append(entry) { completed.append(($0, $1)) }
            } catch {
                throw .corruptLog(event: builder.range.size, reason: "\(error)")
            }
            for (tile, bytes) in completed { try finish(tile, bytes) }
        }
        for (tile, bytes) in builder.partialFiles { try begin(tile, bytes) }
        return true
    }

    /// Reads a log's events in order.
    private func entries(
        _ range: Range<UInt64>, of ledger: LedgerCode, in log: any EventReader,
        _ body: ([UInt8]) throws(EngineFault) -> Void
    ) throws(EngineFault) {
        var next = range.lowerBound
        while next < range.upperBound {
            let chunk: [[UInt8]]
            do {
                chunk = try log.events(
                    of: ledger, from: next, limit: Int(min(4096, range.upperBound - next)))
            } catch {
                throw .storage(error)
            }
            guard !chunk.isEmpty else { throw .corruptLog(event: next, reason: "the event is missing") }
            for entry in chunk { try body(entry) }
            next += UInt64(chunk.count)
        }
    }

    /// Writes a partial file, unless another process has come so far that the full one is there.
    package func begin(_ tile: Tile, _ bytes: [UInt8]) throws(EngineFault) {
        do throws(EngineFault) {
            try write(bytes, to: tile.path)
        } catch {
            guard try self.bytes(of: tile.full) != nil else { throw error }
        }
    }

    /// Writes a full file and takes away the partial ones that it replaces.
    package func finish(_ tile: Tile, _ bytes: [UInt8]) throws(EngineFault) {
        try write(bytes, to: tile.path)
        try? FileManager.default.removeItem(atPath: "\(path)/\(tile.path).p")
    }

    /// Writes a file of the folder, whole or not at all.
    package func write(_ bytes: [UInt8], to name: String) throws(EngineFault) {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        do {
            try write(Data(bytes), to: url, attempts: LogFolder.attempts)
        } catch {
            throw .logFiles("\(url.path) cannot be written: \((error as NSError).localizedDescription)")
        }
    }

    /// How often a file's folder may vanish before that is a fault.
    private static let attempts = 4

    /// Another process writes the same bytes, and each renames a file of its own; one that is further on may take the folder
    /// away at any moment, also while it is being made.
    private func write(_ data: Data, to url: URL, attempts: Int) throws {
        do {
            if attempts < LogFolder.attempts {
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            }
            try data.write(to: url, options: .atomic)
        } catch let error as CocoaError where attempts > 1 && LogFolder.vanished.contains(error.code) {
            try write(data, to: url, attempts: attempts - 1)
        }
    }

    /// What Foundation says when a folder vanishes while it is used, and while it is made.
    private static let vanished: [CocoaError.Code] = [
        .fileNoSuchFile, .fileReadNoSuchFile, .fileWriteFileExists,
    ]
}
