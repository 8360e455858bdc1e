import LedgerDomain
import LedgerStorage

extension StorageConformance {
    static func redemptionsShow(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        let rows: [RedemptionRow] = (1...6 as ClosedRange<UInt32>).map { id in
            let day = 17_680 + Int32(id / 2)
            return redemption(id, voucher: id % 2, order: id < 3 ? "A-1" : "B-\(id)", day: day)
        }
        try apply(rows.map { .redemption($0) }, to: model)
        func view(_ id: Int) -> RedemptionView {
            RedemptionView(row: rows[id - 1], refundedBill: .zero, refundedSubsidy: .zero)
        }
        try demand(model.redemption(RedemptionID(3), zhucheng), is: view(3), "a redemption")
        try demand(model.redemption(RedemptionID(7), zhucheng), is: nil, "one that is not there")
        try demand(model.redemptions(of: VoucherID(1), zhucheng), is: [1, 3, 5].map(view), "of a voucher")
        try demand(
            model.redemption(merchant: MerchantID(1), order: "A-1", zhucheng), is: view(2), "of a sale")
        try demand(
            model.redemption(merchant: MerchantID(2), order: "A-1", zhucheng), is: nil, "of another merchant")
        func days(_ from: Int32, _ through: Int32, after: UInt32 = 0, limit: Int = 9) throws
            -> [RedemptionView]
        {
            try model.redemptions(
                from: BusinessDay(days: from), through: BusinessDay(days: through),
                after: RedemptionID(after),
                limit: limit, zhucheng)
        }
        try demand(days(17_681, 17_682), is: [2, 3, 4, 5].map(view), "of two days")
        try demand(days(17_681, 17_682, limit: 2), is: [2, 3].map(view), "the first page")
        try demand(days(17_681, 17_682, after: 3, limit: 2), is: [4, 5].map(view), "the second page")
        try demand(days(17_681, 17_682, after: 5), is: [], "the third page")
        try demand(days(17_684, 17_681), is: [], "of no day")
    }

    static func refundsShow(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        try apply([.redemption(redemption(1)), .redemption(redemption(2)), .refund(refund(5))], to: model)
        try apply([.refund(refund(6, bill: yuan(60), subsidy: yuan(18)))], to: model)
        try apply([.refund(refund(7, of: 2, bill: Amount(fen: 1), subsidy: .zero))], to: model)
        let whole = RedemptionView(row: redemption(1), refundedBill: yuan(100), refundedSubsidy: yuan(30))
        let part = RedemptionView(row: redemption(2), refundedBill: Amount(fen: 1), refundedSubsidy: .zero)
        try demand(
            model.redemption(RedemptionID(1), zhucheng), is: whole, "a redemption refunded in two parts")
        try demand(model.redemption(RedemptionID(2), zhucheng), is: part, "one of which a fen was refunded")
        try demand(model.totals(zhucheng).refunds, is: 3, "the number of refunds")
        try demand(model.totals(zhucheng).redemptions, is: 2, "the number of redemptions")
    }

    static func settlementsShow(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        let checker = principal("checker")
        try apply([.settlement(settlement(1)), .settlement(settlement(2))], to: model)
        try apply(
            [.settlementLine(line(2)), .settlementLine(line(1)), .settlementLine(line(1, of: 2))], to: model)
        for (status, approver) in [(Settlement.Status.sealed, nil), (.approved, checker), (.exported, nil)] {
            try apply([.settlementStatus(SettlementID(1), status, approvedBy: approver)], to: model)
        }
        try apply(
            [
                .settlementLineStatus(SettlementID(1), line: 1, .paid, note: "流水 1"),
                .settlementLineStatus(SettlementID(1), line: 2, .undone, note: "账号不符"),
            ], to: model)
        let settlements = [
            SettlementView(row: settlement(1), status: .exported, approvedBy: checker),
            SettlementView(row: settlement(2), status: .built, approvedBy: nil),
        ]
        let lines = [
            SettlementLineView(row: line(1), status: .paid, note: "流水 1"),
            SettlementLineView(row: line(2), status: .undone, note: "账号不符"),
        ]
        try demand(model.settlements(zhucheng), is: settlements, "the settlements")
        try demand(model.settlementLines(SettlementID(1), zhucheng), is: lines, "the lines")
        try demand(model.settlementLines(SettlementID(2), zhucheng).map(\.note), is: [""], "another's notes")
        try demand(model.settlementLines(SettlementID(3), zhucheng), is: [], "lines of no settlement")
    }

    static func reportsShow(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        let reasons: [Refusal] = [.voucherUsed, .batchSoldOut, .voucherUsed, .notHolder, .batchSoldOut]
        try apply(reasons.enumerated().map { .refusal(refusal(UInt64($0), $1)) }, to: model)
        let expected = [(Refusal.batchSoldOut, 2), (.voucherUsed, 2), (.notHolder, 1)]
        try demand(
            model.refusalsByReason(zhucheng), is: expected.map { RefusalTotal(refusal: $0, count: $1) },
            "refusals")
        try demand(model.totals(zhucheng).refusals, is: 5, "the number of refusals")

        try apply([.access(access(6, .granted)), .access(access(8, .denied)), .access(access(7))], to: model)
        try demand(
            model.accessEvents(before: 8, limit: 2, zhucheng), is: [access(7), access(6, .granted)],
            "the door before an event, the latest first")
        try demand(
            model.accessEvents(before: .max, limit: 1, zhucheng), is: [access(8, .denied)], "the latest")
        try demand(model.accessEvents(before: .max, limit: 9, gaomi), is: [], "another ledger's door")

        try apply([.posting(posting(9, 1)), .posting(posting(9, 0)), .posting(posting(8, 0))], to: model)
        try demand(
            model.postings(ofEvent: 9, zhucheng), is: [posting(9, 0), posting(9, 1)], "an event's postings")
        try demand(model.postings(ofEvent: 7, zhucheng), is: [], "postings of an event that moved nothing")

        let categories = [(1, "图书", 10), (2, "演出", 20), (3, "图书", 10), (4, "电影", 30)]
        for (id, category, subsidy) in categories {
            let row = redemption(UInt32(id), subsidy: yuan(Int64(subsidy)), category: category)
            try apply([.redemption(row)], to: model)
        }
        try apply([.refund(refund(50, of: 1, bill: yuan(10), subsidy: yuan(1)))], to: model)
        func total(_ category: String, _ count: Int, _ subsidy: Int64, _ refunded: Int64) -> CategoryTotal {
            CategoryTotal(
                category: category, count: count, bill: yuan(Int64(count) * 100), subsidy: yuan(subsidy),
                refunded: yuan(refunded))
        }
        // The largest subsidy first; the same by the category's bytes.
        let totals = [total("电影", 1, 30, 0), total("图书", 2, 20, 1), total("演出", 1, 20, 0)]
        try demand(model.redemptionsByCategory(zhucheng), is: totals, "the categories")
    }

    static func balancesShow(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        let (payee, programme) = (Account.payable(PayeeID(3)), Account.programme(ProgrammeID(1)))
        try apply(
            [
                .balance(.treasury, FundID(1), yuan(50)), .balance(programme, FundID(1), yuan(1)),
                .balance(programme, FundID(1), yuan(40)), .balance(payee, FundID(2), yuan(-5)),
                .balance(payee, FundID(1), yuan(15)), .balance(.payable(PayeeID(2)), FundID(1), yuan(4)),
                .balance(.remitted(gaomi), FundID(2), yuan(8)),
            ], to: model)
        try apply(
            [.balance(programme, FundID(1), yuan(30)), .balance(.remitted(gaomi), FundID(2), .zero)],
            to: model)
        func balance(_ account: Account, _ fund: UInt32, _ amount: Int64) -> AccountBalance {
            AccountBalance(account: account, fund: FundID(fund), amount: yuan(amount))
        }
        try demand(model.balances(of: programme, zhucheng), is: [balance(programme, 1, 30)], "a programme's")
        try demand(
            model.balances(of: payee, zhucheng), is: [balance(payee, 1, 15), balance(payee, 2, -5)],
            "a payee's")
        try demand(
            model.accounts(.payable, zhucheng),
            is: [balance(.payable(PayeeID(2)), 1, 4), balance(payee, 1, 15), balance(payee, 2, -5)],
            "the payees'")
        try demand(model.accounts(.remitted, zhucheng), is: [], "accounts that came back to zero")
        try demand(
            model.balances(of: .remitted(gaomi), zhucheng), is: [balance(.remitted(gaomi), 2, 0)],
            "one of them")
        let rows: [(UInt32, Account.Kind, Int64)] = [
            (1, .treasury, 50), (1, .programme, 30), (1, .payable, 19), (2, .remitted, 0), (2, .payable, -5),
        ]
        let expected = rows.map { TrialBalanceRow(fund: FundID($0.0), kind: $0.1, amount: yuan($0.2)) }
        try demand(model.trialBalance(zhucheng), is: expected, "the trial balance")
    }

    static func textsComeBack(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        let texts = ["O'Neil \"; DROP TABLE funds;--", "𠮷野家 🎫", " ", "e\u{301}", "\u{e9}", "a%b_c", "A-1\n"]
        for (index, text) in texts.enumerated() {
            let id = UInt32(index + 1)
            try apply([.fund(fund(id, text)), .authorisation(authorisation(id, text))], to: model)
            try apply([.redemption(redemption(id, order: text))], to: model)
        }
        let documents = try model.funds(zhucheng).map { Array($0.document.utf8) }
        try demand(documents, is: texts.map { Array($0.utf8) }, "the documents' bytes")
        for (index, text) in texts.enumerated() {
            let id = UInt32(index + 1)
            try demand(
                model.authorisation(outlet: OutletID(1), order: text, zhucheng)?.row.id,
                is: AuthorisationID(id),
                "the authorisation of \(text)")
            try demand(
                model.redemption(merchant: MerchantID(1), order: text, zhucheng)?.row.id,
                is: RedemptionID(id),
                "the redemption of \(text)")
        }
    }
}
