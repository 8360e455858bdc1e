package import AuditLog
import CBOR
import Cryptography
package import LedgerDomain
import LedgerEngine
package import LedgerStorage

/// The batches of a ledger's days for a city's platform: made, signed, handed out, and acknowledged.
package struct DailyBatches {
    /// How far a day's batch is.
    package struct Delivery: Sendable {
        package enum Status: String, CaseIterable, Sendable {
            /// The day is over, and nothing was handed out.
            case due
            /// Handed out; the platform has said nothing yet.
            case sent
            /// The platform took all of it.
            case confirmed
            /// The platform took only a part.
            case rejected
        }

        package var day: BusinessDay
        package var status: Status
        /// How often it was handed out, and when last.
        package var count: Int
        package var sentAt: Instant?
        /// SHA-256 of what was handed out.
        package var digest: Octets?
        /// The platform's receipt: its number, what it took, what it did not and why, of the first few.
        package var receipt: String?
        package var accepted: Int
        package var rejected: Int
        package var reasons: [(event: UInt64, reason: String)]
    }

    private let service: LedgerService
    private let records: OfficeRecords

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        records = OfficeRecords(office: office, ledger: service.ledger)
    }

    /// The keys that verify signatures of batches: one, or two where the profile is 国密.
    package var verifierKeys: [NoteVerifierKey] { signers.map(\.verifierKey) }

    /// A day's batch with its signature.
    ///
    /// - Parameter instant: the practice clock, where one is told.
    /// - Throws: ``ServiceError/invalid(_:)`` for a day that is not over, or before the ledger's first.
    package func signed(
        _ day: BusinessDay, at instant: Instant? = nil
    ) throws(ServiceError) -> (batch: DailyBatch, note: [UInt8]) {
        let batch = try batch(day, at: instant)
        let text = batch.statement
        do {
            return (
                batch, try SignedNote(text: text, signatures: signers.map { $0.signature(of: text) }).bytes
            )
        } catch {
            throw .unsound("a statement of \(text.count) bytes cannot be signed: \(error)")
        }
    }

    /// Writes down that a batch was handed out.
    package func noteSent(_ batch: DailyBatch, _ call: Call) throws(ServiceError) {
        let instant = call.instant ?? service.now
        try records.change(DeliveryRecord.self, Array(batch.head.day.utf8), at: instant) { record in
            var kept = record ?? DeliveryRecord()
            kept.digest = Octets(batch.digest)
            kept.count += 1
            (kept.sentAt, kept.sentBy) = (instant, call.principal)
            record = kept
        }
    }

    /// Takes the platform's receipt; the same again changes nothing.
    ///
    /// - Throws: ``ServiceError/invalid(_:)`` where it is no receipt of that day's batch.
    package func receive(_ bytes: [UInt8], _ call: Call) throws(ServiceError) -> DailyReceipt {
        let receipt = try DailyReceipt(bytes)
        guard let day = BusinessDay(text: receipt.day) else { throw .invalid("It names no day.") }
        let batch = try batch(day, at: call.instant)
        if let fault = receipt.fault(for: batch) { throw .invalid(fault) }
        let instant = call.instant ?? service.now
        try records.change(DeliveryRecord.self, Array(receipt.day.utf8), at: instant) { record in
            // A platform that fetches its batches itself was handed none.
            var kept = record ?? DeliveryRecord()
            kept.digest = Octets(batch.digest)
            let digest = Octets(SHA256Digest.of(bytes))
            if let last = kept.receipt?.digest {
                if last == digest || kept.earlier.contains(digest) { return }
                kept.earlier = (kept.earlier + [last]).suffix(DeliveryRecord.limit)
            }
            kept.receipt = .with {
                ($0.number, $0.digest) = (receipt.number, digest)
                $0.accepted = UInt32(clamping: receipt.accepted)
                $0.rejected = UInt32(clamping: receipt.rejected.count)
                $0.reasons = receipt.rejected.prefix(DeliveryRecord.limit).map { rejection in
                    .with { ($0.event, $0.reason) = (rejection.event, rejection.reason.prefix(bytes: 200)) }
                }
                ($0.instant, $0.principal) = (instant, call.principal)
            }
            record = kept
        }
        return receipt
    }

    /// Every day that is over, from the ledger's first or the one told to that of the last event, the earliest first.
    package func deliveries(from: BusinessDay? = nil) throws(ServiceError) -> [Delivery] {
        guard let opened = try service.storedEvents(from: 0, limit: 1).first?.instant else { return [] }
        let today = try service.firstOpenDay()
        let (first, last) = try service.state { state in
            (state.businessDay(of: opened), state.businessDay(of: state.lastInstant))
        }
        let kept = Dictionary(
            uniqueKeysWithValues: try records.all(DeliveryRecord.self, at: service.now).map {
                (String(decoding: $0.key, as: UTF8.self), $0.content)
            })
        let (begin, end) = (max(from ?? first, first).days, min(last.days + 1, today.days))
        return (begin..<max(begin, end)).map { days in
            let day = BusinessDay(days: days)
            return Delivery(day, kept[day.text])
        }
    }

    /// A day's batch.
    ///
    /// - Throws: ``ServiceError/invalid(_:)`` for a day that is not over, or before the ledger's first.
    package func batch(_ day: BusinessDay, at instant: Instant? = nil) throws(ServiceError) -> DailyBatch {
        guard day < (try service.firstOpenDay(at: instant)) else {
            throw .invalid("\(day.text) is not over; a batch is made of a whole business day.")
        }
        if let opened = try service.storedEvents(from: 0, limit: 1).first?.instant {
            let first = try service.state { $0.businessDay(of: opened) }
            guard day >= first else { throw .invalid("The ledger's first day is \(first.text).") }
        }
        return try service.dailyBatch(day)
    }

    private var signers: [NoteSigner] {
        service.machine.files(of: service.ledger).signer.dailySigners(service.algorithms)
    }
}

extension DailyBatches.Delivery {
    fileprivate init(_ day: BusinessDay, _ record: DeliveryRecord?) {
        self.day = day
        let receipt = record?.receipt
        status =
            switch (record, receipt) {
            case (nil, _): .due
            case (_, nil): .sent
            case (_, let receipt?): receipt.rejected == 0 ? .confirmed : .rejected
            }
        count = Int(record?.count ?? 0)
        sentAt = record.flatMap { $0.count > 0 ? $0.sentAt : nil }
        digest = record?.digest
        self.receipt = receipt?.number
        accepted = Int(receipt?.accepted ?? 0)
        rejected = Int(receipt?.rejected ?? 0)
        reasons = receipt?.reasons.map { ($0.event, $0.reason) } ?? []
    }
}
