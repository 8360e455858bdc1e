import LedgerDomain

/// The groups that people were attested to belong to when they took a voucher or entered for one.
struct AttestedGroups {
    private struct Entry: Hashable {
        var batch: BatchID
        var pseudonym: Pseudonym
    }

    private var entries: [Entry: [String]] = [:]
    private var vouchers: [VoucherID: [String]] = [:]

    subscript(voucher: VoucherID) -> [String] { vouchers[voucher] ?? [] }

    /// Takes what an event says of them.
    mutating func take(_ event: Event) {
        switch event.record {
        case let record as Record<EnterLottery>:
            guard case .success = record.verdict, let groups = record.operation.claimant?.groups else {
                return
            }
            entries[Entry(batch: record.operation.batch, pseudonym: record.operation.pseudonym)] = groups
        case let record as Record<Issue>:
            guard case .success(let accepted) = record.verdict else { return }
            let asked = record.operation
            vouchers[accepted.voucher] =
                asked.claimant?.groups ?? entries[Entry(batch: asked.batch, pseudonym: asked.pseudonym)]
        default: break
        }
    }
}

extension Claimant {
    /// The groups by their names, in order; `nil` for none.
    fileprivate var groups: [String]? {
        attestations.isEmpty ? nil : attestations.map(\.group).sorted()
    }
}
