import LedgerDomain
package import LedgerStorage

/// Tells residents by short message that vouchers of theirs are about to expire (到期提醒): of each voucher once, by day.
package struct Reminders: Sendable {
    private let service: LedgerService
    private let records: OfficeRecords

    /// From nine in the morning until eight in the evening.
    private static let hours = 9 * 60..<20 * 60
    private static let key: [UInt8] = [0]
    /// How many residents are looked up at once.
    private static let slice = 5_000

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        records = OfficeRecords(office: office, ledger: service.ledger)
    }

    /// The messages that are due, and of which vouchers they tell.
    package struct Round: Sendable {
        package let messages: [ShortMessage]
        /// They expire after the first instant, and up to the second.
        let from: Instant
        let through: Instant
    }

    /// What of one person's is about to expire.
    private struct Due {
        var count = 0
        var expiry = Instant(microseconds: .max)

        mutating func add(_ other: Due) {
            count += other.count
            expiry = min(expiry, other.expiry)
        }
    }

    /// Takes on what is due; nobody else tells it after that. Nothing is due at night.
    ///
    /// - Parameter lead: how long before vouchers expire it is told.
    package func take(_ lead: Int64) throws(ServiceError) -> Round? {
        let now = service.now
        guard Reminders.hours.contains(now.minuteOfDay) else { return nil }
        let through = now.adding(lead)
        let last = try records.find(ReminderRecord.self, Reminders.key, at: now)?.through
        let from = max(last ?? now, now)
        guard from < through else { return nil }
        let due = try expiring(after: from, through: through)
        let messages = due.isEmpty ? [] : try messages(due)
        let isTaken = try records.change(ReminderRecord.self, Reminders.key, at: now) { record in
            guard record?.through == last else { return false }
            var new = ReminderRecord()
            new.through = through
            record = new
            return true
        }
        return isTaken ? Round(messages: messages, from: from, through: through) : nil
    }

    /// Says that none of a round was sent: it is taken on again later.
    package func putBack(_ round: Round) throws(ServiceError) {
        try records.change(ReminderRecord.self, Reminders.key, at: service.now) { record in
            if record?.through == round.through { record?.through = round.from }
        }
    }

    /// Whose vouchers expire then, by the names that scopes know them by.
    private func expiring(
        after from: Instant, through: Instant
    ) throws(ServiceError) -> [PseudonymScope: [Pseudonym: Due]] {
        // All vouchers are looked at beside the writer.
        let (vouchers, people, scopes) = try service.state { state in
            (
                state.vouchers, state.people,
                Dictionary(
                    uniqueKeysWithValues: state.batches.enumerated.map {
                        ($0.id, PseudonymScope($0.entity.programme, in: state))
                    })
            )
        }
        var due: [PseudonymScope: [Pseudonym: Due]] = [:]
        for (_, voucher) in vouchers.enumerated
        where voucher.status == .usable && voucher.expiry > from && voucher.expiry <= through {
            guard let scope = scopes[voucher.batch] else { continue }
            due[scope, default: [:]][people[voucher.person].pseudonym, default: Due()]
                .add(Due(count: 1, expiry: voucher.expiry))
        }
        return due
    }

    /// Pseudonyms lead to nobody: everybody's are compared.
    private func messages(
        _ due: [PseudonymScope: [Pseudonym: Due]]
    ) throws(ServiceError) -> [ShortMessage] {
        var messages: [ShortMessage] = []
        var offset = 0
        while true {
            let identities: [Digest128]
            do {
                identities = try service.people.vault.identities(
                    ledger: service.ledger, offset: offset, limit: Reminders.slice)
            } catch {
                throw .storage(error)
            }
            guard !identities.isEmpty else { return messages }
            offset += identities.count
            var theirs: [Digest128: Due] = [:]
            for (scope, people) in due {
                for (identity, pseudonym) in try service.people.knownPseudonyms(of: identities, in: scope) {
                    if let found = people[pseudonym] { theirs[identity, default: Due()].add(found) }
                }
            }
            for identity in identities {
                guard let found = theirs[identity], let resident = try service.people.resident(identity),
                    !resident.phone.isEmpty
                else { continue }
                let minute = found.expiry.text.prefix(16).map { $0 == "T" ? " " : String($0) }.joined()
                messages.append(
                    ShortMessage(
                        ledger: service.ledger, phone: resident.phone,
                        text: "【文惠】您有 \(found.count) 张消费券即将到期，最早一张 \(minute) 到期，请及时使用。"))
            }
        }
    }
}
