import AuditLog
import Foundation
import LedgerEngine
import Synchronization
import Testing

@Suite("The files of one log, written by several processes")
struct LogFolderTests {
    @Test("A folder of partial files that another takes away is made again")
    func vanishing() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let log = LogFolder(folder.path)
        let faults = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            do {
                for index in UInt64(0)..<200 {
                    for width in 1...3 {
                        let partial = Tile(.entries, index: index, width: width)
                        try log.begin(partial, [UInt8(width)])
                    }
                    try log.finish(Tile(.entries, index: index), [UInt8](repeating: 7, count: 256))
                }
            } catch {
                faults.withLock { $0.append("\(error)") }
            }
        }
        #expect(faults.withLock { $0 } == [])
        for index in UInt64(0)..<200 {
            let full = Tile(.entries, index: index)
            #expect(try log.bytes(of: full) == [UInt8](repeating: 7, count: 256))
        }
    }
}
