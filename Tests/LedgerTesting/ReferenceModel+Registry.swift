import CBOR
import LedgerDomain

// Merchants, outlets and terminals, and the files they come in.
extension ReferenceModel {
    mutating func predict(_ asked: ImportMerchant) throws(Refusal) -> ImportMerchant.Accepted {
        let sofar = staged(asked.file, .merchants, asked.index)
        let codes = merchants.values.map(\.creditCode) + sofar.merchants.map(\.merchant.creditCode)
        try refuse([
            (.fileAlreadyImported, imported.contains(asked.file)),
            (.importLineInvalid, Int(asked.index) != sofar.count),
            (.importLineInvalid, !fits(asked.creditCode) || !fits(asked.payeeCreditCode)),
            (.importLineInvalid, !fits(asked.bankCode)),
            (.alreadyRegistered, codes.contains(asked.creditCode)),
        ])
        let id = MerchantID(UInt32(merchants.count + sofar.count + 1))
        let payee = payee(asked.payeeCreditCode, sofar)
        let merchant = ModelMerchant(creditCode: asked.creditCode, payee: payee)
        staged[.merchants] = sofar
        staged[.merchants]?.merchants.append((id, merchant, asked.payeeCreditCode))
        return .with {
            $0.merchant = id
            $0.payee = payee
        }
    }

    /// The payee of a credit code: a known one, one that an earlier line brings, or a new one.
    private func payee(_ creditCode: String, _ sofar: ModelImport) -> PayeeID {
        if let known = payees.first(where: { $0.value == creditCode }) { return known.key }
        if let staged = sofar.merchants.first(where: { $0.payeeCreditCode == creditCode }) {
            return staged.merchant.payee
        }
        let new = Set(sofar.merchants.map(\.merchant.payee)).filter { payees[$0] == nil }
        return PayeeID(UInt32(payees.count + new.count + 1))
    }

    mutating func predict(_ asked: ImportOutlet) throws(Refusal) -> ImportOutlet.Accepted {
        let sofar = staged(asked.file, .outlets, asked.index)
        let platformIDs = outlets.values.map(\.platformID) + sofar.outlets.map(\.outlet.platformID)
        try refuse([
            (.fileAlreadyImported, imported.contains(asked.file)),
            (.importLineInvalid, Int(asked.index) != sofar.count),
            (.importLineInvalid, !fits(asked.category) || !fits(asked.platformID) || !fits(asked.town)),
            (.importLineInvalid, asked.cluster.utf8.count > 200 || asked.outletClass.utf8.count > 200),
            (.unknownMerchant, merchants[asked.merchant] == nil),
            (.alreadyRegistered, platformIDs.contains(asked.platformID)),
        ])
        let id = OutletID(UInt32(outlets.count + sofar.count + 1))
        let outlet = ModelOutlet(
            merchant: asked.merchant, category: asked.category, region: asked.region,
            platformID: asked.platformID, rural: asked.rural)
        staged[.outlets] = sofar
        staged[.outlets]?.outlets.append((id, outlet))
        return .with { $0.outlet = id }
    }

    mutating func predict(_ asked: ImportTerminal) throws(Refusal) -> ImportTerminal.Accepted {
        let sofar = staged(asked.file, .terminals, asked.index)
        let serials = terminals.values.map(\.serial) + sofar.terminals.map(\.terminal.serial)
        try refuse([
            (.fileAlreadyImported, imported.contains(asked.file)),
            (.importLineInvalid, Int(asked.index) != sofar.count),
            (.importLineInvalid, !fits(asked.serial)),
            (.unknownOutlet, outlets[asked.outlet] == nil),
            (.alreadyRegistered, serials.contains(asked.serial)),
        ])
        let id = TerminalID(UInt32(terminals.count + sofar.count + 1))
        staged[.terminals] = sofar
        staged[.terminals]?.terminals.append(
            (id, ModelTerminal(outlet: asked.outlet, serial: asked.serial)))
        return .with { $0.terminal = id }
    }

    /// What a line comes after: nothing where it is a file's first, and nothing of another file's lines.
    private func staged(_ file: Digest128, _ kind: ImportKind, _ index: UInt32) -> ModelImport {
        guard index > 0, let staged = staged[kind], staged.file == file else {
            return ModelImport(file: file)
        }
        return staged
    }

    mutating func predict(_ asked: CloseImport) throws(Refusal) -> NoFields {
        let lines = staged[asked.kind].flatMap { $0.file == asked.file ? $0 : nil }
        try refuse([
            (.fileAlreadyImported, imported.contains(asked.file)),
            (.importCountMismatch, asked.kind != .residents && lines?.count != Int(asked.count)),
        ])
        imported.insert(asked.file)
        guard let lines else { return NoFields() }
        staged[asked.kind] = nil
        for line in lines.merchants {
            merchants[line.id] = line.merchant
            payees[line.merchant.payee] = line.payeeCreditCode
        }
        for line in lines.outlets { outlets[line.id] = line.outlet }
        for line in lines.terminals { terminals[line.id] = line.terminal }
        return NoFields()
    }

    mutating func predict(_ asked: ChangeMerchant) throws(Refusal) -> NoFields {
        try refuse([
            (.textOutOfRange, !fits(asked.evidence)),
            (.unknownMerchant, merchants[asked.merchant] == nil),
            (.merchantStatusUnchanged, merchants[asked.merchant]?.status == asked.status),
        ])
        merchants[asked.merchant]?.status = asked.status
        return NoFields()
    }

    mutating func predict(_ asked: EraseResident) throws(Refusal) -> NoFields {
        guard fits(asked.reason) else { throw .textOutOfRange }
        return NoFields()
    }
}
