import OfflineTill

/// A journal's file that tells what was done to it, after it was done.
struct WatchedFile: TillFile {
    enum Step: Equatable {
        case written, synchronised, truncated
    }

    private let file: any TillFile
    private let tell: (Step) -> Void

    init(_ file: any TillFile, _ tell: @escaping (Step) -> Void) {
        self.file = file
        self.tell = tell
    }

    func contents() throws(TillFault) -> [UInt8] { try file.contents() }

    func write(_ bytes: [UInt8], at offset: Int) throws(TillFault) {
        try file.write(bytes, at: offset)
        tell(.written)
    }

    func synchronise() throws(TillFault) {
        try file.synchronise()
        tell(.synchronised)
    }

    func truncate(to length: Int) throws(TillFault) {
        try file.truncate(to: length)
        tell(.truncated)
    }
}
