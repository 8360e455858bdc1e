import Cryptography
import LedgerDomain
import LedgerEngine
import LedgerStorage
package import StatementFormats

/// How an import ended.
package struct ImportSummary: Equatable, Sendable {
    package var count: Int
    /// Whether this very file had been imported before; then nothing changed.
    package var wasImported: Bool
}

extension LedgerService {
    /// The most lines of one commit (DESIGN §5).
    private static let slice = 500

    /// Imports residents, all or none: their data goes to the vault, one event says that it is wanted.
    package func importResidents(
        _ file: ResidentFile, bytes: [UInt8], isPreview: Bool = false, _ call: Call
    ) async throws(ServiceError) -> ImportSummary {
        let digest = fileDigest(bytes)
        if try state({ $0.imported[digest] != nil }) {
            return ImportSummary(count: file.rows.count, wasImported: true)
        }
        var sealed: [SealedResident] = []
        sealed.reserveCapacity(file.rows.count)
        for row in file.rows {
            sealed.append(
                try people.seal(
                    ResidentDetails(
                        name: row.name, identityNumber: row.identity.text, phone: row.phone ?? "")))
        }
        do {
            let known = try people.vault.imports(of: sealed.map(\.identity), ledger: ledger)
                .filter { $1 != digest }
            let faults = zip(file.rows, sealed).filter { known[$1.identity] != nil }.map { row, _ in
                RowFault(row: row.line, field: "id_number", message: "is registered already")
            }
            guard faults.isEmpty else { throw ServiceError.rows(RowFaults(faults)) }
            if isPreview { return ImportSummary(count: file.rows.count, wasImported: false) }
            try people.vault.stage(sealed, file: digest, at: now, ledger: ledger)
        } catch let error as ServiceError {
            throw error
        } catch let error as StorageError {
            throw .storage(error)
        } catch {
            throw .invalid("\(error)")
        }
        return try await close(digest, .residents, count: file.rows.count, call)
    }

    /// Imports merchants with their payees, all or none.
    package func importMerchants(
        _ file: MerchantFile, bytes: [UInt8], isPreview: Bool = false, _ call: Call
    ) async throws(ServiceError) -> ImportSummary {
        let digest = fileDigest(bytes)
        let (imported, registered) = try state {
            ($0.imported[digest] != nil, Set($0.merchants.storage.map(\.creditCode)))
        }
        if imported { return ImportSummary(count: file.rows.count, wasImported: true) }
        var faults = file.rows.filter { registered.contains($0.creditCode.text) }.map {
            RowFault(row: $0.line, field: "credit_code", message: "is registered already")
        }
        faults += try payeeConflicts(in: file)
        guard faults.isEmpty else { throw .rows(RowFaults(faults)) }
        if isPreview { return ImportSummary(count: file.rows.count, wasImported: false) }
        var entries: [SealedEntry] = []
        var lines: [ImportMerchant] = []
        for row in file.rows {
            let (name, payee) = (try people.commit(row.name), try people.commit(row.payeeName))
            let account = try people.commit(row.account)
            entries += [name, payee, account]
            lines.append(
                .with {
                    $0.file = digest
                    $0.index = UInt32(lines.count)
                    $0.creditCode = row.creditCode.text
                    $0.name = name.commitment
                    $0.payeeCreditCode = row.payeeCreditCode.text
                    $0.payeeName = payee.commitment
                    $0.account = account.commitment
                    $0.bankCode = row.bankCode
                })
        }
        return try await importLines(lines, entries, digest, .merchants, rows: file.rows.map(\.line), call)
    }

    /// Rows that name a registered payee with another account or bank: who is paid never changes on the quiet.
    private func payeeConflicts(in file: MerchantFile) throws(ServiceError) -> [RowFault] {
        let merchants = try query { (model) throws(StorageError) in try model.merchants(ledger) }
        var faults: [RowFault] = []
        for row in file.rows {
            guard
                let known = merchants.first(where: { $0.row.payeeCreditCode == row.payeeCreditCode.text })
            else { continue }
            if try people.text(known.row.account) != row.account || known.row.bankCode != row.bankCode {
                faults.append(
                    RowFault(
                        row: row.line, field: "account",
                        message: "the payee is registered with another account or bank"))
            }
        }
        return faults
    }

    /// Imports outlets of registered merchants, all or none.
    package func importOutlets(
        _ file: OutletFile, bytes: [UInt8], isPreview: Bool = false, _ call: Call
    ) async throws(ServiceError) -> ImportSummary {
        let digest = fileDigest(bytes)
        let (imported, merchants, known) = try state { state in
            let codes = state.merchants.enumerated.map { ($0.entity.creditCode, $0.id) }
            return (
                state.imported[digest] != nil, Dictionary(codes, uniquingKeysWith: { first, _ in first }),
                Set(state.outlets.storage.map(\.platformID))
            )
        }
        if imported { return ImportSummary(count: file.rows.count, wasImported: true) }
        var faults = file.rows.filter { known.contains($0.platformID) }.map {
            RowFault(row: $0.line, field: "platform_id", message: "is registered already")
        }
        var entries: [SealedEntry] = []
        var lines: [ImportOutlet] = []
        for row in file.rows {
            guard let merchant = merchants[row.merchant.text] else {
                faults.append(
                    RowFault(
                        row: row.line, field: "merchant_credit_code",
                        message: "\(row.merchant.text) is no registered merchant; import merchants first"))
                continue
            }
            let name = try people.commit(row.name)
            entries.append(name)
            lines.append(
                .with {
                    $0.file = digest
                    $0.index = UInt32(lines.count)
                    $0.merchant = merchant
                    $0.name = name.commitment
                    $0.category = row.category
                    $0.region = row.region
                    $0.town = row.town
                    $0.rural = row.isRural
                    $0.cluster = row.cluster
                    $0.outletClass = row.outletClass
                    $0.platformID = row.platformID
                })
        }
        guard faults.isEmpty else { throw .rows(RowFaults(faults)) }
        if isPreview { return ImportSummary(count: file.rows.count, wasImported: false) }
        return try await importLines(lines, entries, digest, .outlets, rows: file.rows.map(\.line), call)
    }

    /// Imports terminals of registered outlets, all or none.
    package func importTerminals(
        _ file: TerminalFile, bytes: [UInt8], isPreview: Bool = false, _ call: Call
    ) async throws(ServiceError) -> ImportSummary {
        let digest = fileDigest(bytes)
        let (imported, outlets, known) = try state { state in
            let ids = state.outlets.enumerated.map { ($0.entity.platformID, $0.id) }
            return (
                state.imported[digest] != nil, Dictionary(ids, uniquingKeysWith: { first, _ in first }),
                Set(state.terminals.storage.map(\.serial))
            )
        }
        if imported { return ImportSummary(count: file.rows.count, wasImported: true) }
        var faults = file.rows.filter { known.contains($0.serial) }.map {
            RowFault(row: $0.line, field: "serial", message: "is registered already")
        }
        var lines: [ImportTerminal] = []
        for row in file.rows {
            guard let outlet = outlets[row.platformID] else {
                faults.append(
                    RowFault(
                        row: row.line, field: "platform_id",
                        message: "\(row.platformID) is no registered outlet; import outlets first"))
                continue
            }
            lines.append(
                .with {
                    $0.file = digest
                    $0.index = UInt32(lines.count)
                    $0.outlet = outlet
                    $0.serial = row.serial
                })
        }
        guard faults.isEmpty else { throw .rows(RowFaults(faults)) }
        if isPreview { return ImportSummary(count: file.rows.count, wasImported: false) }
        return try await importLines(lines, [], digest, .terminals, rows: file.rows.map(\.line), call)
    }

    /// Seals the clear data, appends the lines in slices and closes the import.
    private func importLines(
        _ lines: [some Operation], _ entries: [SealedEntry], _ digest: Digest128, _ kind: ImportKind,
        rows: [Int], _ call: Call
    ) async throws(ServiceError) -> ImportSummary {
        do {
            try people.vault.store(entries, file: digest, at: now, ledger: ledger)
        } catch {
            throw .storage(error)
        }
        let attempt = SecureRandom.number()
        var start = 0
        while start < lines.count {
            let end = min(start + LedgerService.slice, lines.count)
            let requests = (start..<end).map { index in
                // An attempt seals anew, so its lines are other commands; the closing header has the key.
                request(lines[index], call.step("\(attempt)/\(index)"))
            }
            for (index, reply) in zip(start..<end, await performAll(requests)) {
                switch reply {
                case .failure(let fault):
                    throw .fault(fault)
                case .success(let answer):
                    guard let refusal = answer.refusal else { continue }
                    throw .rows(
                        RowFaults([
                            RowFault(row: rows[index], field: "", message: refusal.sentence.english)
                        ]))
                }
            }
            start = end
        }
        return try await close(digest, kind, count: lines.count, call)
    }

    private func close(
        _ digest: Digest128, _ kind: ImportKind, count: Int, _ call: Call
    ) async throws(ServiceError) -> ImportSummary {
        let command = CloseImport.with {
            $0.file = digest
            $0.kind = kind
            $0.count = UInt32(count)
        }
        try await perform(command, call)
        return ImportSummary(count: count, wasImported: false)
    }
}
