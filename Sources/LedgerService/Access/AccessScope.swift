/// What a machine's key may do, one word each.
package enum AccessScope: String, CaseIterable, Sendable {
    /// Read the log's tiles and entries, as an auditor does.
    case audit
}
