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
