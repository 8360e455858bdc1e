import LedgerDomain
import LedgerStorage

extension StorageConformance {
    /// That what cannot be is refused, and refused whole.
    static var readModelTripwires: [ConformanceCheck<any ReadModel>] {
        tripwires.map { name, change in
            ConformanceCheck("Tripwire: \(name).") { open in try tripped(try open(), by: change) }
        }
    }

    /// What is there before the wire is tripped: one row of everything.
    private static var grounds: [ReadModelChange] {
        [
            .fund(fund(1)), .plan(plan(1, [PlanLine(ledger: gaomi, amount: yuan(1))])),
            .remittance(remittance(1, incoming: true)), .programme(programme(1)), .batch(batch(1)),
            .merchant(merchant(1, file: 1)), .importedFile(imported(1, .merchants, event: 2)),
            .voucher(voucher(1)), .authorisation(authorisation(1)), .redemption(redemption(1)),
            .refund(refund(3)), .settlement(settlement(1)), .settlementLine(line(1)), .refusal(refusal(4)),
            .access(access(6)),
            .posting(posting(5, 0)), .balance(.treasury, FundID(1), yuan(9)),
        ]
    }

    private static func tripped(_ model: any ReadModel, by change: ReadModelChange) throws {
        try apply(grounds, to: model)
        let before = try ReadModelAnswers(of: model, zhucheng)
        let position = try model.position(of: zhucheng)
        // Good changes of every kind around the bad one: none of them stays.
        let around: [ReadModelChange] = [
            .ledger(LedgerProfile(code: zhucheng, name: "诸城", practice: false)), .fund(fund(90)),
            .merchantStatus(MerchantID(1), .suspended), .voucher(voucher(2)),
            .voucherStatus(VoucherID(1), .used), .balance(.treasury, FundID(1), yuan(1)),
            .settlementStatus(SettlementID(1), .sealed, approvedBy: nil),
            .refund(refund(91, bill: Amount(fen: 1), subsidy: .zero)), .posting(posting(91, 0)),
        ]
        try demand("the apply", fails: \.isConstraint) { () throws(StorageError) in
            _ = try model.apply(
                around + [change, .fund(fund(92))], to: zhucheng, from: position, upTo: position + 20)
        }
        try demand(
            ReadModelAnswers(of: model, zhucheng).difference(from: before), is: nil,
            "answers before and after")
        try demand(
            model.apply(around, to: zhucheng, from: position, upTo: position + 9), is: true,
            "the good changes alone")
    }

    private static var tripwires: [(String, ReadModelChange)] { uniqueKeys + amounts + approvals }

    private static var uniqueKeys: [(String, ReadModelChange)] {
        [
            ("a fund is there once", .fund(fund(1))),
            ("a plan is there once", .plan(plan(1, []))),
            ("an event remits once", .remittance(remittance(1, incoming: false))),
            ("a programme is there once", .programme(programme(1))),
            ("a batch is there once", .batch(batch(1))),
            ("a file is imported once", .importedFile(imported(1, .outlets, event: 8))),
            ("a voucher is there once", .voucher(voucher(1))),
            ("an authorisation is there once", .authorisation(authorisation(1))),
            ("a redemption is there once", .redemption(redemption(1))),
            ("an event refunds once", .refund(refund(3, bill: Amount(fen: 1), subsidy: .zero))),
            ("a settlement is there once", .settlement(settlement(1))),
            ("a settlement's line is there once", .settlementLine(line(1))),
            ("an event is refused once", .refusal(refusal(4))),
            ("an event is at the door once", .access(access(6))),
            ("an event's posting is there once", .posting(posting(5, 0))),
            (
                "a plan names a ledger once",
                .plan(plan(2, [gaomi, gaomi].map { PlanLine(ledger: $0, amount: yuan(1)) }))
            ),
        ]
    }

    private static var amounts: [(String, ReadModelChange)] {
        let (fen, below) = (Amount(fen: 1), Amount(fen: -1))
        let balances: [(String, ReadModelChange)] = [
            Account.treasury, .fund, .remitted(gaomi), .programme(ProgrammeID(1)), .batch(BatchID(1)),
            .voucher(VoucherID(1)), .clearing(SettlementID(1)),
        ].map { ("no \($0.kind) below zero", .balance($0, FundID(2), below)) }
        return balances + [
            ("a plan's line is positive", .plan(plan(2, [PlanLine(ledger: gaomi, amount: .zero)]))),
            ("a remittance is positive", .remittance(remittance(9, incoming: true, .zero))),
            ("a batch has a face", .batch(batch(2, face: .zero))),
            ("a batch has a quota", .batch(batch(2, quota: 0))),
            ("a voucher has a face", .voucher(voucher(3, face: .zero))),
            ("an authorisation holds something", .authorisation(authorisation(2, held: .zero))),
            ("a subsidy is positive", .redemption(redemption(2, subsidy: .zero))),
            (
                "a subsidy is within its bill",
                .redemption(redemption(2, bill: yuan(30), subsidy: yuan(30) + fen))
            ),
            ("a refund has a bill", .refund(refund(9, bill: .zero, subsidy: .zero))),
            ("a refund takes no subsidy", .refund(refund(9, bill: fen, subsidy: below))),
            ("refunds are within the bill", .refund(refund(9, bill: yuan(60) + fen, subsidy: .zero))),
            ("refunds are within the subsidy", .refund(refund(9, bill: fen, subsidy: yuan(18) + fen))),
            ("a settlement's line is positive", .settlementLine(line(2, .zero))),
            ("a posting is positive", .posting(posting(6, 0, .zero))),
        ]
    }

    private static var approvals: [(String, ReadModelChange)] {
        let maker = principal("maker")
        return [
            ("a plan's maker does not approve it", .planApproved(PlanID(1), by: maker)),
            (
                "a programme's maker does not approve it",
                .programmeStatus(ProgrammeID(1), .approved, approvedBy: maker)
            ),
            ("a batch's maker does not approve it", .batchStatus(BatchID(1), .open, approvedBy: maker)),
            (
                "a settlement's maker does not approve it",
                .settlementStatus(SettlementID(1), .approved, approvedBy: maker)
            ),
        ]
    }
}
