import Cryptography
import LedgerDomain
import LedgerStorage
import StatementFormats

extension LedgerService {
    /// Registers somebody who says who they are, once whoever knows has confirmed it; on record as an import of one.
    ///
    /// Whoever is registered already is answered as everybody else is, and nothing changes: who is registered is nobody's
    /// business, and a phone that was registered is changed at a counter.
    ///
    /// - Throws: ``ServiceError/rows(_:)`` for a name, a number or a phone that cannot be; ``ServiceError/notConfirmed``.
    package func register(
        _ person: ResidentDetails, confirmedBy check: any RealNameCheck
    ) async throws {
        let practice = try state { $0.profile?.practice ?? false }
        var writer = CSVWriter(header: ["name", "id_number", "phone"])
        writer.append([.text(person.name), .text(person.identityNumber), .text(person.phone)])
        let table = Array(writer.text.utf8)
        let file: ResidentFile
        do {
            file = try ResidentFile(table, practice: practice)
        } catch {
            throw ServiceError.rows(error)
        }
        guard try await check.confirms(person, of: "\(ledger)") else { throw ServiceError.notConfirmed }
        guard try people.resident(person.identityNumber) == nil else { return }
        do {
            _ = try await importResidents(
                file, bytes: table,
                Call(.resident, key: SecureRandom.bytes(16).hexadecimal))
        } catch ServiceError.rows {
            // Somebody was faster: they are registered.
        }
    }
}
