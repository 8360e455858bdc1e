package import CBOR

/// Closes an import: its lines take effect together, or none of them does.
///
/// Residents have no lines here: their data is in the vault, and this says that it is wanted.
package struct CloseImport: Operation {
    package static let type = OperationType.closeImport

    package typealias Accepted = NoFields

    package var file: Digest128 = .zero
    package var kind: ImportKind = .merchants
    package var count: UInt32 = 0

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &file)
        try coder.field(17, &kind)
        try coder.field(18, &count)
    }
}

extension CloseImport {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.imported[file] == nil else { return .failure(.fileAlreadyImported) }
        if kind != .residents {
            guard let staged = state.staged[kind], staged.file == file, staged.count == Int(count) else {
                return .failure(.importCountMismatch)
            }
        }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.imported[file] = context.number
        guard let staged = state.staged.removeValue(forKey: kind) else { return }
        for line in staged.merchants {
            if !state.payees.contains(line.payee) {
                state.payees.append(Payee(creditCode: line.payeeCreditCode))
            }
            state.payees[line.payee].merchants.append(state.merchants.nextID)
            state.merchants.append(Merchant(creditCode: line.creditCode, payee: line.payee))
        }
        for outlet in staged.outlets { state.outlets.append(outlet) }
        for terminal in staged.terminals { state.terminals.append(terminal) }
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .importedFile(
                ImportRow(
                    event: context.number, file: file, kind: kind, count: count, instant: context.instant)))
    }
}
