package import CBOR

/// One line of an outlets file, inert until the file is closed; the outlet's name is a salted hash.
package struct ImportOutlet: Operation {
    package static let type = OperationType.importOutlet

    package var file: Digest128 = .zero
    package var index: UInt32 = 0
    package var merchant: MerchantID = .none
    package var name: Digest128 = .zero
    package var category: String = ""
    package var region: LedgerCode = LedgerCode(0)
    package var town: String = ""
    package var rural: Bool = false
    package var cluster: String = ""
    package var outletClass: String = ""
    package var platformID: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &file)
        try coder.field(17, &index)
        try coder.field(18, &merchant)
        try coder.field(19, &name)
        try coder.field(20, &category)
        try coder.field(21, &region)
        try coder.field(22, &town)
        try coder.field(23, &rural)
        try coder.field(24, &cluster)
        try coder.field(25, &outletClass)
        try coder.field(26, &platformID)
    }

    /// The number that the outlet will have.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var outlet: OutletID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &outlet)
        }
    }
}

extension ImportOutlet {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.merchants.contains(merchant) else { return .failure(.unknownMerchant) }
        let staged: StagedImport
        switch state.staging(.outlets, file, index: index) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let found): staged = found
        }
        guard category.isShortText, platformID.isShortText, town.isShortText,
            cluster.utf8.count <= 200, outletClass.utf8.count <= 200
        else { return .failure(.importLineInvalid) }
        guard !state.outlets.storage.contains(where: { $0.platformID == platformID }),
            !staged.outlets.contains(where: { $0.platformID == platformID })
        else { return .failure(.alreadyRegistered) }
        return .success(.with { $0.outlet = OutletID(state.outlets.nextID.rawValue + index) })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        if index == 0 { state.staged[.outlets] = StagedImport(file: file) }
        state.staged[.outlets]?.outlets.append(
            Outlet(
                merchant: merchant, category: category, region: region, platformID: platformID, isRural: rural
            ))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .outlet(
                OutletRow(
                    file: file, id: accepted.outlet, merchant: merchant, name: name, category: category,
                    region: region, town: town, rural: rural, cluster: cluster, outletClass: outletClass,
                    platformID: platformID)))
    }
}
