/// A witness's statement that at this time the note's tree was the largest consistent one that it had seen of
/// the log (C2SP tlog-cosignature). Only verification makes one.
package struct Cosignature: Hashable, Sendable {
    /// The witness.
    package let key: NoteVerifierKey
    /// Seconds since 1970, by the witness's clock.
    package let time: UInt64

    /// The latest time that a cosignature may tell: 2⁶³ − 1.
    static let latestTime = UInt64(Int64.max)

    /// The bytes that a witness signs: a header that no note begins with, the time, and the note's text.
    static func message(_ text: [UInt8], time: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n".utf8) + text
    }
}
