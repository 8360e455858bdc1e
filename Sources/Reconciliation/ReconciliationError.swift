/// Why a reconciliation could not be run at all, for the service that started it.
package enum ReconciliationError: Error, Hashable, Sendable {
    /// A running sum of fen left the range of `Int64` at the line with this number; nothing was reconciled.
    case amountOverflow(line: Int)
}
