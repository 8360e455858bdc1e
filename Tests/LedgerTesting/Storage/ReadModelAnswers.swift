package import LedgerDomain
package import LedgerStorage

/// Every answer that a read model gives about one ledger, for comparing engines with each other.
package struct ReadModelAnswers: Sendable {
    private struct Answer: Sendable {
        var question: String
        var value: any Equatable & Sendable
    }

    private var answers: [Answer] = []

    /// Asks everything: every query, with every argument that finds something and some that find nothing.
    package init(of model: any ReadModel, _ ledger: LedgerCode) throws(StorageError) {
        let position = try model.position(of: ledger)
        add("position", position)
        add("ledger", try model.ledger(ledger))
        add("funds", try model.funds(ledger))
        add("plans", try model.plans(ledger))
        add("remittances", try model.remittances(ledger))
        let programmes = try model.programmes(ledger)
        add("programmes", programmes)
        for programme in programmes.map(\.row.id) + [ProgrammeID(.max)] {
            add("versions of \(programme)", try model.programmeVersions(of: programme, ledger))
        }
        let batches = try model.batches(ledger)
        add("batches", batches)
        for batch in batches.map(\.row.id) + [BatchID(.max)] {
            add("steps of \(batch)", try model.lotterySteps(of: batch, ledger))
        }
        let sessions = try model.sessions(ledger)
        add("sessions", sessions)
        for session in sessions.map(\.row.id) + [SessionID(.max)] {
            add("admissions to \(session)", try model.admissions(to: session, ledger))
        }
        add("awards", try model.awards(ledger))
        add("catalogues", try model.catalogues(ledger))
        add("merchants", try model.merchants(ledger))
        add("outlets", try model.outlets(ledger))
        add("terminals", try model.terminals(ledger))
        add("imports", try model.imports(ledger))
        try askAboutVouchers(model, ledger)
        try askAboutRedemptions(model, ledger)
        let settlements = try model.settlements(ledger)
        add("settlements", settlements)
        for id in settlements.map(\.row.id) + [SettlementID(.max)] {
            add("lines of settlement \(id.rawValue)", try model.settlementLines(id, ledger))
        }
        try askAboutBook(model, ledger)
        add("payee holds", try model.payeeHolds(ledger))
        add("payee changes", try model.payeeChanges(ledger))
        add("reports", try model.reports(ledger))
        add("closed months", try model.closedMonths(ledger))
        add("corrections", try model.corrections(ledger))
        add("reconciliations", try model.reconciliations(ledger))
        add("resolutions", try model.resolutions(ledger))
        for event in 0...position {
            add("postings of event \(event)", try model.postings(ofEvent: event, ledger))
        }
    }

    /// The first question that both answer differently, with both answers; `nil` where there is none.
    package func difference(from other: ReadModelAnswers) -> String? {
        for (mine, theirs) in zip(answers, other.answers) {
            guard mine.question == theirs.question else { return "\(mine.question), \(theirs.question)" }
            guard mine.value.isEqual(to: theirs.value) else {
                return "\(mine.question): \(mine.value) and \(theirs.value)"
            }
        }
        return answers.count == other.answers.count ? nil : "one has more rows"
    }

    private mutating func add(_ question: String, _ value: some Equatable & Sendable) {
        answers.append(Answer(question: question, value: value))
    }

    private mutating func askAboutVouchers(
        _ model: any ReadModel, _ ledger: LedgerCode
    ) throws(StorageError) {
        let totals = try model.totals(ledger)
        add("totals", totals)
        var pseudonyms: Set<Pseudonym> = [Pseudonym(0)]
        for number in 0...(UInt32(totals.vouchers) + 1) {
            let voucher = try model.voucher(VoucherID(number), ledger)
            add("voucher \(number)", voucher)
            add("credentials of voucher \(number)", try model.credentials(of: VoucherID(number), ledger))
            add("redemptions of voucher \(number)", try model.redemptions(of: VoucherID(number), ledger))
            if let voucher { pseudonyms.insert(voucher.row.pseudonym) }
        }
        for pseudonym in pseudonyms.sorted(by: { $0.rawValue < $1.rawValue }) {
            add("vouchers of \(pseudonym)", try model.vouchers(of: pseudonym, ledger))
            add("entries of \(pseudonym)", try model.lotteryEntries(of: pseudonym, ledger))
            add("points of \(pseudonym)", try model.points(of: pseudonym, ledger))
        }
        var number: UInt32 = 1
        while let found = try model.authorisation(AuthorisationID(number), ledger) {
            add("authorisation \(number)", found)
            let (outlet, order) = (found.row.outlet, found.row.order)
            add(
                "authorisation at \(outlet), \(order)",
                try model.authorisation(outlet: outlet, order: order, ledger))
            number += 1
        }
        add("no authorisation", try model.authorisation(outlet: OutletID(1), order: "no such order", ledger))
    }

    private mutating func askAboutRedemptions(
        _ model: any ReadModel, _ ledger: LedgerCode
    ) throws(StorageError) {
        let (first, last) = (BusinessDay(days: .min), BusinessDay(days: .max))
        let all = try model.redemptions(from: first, through: last, after: .none, limit: .max, ledger)
        add("redemptions", all)
        for found in all {
            let (merchant, order) = (found.row.merchant, found.row.order)
            add("offline \(found.row.id.rawValue)", try model.offlineRedemption(found.row.id, ledger))
            add("details of \(found.row.id.rawValue)", try model.saleDetails(of: found.row.id, ledger))
            add("redemption \(found.row.id.rawValue)", try model.redemption(found.row.id, ledger))
            add(
                "redemption at \(merchant), \(order)",
                try model.redemption(merchant: merchant, order: order, ledger))
        }
        add("no redemption", try model.redemption(merchant: MerchantID(1), order: "no such order", ledger))
        for day in Set(all.map(\.row.day)).sorted() {
            add(
                "redemptions of \(day.text)",
                try model.redemptions(from: day, through: day, after: .none, limit: 10, ledger))
            add(
                "redemptions from \(day.text), after 2",
                try model.redemptions(from: day, through: last, after: RedemptionID(2), limit: 3, ledger))
        }
        add("categories", try model.redemptionsByCategory(ledger))
        add("refusals", try model.refusalsByReason(ledger))
        add("the door", try model.accessEvents(before: .max, limit: .max, ledger))
        add("the door before", try model.accessEvents(before: 20, limit: 3, ledger))
    }

    private mutating func askAboutBook(
        _ model: any ReadModel, _ ledger: LedgerCode
    ) throws(StorageError) {
        add("trial balance", try model.trialBalance(ledger))
        for count: UInt64 in [0, 1, 40, 200, .max] {
            add("trial balance after \(count)", try model.trialBalance(afterEvents: count, ledger))
            add("programmes after \(count)", try model.programmeBalances(afterEvents: count, ledger))
        }
        for payee: UInt32 in 0...12 {
            add("payouts to \(payee)", try model.payouts(to: PayeeID(payee), ledger))
        }
        for kind in Account.Kind.allCases {
            let accounts = try model.accounts(kind, ledger)
            add("accounts of \(kind)", accounts)
            for account in accounts.map(\.account) + [Account(kind: kind, owner: 0)] {
                add("balances of \(account)", try model.balances(of: account, ledger))
            }
        }
    }
}

extension Equatable {
    fileprivate func isEqual(to other: any Equatable) -> Bool { (other as? Self) == self }
}
