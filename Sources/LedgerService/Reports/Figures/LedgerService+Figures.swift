package import LedgerDomain
import LedgerStorage

extension LedgerService {
    /// The figures of whole months, with the number of events that they are of.
    ///
    /// - Throws: ``ServiceError/invalid(_:)`` where the days are no such period.
    package func figures(
        _ kind: FiledReport.Kind, from: BusinessDay, through: BusinessDay
    ) throws(ServiceError) -> PeriodFigures {
        guard kind.covers(from, through) else {
            throw .invalid(
                "\(from.text) to \(through.text) is not what a report of the kind \(kind) is about.")
        }
        let range = try events(from: from, through: through)
        var fold = FiguresFold(try places())
        var undone: Set<UInt64> = []
        try forEachFigure(range) { (recorded, figures, place) in
            fold.take(recorded.event.postings, place)
            if let command = recorded.event.record.command as? UndoReceive { undone.insert(command.event) }
            if let figures { fold.add(figures, place) }
        }
        let held = try query { (model) throws(StorageError) in
            try model.programmeBalances(afterEvents: range.upperBound, ledger)
        }
        return fold.figures(
            kind, from: from, through: through, events: range.upperBound, chains: try chains(range, fold),
            held: held, transfers: try transfers(before: range.upperBound, undoneNow: undone))
    }

    /// What the ledger's outlets are.
    func places() throws(ServiceError) -> FigurePlaces {
        FigurePlaces(ledger, outlets: try query { (model) throws(StorageError) in try model.outlets(ledger) })
    }

    /// Hands out the events that reports are made of: what each counts for, and what it belongs to.
    ///
    /// - Parameter grouped: whether to say which groups people were attested to; that takes the whole log up to the range.
    func forEachFigure(
        _ range: Range<UInt64>, grouped: Bool = true,
        _ body: (RecordedEvent, Figures?, Attribution) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        var groups = grouped ? try attestedGroups(before: range.lowerBound) : AttestedGroups()
        let cutOff = try state { $0.settings[.businessDayCutOff] }
        var next = range.lowerBound
        while next < range.upperBound {
            var page: [(recorded: RecordedEvent, figures: Figures?, place: Attribution)] = []
            for event in try eventPage(from: next, before: range.upperBound) {
                defer { next += 1 }
                guard event.record.refusal == nil else { continue }
                groups.take(event)
                let recorded = RecordedEvent(number: next, event: event)
                let postings = event.postings
                let figures = figures(of: recorded, postings)
                guard figures != nil || !postings.isEmpty else { continue }
                page.append((recorded, figures, try attribution(of: recorded, groups, cutOff)))
            }
            // Once a page: whoever looks at the state looks at the log's head first, and tills wait meanwhile.
            try state { state in
                for index in page.indices {
                    state.complete(&page[index].place, of: page[index].recorded)
                    if let approved = page[index].recorded.event.record.command as? ApproveBatch {
                        page[index].figures?.vouchersReleased = Int(state.batches[approved.batch].quota)
                    }
                }
            }
            for (recorded, figures, place) in page { try body(recorded, figures, place) }
        }
    }

    /// What an event counts for; `nil` for what reports do not count.
    private func figures(of recorded: RecordedEvent, _ postings: [Posting]) -> Figures? {
        let subject = recorded.subject
        var figures = Figures()
        figures.lapsed = postings.sum(.lapse)
        switch recorded.event.record.command {
        case is ApproveBatch: figures.released = postings.sum(.open)
        case is Issue:
            (figures.vouchersClaimed, figures.claimed) = (1, postings.sum(.issue))
        case is Lapse, is HandBack: figures.vouchersLapsed = 1
        case is Redeem, is Capture, is RedeemOffline:
            figures.sales = 1
            figures.gross = subject.bill ?? .zero
            figures.subsidy = subject.subsidy ?? .zero
        case is Refund:
            figures.refunds = 1
            figures.refundedGross = subject.bill ?? .zero
            figures.refundedSubsidy = subject.subsidy ?? .zero
        case is ApproveCorrection:
            (figures.corrections, figures.corrected) = (1, subject.subsidy ?? .zero)
        case is Admit: figures.attendance = 1
        case is ApproveAward, is ClawBackAward, is SettleSession: figures.awarded = postings.sum(.award)
        default: return figures.lapsed == .zero ? nil : figures
        }
        return figures
    }

    /// What an event belongs to, as far as the event and its sale tell; the state tells the rest.
    private func attribution(
        of recorded: RecordedEvent, _ groups: AttestedGroups, _ cutOff: Int64
    ) throws(ServiceError) -> Attribution {
        let (subject, event) = (recorded.subject, recorded.event)
        var place = Attribution(day: subject.day ?? event.instant.businessDay(cutOff: cutOff))
        (place.outlet, place.merchant) = (subject.outlet, subject.merchant)
        (place.category, place.channel) = (subject.category, subject.channel)
        place.voucher = subject.voucher ?? event.record.command.voucher
        if place.outlet == nil, let id = subject.redemption {
            // What is given back belongs where it was sold.
            let sale = try query { (model) throws(StorageError) in try model.redemption(id, ledger) }?.row
            (place.outlet, place.merchant) = (sale?.outlet, sale?.merchant)
            (place.category, place.channel) = (sale?.category, sale?.channel)
            place.voucher = sale?.voucher ?? place.voucher
        }
        if let voucher = place.voucher { place.groups = groups[voucher] }
        return place
    }

    /// The groups of the vouchers that were taken before an event.
    private func attestedGroups(before end: UInt64) throws(ServiceError) -> AttestedGroups {
        var groups = AttestedGroups()
        // Whatever the rules are now: what was attested then is told in every report alike.
        try forEachEvent(0..<end) { (_, event) in groups.take(event) }
        return groups
    }

    private func chains(
        _ range: Range<UInt64>, _ fold: FiguresFold
    ) throws(ServiceError) -> [PeriodFigures.FundChain] {
        let (funds, opening, closing) = try query { (model) throws(StorageError) in
            (
                try model.funds(ledger), try model.trialBalance(afterEvents: range.lowerBound, ledger),
                try model.trialBalance(afterEvents: range.upperBound, ledger)
            )
        }
        func balances(_ rows: [TrialBalanceRow], _ fund: FundID) -> [String: Amount] {
            Dictionary(
                rows.filter { $0.fund == fund && !$0.kind.countsPoints && $0.amount != .zero }.map {
                    ("\($0.kind)", $0.amount)
                }, uniquingKeysWith: +)
        }
        // A fund that is younger than the period's end has no part in it.
        return funds.map { fund in
            PeriodFigures.FundChain(
                fund: fund.id.text(in: ledger), level: "\(fund.level)", fiscalYear: Int(fund.fiscalYear),
                treasury: fund.treasury, document: fund.document, opening: balances(opening, fund.id),
                moved: fold.moved(fund.id), closing: balances(closing, fund.id))
        }.filter { !$0.opening.isEmpty || !$0.moved.isEmpty || !$0.closing.isEmpty }
    }

    /// Money to and from other ledgers, as it was when the log had so many events.
    ///
    /// - Parameter undone: the events of those that were sent back in the period.
    private func transfers(
        before end: UInt64, undoneNow undone: Set<UInt64>
    ) throws(ServiceError) -> [PeriodFigures.Transfer] {
        let views = try query { (model) throws(StorageError) in try model.remittances(ledger) }
            .filter { $0.row.event < end }
        let cutOff = try state { $0.settings[.businessDayCutOff] }
        var later: Set<UInt64> = []
        if views.contains(where: \.undone) {
            // What was sent back after the period's end had not been sent back then.
            try forEachEvent(end..<(try state { $0.size })) { (_, event) in
                guard event.record.refusal == nil else { return }
                switch event.record.command {
                case let undone as UndoRemit: later.insert(undone.event)
                case let undone as UndoReceive: later.insert(undone.event)
                default: break
                }
            }
        }
        return views.map { view in
            PeriodFigures.Transfer(
                incoming: view.row.incoming, ledger: view.row.ledger.description,
                remit: view.row.origin ?? view.row.event, amount: view.row.amount,
                day: view.row.instant.businessDay(cutOff: cutOff).text,
                isUndone: view.undone && !later.contains(view.row.event),
                undoneNow: undone.contains(view.row.event) ? true : nil)
        }
    }
}

extension LedgerState {
    /// Adds what a voucher, a batch, a session and an award belong to.
    fileprivate func complete(_ place: inout Attribution, of recorded: RecordedEvent) {
        let subject = recorded.subject
        if let voucher = place.voucher {
            place.batch = vouchers[voucher].batch
            place.person = vouchers[voucher].person
        }
        if let approved = recorded.event.record.command as? ApproveBatch { place.batch = approved.batch }
        if let batch = place.batch { place.programme = batches[batch].programme }
        if let session = subject.session {
            place.outlet = sessions[session].outlet
            place.programme = sessions[session].programme
        }
        if let award = subject.award {
            place.merchant = awards[award].merchant
            place.programme = awards[award].programme
        }
    }
}

extension [Posting] {
    /// What was posted of a kind, less what was undone.
    func sum(_ kind: Posting.Kind) -> Amount {
        reduce(.zero) { sum, posting in
            guard posting.kind == kind, !posting.debit.kind.countsPoints else { return sum }
            return posting.undoes ? sum - posting.amount : sum + posting.amount
        }
    }
}

extension Operation {
    /// The voucher that it lapses or gives back.
    fileprivate var voucher: VoucherID? {
        switch self {
        case let lapse as Lapse: lapse.voucher
        case let handBack as HandBack: handBack.voucher
        default: nil
        }
    }
}
