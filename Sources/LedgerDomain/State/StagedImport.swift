internal import CBOR

/// What a file holds.
package enum ImportKind: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
    case merchants = 1
    case outlets, terminals
    /// People are in the vault; the ledger only knows that they were imported.
    case residents
}

/// The lines of an import so far; inert until the closing header (DESIGN §5).
///
/// One file of a kind is staged at a time; the first line of another one takes its place.
package struct StagedImport: Equatable, Sendable, Codable {
    package var file: Digest128
    package var merchants: [StagedMerchant] = []
    package var outlets: [Outlet] = []
    package var terminals: [Terminal] = []

    package var count: Int { merchants.count + outlets.count + terminals.count }
}

/// A merchant on its way into the registry.
package struct StagedMerchant: Equatable, Sendable, Codable {
    package var creditCode: String
    package var payeeCreditCode: String
    package var payee: PayeeID
}

extension LedgerState {
    /// The staged import of `kind` that `file`'s line `index` (from 0) continues or begins.
    func staging(_ kind: ImportKind, _ file: Digest128, index: UInt32) -> Result<StagedImport, Refusal> {
        guard imported[file] == nil else { return .failure(.fileAlreadyImported) }
        if index == 0 { return .success(StagedImport(file: file)) }
        guard let staged = staged[kind], staged.file == file, staged.count == Int(index) else {
            return .failure(.importLineInvalid)
        }
        return .success(staged)
    }
}
