import CBOR
import Cryptography
package import LedgerDomain
package import LedgerStorage
package import StatementFormats

/// 风险清单: what looks odd in some days' events, and what people made of it.
///
/// The list is made from the log each time; thresholds, relations and reviews lie in the office. Nothing on it changes
/// anything: to hold money takes ``hold(_:of:because:_:)``.
package struct Risks {
    /// A finding with what people made of it.
    package struct Risk: Sendable {
        package enum Standing: String, CaseIterable, Sendable {
            case open, watching, cleared, held
        }

        /// So many of its events stand in a list; the evidence has them all.
        package static let listedEvents = 1_000

        package let ledger: LedgerCode
        package var finding: RiskFinding
        /// The oldest first.
        package var reviews: [RiskReview]

        package var standing: Standing {
            switch reviews.last?.verdict {
            case nil: .open
            case .watching: .watching
            case .cleared: .cleared
            case .held: .held
            }
        }
    }

    let service: LedgerService
    let records: OfficeRecords
    private let documents: OfficeDocuments

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        records = OfficeRecords(office: office, ledger: service.ledger)
        documents = OfficeDocuments(office, service.ledger)
    }

    /// The thresholds that hold.
    package func rules() throws(ServiceError) -> RiskRules {
        guard let written = try text() else { return .usual }
        do {
            return try RiskRules(Array(written.text.utf8))
        } catch {
            throw .storage(.corrupt("the thresholds of risks: \(error)"))
        }
    }

    /// The thresholds as they were written, with who wrote them; `nil` where the usual ones hold.
    package func text() throws(ServiceError) -> (text: String, by: Principal, at: Instant)? {
        try documents.text(of: .riskRules, at: service.now)
    }

    /// Puts thresholds in place of those there were.
    package func keep(_ bytes: [UInt8], _ call: Call) throws -> RiskRules {
        let rules = try RiskRules(bytes)
        try documents.keep(bytes, as: .riskRules, by: call.principal, at: call.instant ?? service.now)
        return rules
    }

    /// What is found of some business days and of the months that they are in, the earliest first.
    ///
    /// - Throws: ``ServiceError/invalid(_:)`` for more than ``maximumDays`` days.
    package func list(from: BusinessDay, through: BusinessDay) throws(ServiceError) -> [Risk] {
        guard through.days - from.days < Risks.maximumDays else {
            throw .invalid("At most \(Risks.maximumDays) days are looked through at once.")
        }
        let rules = try rules()
        let isOwnTold = rules.rules.contains { $0.signal == .ownShop }
        let scan = RiskScan(
            ledger: service.ledger, facts: try service.riskFacts(from: from, through: through),
            relations: isOwnTold ? try related() : [:])
        let reviews = Dictionary(
            try records.all(RiskRecord.self, at: service.now).map {
                (String(decoding: $0.key, as: UTF8.self), $0.content.reviews)
            }
        ) { first, _ in first }
        return scan.findings(rules, from: from, through: through).map {
            Risk(ledger: service.ledger, finding: $0, reviews: reviews[$0.id] ?? [])
        }
    }

    /// The most days of one list.
    package static let maximumDays: Int32 = 366

    /// The days that a list is about: unless told the last 31 before its end, which is today or what begins later.
    package func days(
        from: BusinessDay?, through: BusinessDay?
    ) throws(ServiceError) -> (from: BusinessDay, through: BusinessDay) {
        let today = try service.today()
        let last = through ?? max(today, from ?? today)
        let first = from ?? BusinessDay(days: last.days - 30)
        guard first <= last else {
            throw .invalid("The first day, \(first.text), is after the last one, \(last.text).")
        }
        return (first, last)
    }

    /// The risk with this number, as every list that has its day tells it.
    package func find(_ id: String) throws(ServiceError) -> Risk {
        guard let day = RiskFinding.day(named: id),
            let risk = try list(from: day, through: day).first(where: { $0.finding.id == id })
        else { throw .notFound(.risk, id) }
        return risk
    }

    /// Writes down what somebody made of a risk.
    package func review(
        _ risk: Risk, _ verdict: RiskReview.Verdict, _ note: String, _ call: Call
    ) throws(ServiceError) -> Risk {
        guard verdict != .held else { throw .invalid("A payee is held by an event: hold the risk.") }
        guard note.isText(upTo: 200) else { throw .invalid("A note has 1 to 200 bytes.") }
        var reviewed = risk
        reviewed.reviews = try write(
            RiskReview.with {
                ($0.verdict, $0.note) = (verdict, note)
                ($0.principal, $0.instant) = (call.principal, call.instant ?? service.now)
            }, of: risk.finding.id)
        return reviewed
    }

    /// Holds what a merchant's payee is owed until somebody else releases it (`payee release`), and writes down why.
    ///
    /// - Parameter merchant: whose payee; needed where the risk is about several merchants, or none.
    package func hold(
        _ risk: Risk, of merchant: MerchantID?, because reason: String, _ call: Call
    ) async throws(ServiceError) -> Receipt<HoldPayee> {
        // Checked before anything is held.
        guard reason.isText(upTo: 140) else { throw .invalid("A reason has 1 to 140 bytes.") }
        let concerned = risk.finding.merchants
        guard let merchant = merchant ?? (concerned.count == 1 ? concerned.first : nil) else {
            throw .invalid(
                "\(risk.finding.id) is about \(concerned.count) merchants; say whose payee is held.")
        }
        guard concerned.isEmpty || concerned.contains(merchant) else {
            throw .invalid("\(risk.finding.id) is not about merchant \(merchant.text(in: service.ledger)).")
        }
        let payee = try service.state { state in
            state.merchants.contains(merchant) ? state.merchants[merchant].payee : nil
        }
        guard let payee else { throw .notFound(.merchant, merchant.text(in: service.ledger)) }
        let receipt = try await service.perform(
            HoldPayee.with {
                ($0.payee, $0.isHeld) = (payee, true)
                $0.reason = "风险核查 \(risk.finding.id)：\(reason)"
            }, call)
        _ = try write(
            RiskReview.with {
                ($0.verdict, $0.note, $0.event) = (.held, reason, receipt.event)
                ($0.principal, $0.instant) = (call.principal, receipt.instant)
            }, of: risk.finding.id)
        return receipt
    }

    /// Writes a review down; all that there are then.
    private func write(_ review: RiskReview, of id: String) throws(ServiceError) -> [RiskReview] {
        var kept = RiskRecord()
        try records.change(RiskRecord.self, Array(id.utf8), at: service.now) { record in
            kept = record ?? RiskRecord()
            // The same words by the same person are a repeated request.
            if kept.reviews.contains(where: { $0.isSaid(again: review) }) { return }
            // There is always room for one that holds money: what is over is over.
            if kept.reviews.count >= RiskRecord.limit {
                kept.reviews.remove(at: kept.reviews.firstIndex { $0.verdict == .watching } ?? 0)
            }
            kept.reviews.append(review)
            record = kept
        }
        return kept.reviews
    }
}

extension RiskReview {
    fileprivate func isSaid(again review: RiskReview) -> Bool {
        verdict == review.verdict && note == review.note && principal == review.principal
            && event == review.event
    }
}
