/// Why bytes are not a receipt (C2SP tlog-proof, "Format").
package enum ReceiptFormatError: Error, Equatable, Sendable {
    /// Longer than ``InclusionReceipt/maximumLength``.
    case tooLong
    /// The first line does not say `c2sp.org/tlog-proof@v1`.
    case header
    /// The `extra` line has no data, or not in canonical base64.
    case extra
    /// The `index` line is missing or is not a decimal number below 2⁶³ without leading zeros.
    case index
    /// The lines of the path.
    case path(HashListError)
    /// The checkpoint's note.
    case note(NoteError)
}

extension ReceiptFormatError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .tooLong: "it is longer than \(InclusionReceipt.maximumLength) bytes"
        case .header: "it does not begin with the line c2sp.org/tlog-proof@v1"
        case .extra: "its “extra” line has no event in base64"
        case .index: "its “index” line has no number"
        case .path(let error): "\(error)"
        case .note(let error): "its checkpoint: \(error)"
        }
    }
}
