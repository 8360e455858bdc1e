import CBOR
import LedgerDomain

// Who is what, and what happened at the door.
extension ReferenceModel {
    mutating func predict(_ asked: GrantRoles) throws(Refusal) -> NoFields {
        let roles = Set(asked.roles)
        try refuse(
            [
                (.unknownMerchant, asked.merchant.map { merchants[$0] == nil } ?? false),
                (.unknownOutlet, asked.outlet.map { outlets[$0] == nil } ?? false),
                (.accountInvalid, !ReferenceModel.names(asked.account)),
                (.rolesInvalid, roles.contains(.resident) || roles.count != asked.roles.count),
                (.rolesInvalid, asked.roles != asked.roles.sorted { $0.rawValue < $1.rawValue }),
                (.rolesNeedPlace, roles.contains(.bookkeeper) != (asked.merchant != nil)),
                (.rolesNeedPlace, roles.contains(.cashier) != (asked.outlet != nil)),
            ] + decided(about: asked.account))
        accounts[asked.account] = roles.isEmpty ? nil : roles
        return NoFields()
    }

    mutating func predict(_ asked: RecordAccess) throws(Refusal) -> NoFields {
        let isAboutSomebody = [AccessKind.revealed, .bound, .unbound].contains(asked.kind)
        let isInvitation = asked.kind == .invited
        try refuse(
            [
                (.textOutOfRange, asked.kind == .granted || asked.account.utf8.count > 64),
                (.textOutOfRange, asked.about.utf8.count > 200 || (isAboutSomebody && asked.about.isEmpty)),
                (.textOutOfRange, isAboutSomebody != (asked.subject != nil)),
                (.accountUnknown, isInvitation && accounts[asked.account] == nil),
            ] + (isInvitation ? decided(about: asked.account) : []))
        return NoFields()
    }

    /// Only administrators decide, never about themselves; the machine's owner always may.
    private func decided(about account: String) -> [(refusal: Refusal, applies: Bool)] {
        let administrators = accounts.filter { $0.value.contains(.administrator) }.keys
        let isFree = principal.name == "system"
        return [
            (.ownAccount, !isFree && principal.name == account),
            (.notAdministrator, !isFree && !administrators.contains(principal.name)),
        ]
    }

    private static func names(_ text: String) -> Bool {
        let isLong = text.utf8.count > 48 || text.isEmpty || ["system", "resident"].contains(text)
        return !isLong && text.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    }
}
