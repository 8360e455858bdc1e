import CBOR
import Cryptography
package import LedgerDomain
package import LedgerStorage
package import Reconciliation

/// The queue of differences: what runs found and merchants dispute, who works on it, and how it was put to rest.
///
/// The queue lies in the office; runs, resolutions and what reopens them are events of the log.
package struct Differences {
    package let service: LedgerService
    let records: OfficeRecords

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        records = OfficeRecords(office: office, ledger: service.ledger)
    }

    /// A run that is on record.
    package struct RecordedRun: Sendable {
        package var event: UInt64
        /// Whether the same files, rules and result were on record before; then nothing is recorded again.
        package var isKnown: Bool
        package var receipt: Receipt<RecordReconciliation>?
    }

    /// The most differences of a run that is put on record; what has more was matched with the wrong file.
    package static let maximumFound = 10_000

    /// Puts a run on record and its differences into the queue; done again with the same files and the same outcome it
    /// changes nothing.
    ///
    /// - Throws: ``ServiceError/keyReused(event:)`` where the key recorded a run with another outcome, also because the ledger
    ///   went on since; ``ServiceError/invalid(_:)`` beyond ``maximumFound`` differences.
    package func record(_ run: ReconciliationRun, _ call: Call) async throws(ServiceError) -> RecordedRun {
        let asked = run.asked
        guard run.found.count <= Differences.maximumFound else {
            throw .invalid(
                "\(run.found.count) differences are more than are put on record, \(Differences.maximumFound): check the days, the channel and the file."
            )
        }
        let earlier = try service.earlierCommand(call)
        let isOther = earlier != nil && (earlier as? RecordReconciliation)?.isSameRun(as: asked) != true
        let known = try service.query { (model) throws(StorageError) in
            try model.reconciliations(service.ledger)
        }.last { $0.asked.isSameRun(as: asked) }
        var recorded: RecordedRun
        if let known, !isOther {
            recorded = RecordedRun(event: known.event, isKnown: true)
        } else {
            let receipt = try await service.perform(asked, call)
            recorded = RecordedRun(event: receipt.event, isKnown: false, receipt: receipt)
        }
        // Queued again after a crash in between, too.
        try queue(
            run.found, of: run.source, with: asked.counterparty, in: recorded.event,
            at: call.instant ?? service.now)
        return recorded
    }

    private func queue(
        _ found: [ReconciliationRun.Found], of source: Octets, with counterparty: String, in run: UInt64,
        at instant: Instant
    ) throws(ServiceError) {
        var same: [Octets: Int] = [:]
        for one in found {
            // Of two that say the same the second is another one.
            let first = one.identity(counterparty, ordinal: 0)
            let id = one.identity(counterparty, ordinal: same[first, default: 0])
            same[first, default: 0] += 1
            try records.change(DifferenceRecord.self, id.bytes, at: instant) { record in
                if record == nil {
                    record = DifferenceRecord.with {
                        ($0.counterparty, $0.kind) = (counterparty, one.kind)
                        $0.reference = one.reference.prefix(bytes: DifferenceRecord.referenceLimit)
                        ($0.firstRun, $0.found) = (run, instant)
                    }
                }
                guard run >= record?.lastRun ?? 0 else { return }
                record?.ledger = one.ledger.map(Difference.Side.init)
                record?.statement = one.statement.map(Difference.Side.init)
                record?.bank = one.bank.map(Difference.Side.init)
                if record?.lastRun != run {
                    record?.lastRun = run
                    record?.seen = instant
                }
                record?.source = source
            }
        }
    }

    /// Every difference, those found first at the beginning.
    package func list() throws(ServiceError) -> [Difference] {
        let (rows, runs) = try service.query { (model) throws(StorageError) in
            (try model.resolutions(service.ledger), try model.reconciliations(service.ledger))
        }
        let resolutions = Dictionary(grouping: rows) { $0.row.asked.difference }
        let today = try service.today()
        return try records.all(DifferenceRecord.self, at: service.now).map { key, record in
            Difference(
                Octets(key), record, resolutions: resolutions[Octets(key)] ?? [], runs: runs, today: today)
        }.sorted { ($0.found, $0.id.bytes.hexadecimal) < ($1.found, $1.id.bytes.hexadecimal) }
    }

    /// The difference whose number begins like this.
    ///
    /// - Parameter text: at least 4 hexadecimal digits.
    package func find(_ text: String) throws(ServiceError) -> Difference {
        let wanted = text.lowercased()
        let found = try list().filter {
            wanted.utf8.count >= 4 && $0.id.bytes.hexadecimal.hasPrefix(wanted)
        }
        guard let difference = found.first else { throw .notFound(.difference, text) }
        guard found.count == 1 else {
            throw .invalid("\(text) begins the numbers of \(found.count) differences; give more digits.")
        }
        return difference
    }
}

extension RecordReconciliation {
    /// Whether it is the same comparison with the same outcome, whoever made it and when.
    fileprivate func isSameRun(as other: RecordReconciliation) -> Bool {
        counterparty == other.counterparty && from == other.from && through == other.through
            && inputs == other.inputs && result == other.result
    }
}

extension ReconciliationRun.Found {
    /// SHA-256 of what it says, so that every run knows it again wherever its line stands in the file.
    ///
    /// - Parameter ordinal: how many others of the run say the same.
    fileprivate func identity(_ counterparty: String, ordinal: Int) -> Octets {
        func fields(_ line: StatementLine?, numbered: Bool) -> String {
            guard let line else { return "-" }
            return [
                String(line.amount), String(line.day), line.kind.rawValue, line.outcome.rawValue,
                numbered ? String(line.line) : "",
            ].joined(separator: "/")
        }
        let content = [
            "wenhui-difference/1", counterparty, told.rawValue, reference, fields(ledger, numbered: true),
            fields(statement, numbered: false), fields(bank, numbered: false), String(ordinal),
        ]
        // A length before each field: no two contents run together to the same text.
        let text = content.map { "\($0.utf8.count):\($0)" }.joined()
        return Octets(SHA256Digest.of(Array(text.utf8)))
    }
}

extension Difference.Side {
    /// A line of a side as it is kept and told.
    package init(_ line: StatementLine) {
        self.init()
        amount = Amount(fen: line.amount)
        day = BusinessDay(days: line.day)
        self.line = UInt64(clamping: line.line)
        hasFailed = line.outcome == .failed
    }
}

extension Difference {
    fileprivate init(
        _ id: Octets, _ record: DifferenceRecord, resolutions: [ResolutionView], runs: [ReconciliationRow],
        today: BusinessDay
    ) {
        let day = (record.ledger ?? record.statement ?? record.bank)?.day
        // A run over its day, with the same counterparty, later than the last one that found it.
        let isGone =
            record.kind != .dispute
            && runs.contains { run in
                run.event > record.lastRun && run.asked.counterparty == record.counterparty
                    && day.map { run.asked.from <= $0 && $0 <= run.asked.through } ?? false
            }
        self.init(
            id: id, counterparty: record.counterparty, kind: record.kind, reference: record.reference,
            ledger: record.ledger, statement: record.statement, bank: record.bank, firstRun: record.firstRun,
            lastRun: record.lastRun, found: record.found, seen: record.seen, source: record.source,
            owner: record.owner, notes: record.notes, evidence: record.evidence, resolutions: resolutions,
            isGone: isGone, age: Int(today.days - (day?.days ?? today.days)))
    }
}

extension String {
    /// Its beginning, at most so many bytes, no character cut.
    func prefix(bytes limit: Int) -> String {
        var kept = ""
        for character in self {
            guard kept.utf8.count + character.utf8.count <= limit else { break }
            kept.append(character)
        }
        return kept
    }
}
