package import LedgerDomain

/// Everything that can be asked of the ledger, filled behind the log and thrown away at will (DESIGN §5).
package protocol ReadModel: ReadModelQueries, AnyObject, Sendable {
    /// Applies the changes of the events `from ..< to` in one transaction.
    ///
    /// - Returns: `false`, having changed nothing, when the position is not `from` any more because another
    ///   process was faster.
    /// - Throws: ``StorageError/constraint(_:)`` when a tripwire goes off.
    func apply(
        _ changes: [ReadModelChange], to ledger: LedgerCode, from: UInt64, upTo: UInt64
    ) throws(StorageError) -> Bool

    /// Forgets everything of every ledger, so that the projector fills it again.
    func reset() throws(StorageError)

    /// Compares every row of a ledger with a read model that is filled anew, and thrown away afterwards.
    ///
    /// - Parameter fill: brings the new one to the position that this one has now; asked again if it moved on.
    /// - Returns: where they differ, for a person; `nil` where they are the same.
    func difference(
        of ledger: LedgerCode, filling fill: (any ReadModel) throws -> Void
    ) throws -> String?
}
