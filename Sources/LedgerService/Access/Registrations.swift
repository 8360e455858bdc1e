import Cryptography
import LedgerDomain
package import LedgerStorage
import StatementFormats

/// Residents who register by themselves, once whoever knows has confirmed who they are.
package struct Registrations: Sendable {
    private let service: LedgerService
    private let records: OfficeRecords

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        records = OfficeRecords(office: office, ledger: service.ledger)
    }

    /// Registers somebody who says who they are; on record as an import of one.
    ///
    /// Whoever is registered already is answered as everybody else is, and nothing changes: who is registered is nobody's
    /// business, and a phone that was registered is changed at a counter. Wrong tries are counted by identity number and by
    /// phone, for each answer tells whether they go together.
    ///
    /// - Parameter client: the address of whoever asks, so that a stranger elsewhere keeps nobody out.
    /// - Throws: ``ServiceError/rows(_:)`` for a name, a number or a phone that cannot be; ``ServiceError/notConfirmed``;
    ///   ``ServiceError/tooOften(until:now:)``; ``ServiceError/storage(_:)`` where an import under way has the same person.
    package func register(
        _ person: ResidentDetails, from client: String, confirmedBy check: any RealNameCheck
    ) async throws {
        let practice = try service.state { $0.profile?.practice ?? false }
        var writer = CSVWriter(header: ["name", "id_number", "phone"])
        writer.append([.text(person.name), .text(person.identityNumber), .text(person.phone)])
        var table = Array(writer.text.utf8)
        let file: ResidentFile
        do {
            file = try ResidentFile(table, practice: practice)
        } catch {
            throw ServiceError.rows(error)
        }
        var person = person
        person.identityNumber = file.rows[0].identity.text
        let counted = try count(person, from: client)
        let isConfirmed: Bool
        do {
            isConfirmed = try await check.confirms(person, of: "\(service.ledger)")
        } catch {
            // Nobody answered, so that nothing was learnt.
            for key in counted { try records.takeBack(key, at: service.now) }
            throw error
        }
        guard isConfirmed else { throw ServiceError.notConfirmed }
        for key in counted { try records.forgive(key, at: service.now) }

        let identity = service.people.identity(person.identityNumber)
        guard try !isRegistered(identity) else { return }
        // Whoever was erased may come back: that is another import than the first.
        if let erasure = try service.state({ $0.erased[identity] }) { table += Array("\(erasure)".utf8) }
        do {
            _ = try await service.importResidents(
                file, bytes: table, Call(.resident, key: SecureRandom.bytes(16).hexadecimal))
        } catch ServiceError.rows {
            // Somebody was faster; or an import has them that is not closed, and may never be.
            guard try isRegistered(identity) else { throw ServiceError.storage(.busy) }
        }
    }

    /// Whether the log has them: what is only staged may be purged again.
    private func isRegistered(_ identity: Digest128) throws(ServiceError) -> Bool {
        try !service.registered([identity]).isEmpty
    }

    /// Counts a try; what it was counted under.
    private func count(
        _ person: ResidentDetails, from client: String
    ) throws(ServiceError) -> [[UInt8]] {
        let secrets = service.access
        let everywhere = [person.identityNumber, person.phone]
        let here = everywhere.map { secrets.name(ofTries: "\($0) \(client)") }
        let all = everywhere.map { secrets.name(ofTries: $0) }
        for key in here { try records.attempt(key, at: service.now) }
        for key in all { try records.attempt(key, at: service.now, allowed: FailuresRecord.allowedInAll) }
        return here + all
    }
}
