import OfflineTill

/// A journal's file on a disk that fails as a test says.
final class FailingFile: TillFile {
    private let file: any TillFile
    /// How many bytes the next writes can put down before the disk is full; `nil` for a disk with room.
    var room: Int?
    /// How many of the next calls that put things on disk fail.
    var failingSynchronisations = 0
    var failingTruncations = 0

    static let fault = TillFault.cannotWrite("journal", reason: "Input/output error")

    init(_ file: any TillFile) { self.file = file }

    func contents() throws(TillFault) -> [UInt8] { try file.contents() }

    func write(_ bytes: [UInt8], at offset: Int) throws(TillFault) {
        guard let room, room < bytes.count else { return try file.write(bytes, at: offset) }
        try file.write(Array(bytes.prefix(room)), at: offset)
        throw .diskFull("journal")
    }

    func synchronise() throws(TillFault) {
        if failingSynchronisations > 0 {
            failingSynchronisations -= 1
            throw FailingFile.fault
        }
        try file.synchronise()
    }

    func truncate(to length: Int) throws(TillFault) {
        if failingTruncations > 0 {
            failingTruncations -= 1
            throw FailingFile.fault
        }
        try file.truncate(to: length)
    }
}
