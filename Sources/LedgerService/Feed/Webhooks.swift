import CBOR
import Cryptography
package import LedgerDomain
package import LedgerStorage

/// Somewhere outside that is told of events, as an administrator sees it.
package struct Webhook: Equatable, Sendable {
    /// The number of the event that made it.
    package var number: UInt64
    package var address: String
    package var types: [OperationType]
    /// The first event that it has not been told of.
    package var next: UInt64
    /// How often in a row it was not taken.
    package var failures: UInt64
    /// When it is tried again; an instant in the past where nothing is wrong.
    package var dueAt: Instant
    /// What went wrong last; empty where nothing did.
    package var fault: String
}

/// The webhooks of one ledger: made, told, begun again, removed.
///
/// A delivery is a page of the feed. What was not taken is sent again, later and later, for as long as it takes: events are
/// numbered, and whoever listens knows them by their numbers.
package struct Webhooks: Sendable {
    private let service: LedgerService
    private let records: OfficeRecords

    /// As many as a ledger may have.
    package static let capacity = 16
    /// As many types as one names, which the event that makes it has room for.
    package static let maximumTypes = 10
    /// As many events as one delivery has.
    package static let batch = 100
    /// How many unwanted events are passed before their end is kept; a process that starts again looks at them again.
    private static let unkept: UInt64 = 5_000
    /// How long a delivery may take; nobody else tries meanwhile.
    package static let patience: Int64 = 10_000_000

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        records = OfficeRecords(office: office, ledger: service.ledger)
    }

    /// Makes a webhook that hears of everything from event `from` on, from now on where it is `nil`; on record.
    ///
    /// - Returns: it, and the secret that signs what it is sent.
    package func make(
        _ address: String, types: [OperationType], from: UInt64?, _ call: Call
    ) async throws(ServiceError) -> (webhook: Webhook, secret: [UInt8], isReplay: Bool) {
        guard Webhooks.isAddress(address) else {
            throw .invalid(
                "A webhook's address begins with https://, or on this machine with http://, and has at most 140 bytes."
            )
        }
        guard types.count <= Webhooks.maximumTypes else {
            throw .invalid(
                "A webhook names at most \(Webhooks.maximumTypes) types; with none it hears of all.")
        }
        try demandInLog(from)
        let types = Set(types).sorted { $0.rawValue < $1.rawValue }
        // Where it was asked before, it may have been removed since: a retry makes no other.
        let isNew = try service.earlierCommand(call) == nil
        if isNew, try all().count >= Webhooks.capacity {
            throw .invalid("A ledger has at most \(Webhooks.capacity) webhooks.")
        }
        let wanted = types.map { "\($0.rawValue)" }.joined(separator: ",")
        let begins = from.map { "\($0)" } ?? "now"
        let receipt = try await service.record(
            .webhookMade, "", about: "\(address) \(begins) \(wanted)", call)
        var record = WebhookRecord()
        (record.address, record.types, record.next) = (address, types, from ?? receipt.event + 1)
        // A retry makes what a crash kept from being made, and nothing that was removed since.
        let made = record
        if !receipt.isReplay || service.now < receipt.instant.adding(WebhookRecord.memory) {
            try change(receipt.event) { $0 = $0 ?? made }
        }
        return (
            Webhook(number: receipt.event, record), service.access.secret(ofWebhook: receipt.event),
            receipt.isReplay
        )
    }

    /// All of the ledger, the oldest first.
    package func all() throws(ServiceError) -> [Webhook] {
        try records.all(WebhookRecord.self, at: service.now).filter { $0.content.removedAt == nil }
            .map { Webhook(number: $0.key.number, $0.content) }
    }

    package func find(_ number: UInt64) throws(ServiceError) -> Webhook {
        let record = try records.find(WebhookRecord.self, number.officeKey, at: service.now)
        guard let record, record.removedAt == nil else {
            throw .notFound(.webhook, "\(number)")
        }
        return Webhook(number: number, record)
    }

    /// Tells it everything again from an event on, at once.
    package func replay(_ number: UInt64, from event: UInt64) throws(ServiceError) -> Webhook {
        _ = try find(number)
        try demandInLog(event)
        try change(number) {
            $0?.next = event
            $0?.failures = 0
            $0?.dueAt = Instant(microseconds: 0)
        }
        return try find(number)
    }

    /// Removes it for good, on record.
    package func remove(_ number: UInt64, _ call: Call) async throws(ServiceError) -> Receipt<RecordAccess> {
        if try service.earlierCommand(call) == nil { _ = try find(number) }
        let receipt = try await service.record(.webhookRemoved, "", about: "\(number)", call)
        let now = service.now
        try change(number) { if $0?.removedAt == nil { $0?.removedAt = now } }
        return receipt
    }

    /// - Throws: ``ServiceError/invalid(_:)`` for an event that there is not, and that is not the next one either: it would be
    ///   told of nothing until then.
    private func demandInLog(_ event: UInt64?) throws(ServiceError) {
        let size = try service.state { $0.size }
        guard let event, event > size else { return }
        throw .invalid("The log has \(size) events; begin with one of them, or with \(size).")
    }

    /// What is to be told to whom now.
    package struct Delivery: Sendable {
        package let webhook: Webhook
        package let page: EventPage
        package let secret: [UInt8]
    }

    /// What became of taking a delivery on.
    package enum Beginning: Sendable {
        case delivery(Delivery)
        /// Nothing that it wants to hear of has happened before this event.
        case nothing(before: UInt64)
        /// It is not due, or another process tells it.
        case later
    }

    /// Takes on what a webhook is to be told.
    ///
    /// - Parameter start: from where to look: its own next event, or a later one before which nothing is wanted.
    package func begin(_ webhook: Webhook, from start: UInt64) throws(ServiceError) -> Beginning {
        let now = service.now
        guard webhook.dueAt <= now else { return .later }
        let page = try service.feed(
            from: max(start, webhook.next), webhook.types.isEmpty ? .all : .types(Set(webhook.types)),
            limit: Webhooks.batch)
        guard !page.events.isEmpty || page.next > webhook.next + Webhooks.unkept else {
            return .nothing(before: page.next)
        }
        let isMine = try change(webhook.number) { record in
            guard let kept = record, kept.removedAt == nil, kept.dueAt <= now, kept.next == webhook.next
            else { return false }
            record?.dueAt = now.adding(2 * Webhooks.patience)
            return true
        }
        guard isMine else { return .later }
        return .delivery(
            Delivery(
                webhook: webhook, page: page, secret: service.access.secret(ofWebhook: webhook.number)))
    }

    /// Says how a delivery ended.
    ///
    /// - Parameter fault: what went wrong; `nil` where it was taken.
    package func end(_ delivery: Delivery, fault: String?) throws(ServiceError) {
        let now = service.now
        try change(delivery.webhook.number) { record in
            // Somebody may have begun it again elsewhere, or removed it.
            guard let kept = record, kept.next == delivery.webhook.next else { return }
            if let fault {
                record?.failures = min(kept.failures + 1, 1_000_000)
                record?.fault = fault.prefixed(to: 200)
                record?.dueAt = now.adding(Webhooks.backOff(kept.failures))
            } else {
                record?.next = delivery.page.next
                record?.failures = 0
                record?.fault = ""
                record?.dueAt = now
            }
        }
    }

    /// A second, then twice as long each time, an hour at most.
    package static func backOff(_ failures: UInt64) -> Int64 {
        min(3_600, Int64(1) << Int64(min(failures, 12))) * 1_000_000
    }

    /// Whether events may be sent there: by https, or by http to this machine itself.
    package static func isAddress(_ address: String) -> Bool {
        guard address.utf8.count <= 140, address.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !address.contains("@")
        else { return false }
        if address.hasPrefix("https://") { return address.utf8.count > 8 }
        return ["http://127.0.0.1", "http://[::1]", "http://localhost"].contains {
            address == $0 || address.hasPrefix("\($0):") || address.hasPrefix("\($0)/")
        }
    }

    @discardableResult
    private func change<Value>(
        _ number: UInt64, _ body: (inout WebhookRecord?) throws(ServiceError) -> Value
    ) throws(ServiceError) -> Value {
        try records.change(WebhookRecord.self, number.officeKey, at: service.now, body)
    }
}

extension Webhook {
    fileprivate init(number: UInt64, _ record: WebhookRecord) {
        self.init(
            number: number, address: record.address, types: record.types, next: record.next,
            failures: record.failures, dueAt: record.dueAt, fault: record.fault)
    }
}

extension UInt64 {
    fileprivate var officeKey: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}

extension [UInt8] {
    /// A number of eight bytes, the highest first.
    fileprivate var number: UInt64 { reduce(0) { $0 << 8 | UInt64($1) } }
}

extension String {
    /// As many of its characters as fit into so many bytes.
    fileprivate func prefixed(to bytes: Int) -> String {
        var text = self
        while text.utf8.count > bytes { text.removeLast() }
        return text
    }
}
