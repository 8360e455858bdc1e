import Cryptography
import LedgerDomain
import LedgerStorage

extension StorageConformance {
    /// That every change shows where it is asked for.
    static var readModelRows: [ConformanceCheck<any ReadModel>] {
        [
            ConformanceCheck("Ledger, funds and plans show what was applied.", fundsShow),
            ConformanceCheck("Remittances show what was sent, received and undone.", remittancesShow),
            ConformanceCheck("Programmes and batches show their states and who approved.", programmesShow),
            ConformanceCheck(
                "Staged registry rows are invisible until their file is imported.", stagedInvisible),
            ConformanceCheck("Another file takes the place of one that stayed staged.", supersededStaging),
            ConformanceCheck("Vouchers show by number and by pseudonym.", vouchersShow),
            ConformanceCheck("Authorisations show by number and by sale, the last one.", authorisationsShow),
            ConformanceCheck(
                "Redemptions show by number, voucher, sale and day, page by page.", redemptionsShow),
            ConformanceCheck("Refunds add up on their redemption.", refundsShow),
            ConformanceCheck("Settlements show their lines, states and notes.", settlementsShow),
            ConformanceCheck("Refusals, postings and categories are counted and ordered.", reportsShow),
            ConformanceCheck("The balance stated last is the account's.", balancesShow),
            ConformanceCheck("Any text comes back as it was, and only its own bytes find it.", textsComeBack),
        ]
    }

    private static func fundsShow(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        let profile = LedgerProfile(code: zhucheng, name: "潍坊市诸城市", practice: true)
        var county = fund(1, "诸财预〔2018〕3号")
        (county.level, county.matching, county.fiscalYear) = (.county, false, 2019)
        let lines = [
            PlanLine(ledger: gaomi, amount: yuan(2)), PlanLine(ledger: LedgerCode(370_102), amount: yuan(1)),
        ]
        try apply(
            [.ledger(profile), .setting(.settlementMinimum, 100), .fund(fund(2)), .fund(county)], to: model)
        try apply([.plan(plan(2, lines)), .plan(plan(1, [])), .setting(.settlementMinimum, 200)], to: model)
        try apply([.planApproved(PlanID(2), by: principal("checker"))], to: model)
        try demand(model.ledger(zhucheng), is: profile, "the ledger")
        try demand(model.funds(zhucheng), is: [county, fund(2)], "the funds")
        // A plan's lines are a set: they come back by ledger.
        let expected = [
            PlanView(row: plan(1, []), approvedBy: nil),
            PlanView(row: plan(2, lines.reversed()), approvedBy: principal("checker")),
        ]
        try demand(model.plans(zhucheng), is: expected, "the plans")
        let renamed = LedgerProfile(code: zhucheng, name: "诸城", practice: false, algorithms: .guomi)
        try apply([.ledger(renamed)], to: model)
        try demand(model.ledger(zhucheng), is: renamed, "the ledger after another profile")
    }

    private static func remittancesShow(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        try apply(
            [.remittance(remittance(7, incoming: true)), .remittance(remittance(3, incoming: false))],
            to: model)
        try apply([.remittanceUndone(event: 7), .remittanceUndone(event: 99)], to: model)
        let expected = [
            RemittanceView(row: remittance(3, incoming: false), undone: false),
            RemittanceView(row: remittance(7, incoming: true), undone: true),
        ]
        try demand(model.remittances(zhucheng), is: expected, "the remittances")
    }

    private static func programmesShow(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        let checker = principal("checker")
        try apply(
            [.programme(programme(1)), .programme(programme(2)), .batch(batch(1)), .batch(batch(2))],
            to: model)
        try apply([.programmeStatus(ProgrammeID(1), .approved, approvedBy: checker)], to: model)
        try apply([.batchStatus(BatchID(1), .open, approvedBy: checker)], to: model)
        try demand(
            model.programmes(zhucheng).map(\.status), is: [.approved, .submitted], "the programmes' states")
        try demand(model.batches(zhucheng).map(\.status), is: [.open, .proposed], "the batches' states")
        try apply([.programmeStatus(ProgrammeID(1), .paused, approvedBy: nil)], to: model)
        try apply([.batchStatus(BatchID(1), .closed, approvedBy: nil)], to: model)
        let programmes = [
            ProgrammeView(row: programme(1), status: .paused, approvedBy: checker),
            ProgrammeView(row: programme(2), status: .submitted, approvedBy: nil),
        ]
        let batches = [
            BatchView(row: batch(1), status: .closed, approvedBy: checker),
            BatchView(row: batch(2), status: .proposed, approvedBy: nil),
        ]
        try demand(model.programmes(zhucheng), is: programmes, "the programmes")
        try demand(model.batches(zhucheng), is: batches, "the batches")
    }

    private static func stagedInvisible(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        let second = merchant(2, file: 1, "91370782MA3C00002W")
        try apply(
            [.merchant(second), .merchant(merchant(1, file: 1)), .outlet(outlet(1, file: 2))], to: model)
        try apply([.terminal(terminal(1, file: 3))], to: model)
        try demand(model.merchants(zhucheng), is: [], "merchants that are staged")
        try demand(model.outlets(zhucheng), is: [], "outlets that are staged")
        try demand(model.terminals(zhucheng), is: [], "terminals that are staged")
        let imports = [
            imported(1, .merchants, event: 5), imported(2, .outlets, event: 4),
            imported(4, .residents, event: 6),
        ]
        try apply(imports.map { .importedFile($0) }, to: model)
        try apply([.merchantStatus(MerchantID(2), .blacklisted)], to: model)
        let merchants = [
            MerchantView(row: merchant(1, file: 1), status: .active),
            MerchantView(row: second, status: .blacklisted),
        ]
        try demand(model.merchants(zhucheng), is: merchants, "merchants that are imported")
        try demand(model.outlets(zhucheng), is: [outlet(1, file: 2)], "outlets that are imported")
        try demand(model.terminals(zhucheng), is: [], "terminals that are still staged")
        try demand(model.imports(zhucheng), is: [imports[1], imports[0], imports[2]], "imports, by event")
        try apply([.importedFile(imported(3, .terminals, event: 7))], to: model)
        try demand(model.terminals(zhucheng), is: [terminal(1, file: 3)], "terminals that are imported")
    }

    private static func supersededStaging(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        for id: UInt32 in 1...2 {
            try apply(
                [
                    .merchant(merchant(id, file: 1, "old")), .outlet(outlet(id, file: 2, "old")),
                    .terminal(terminal(id, file: 3, "old")),
                ], to: model)
        }
        try apply(
            [
                .merchant(merchant(1, file: 11, "new")), .outlet(outlet(1, file: 12, "new")),
                .terminal(terminal(1, file: 13, "new")), .importedFile(imported(11, .merchants, event: 7)),
                .importedFile(imported(12, .outlets, event: 8)),
                .importedFile(imported(13, .terminals, event: 9)),
            ], to: model)
        try demand(model.merchants(zhucheng).map(\.row), is: [merchant(1, file: 11, "new")], "the merchants")
        try demand(model.outlets(zhucheng), is: [outlet(1, file: 12, "new")], "the outlets")
        try demand(model.terminals(zhucheng), is: [terminal(1, file: 13, "new")], "the terminals")
        try apply(
            [.merchant(merchant(2, file: 21, "third")), .importedFile(imported(21, .merchants, event: 20))],
            to: model)
        try demand(model.merchants(zhucheng).map(\.row.creditCode), is: ["new", "third"], "credit codes")
    }

    private static func vouchersShow(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        let rows = [voucher(1, of: 5), voucher(2, of: .max), voucher(3, of: 5), voucher(4, of: 1 << 63)]
        try apply(rows.reversed().map { .voucher($0) }, to: model)
        try apply(
            [.voucherStatus(VoucherID(1), .lapsed), .voucherStatus(VoucherID(2), .handedBack)]
                + [.voucherStatus(VoucherID(3), .used), .voucherStatus(VoucherID(99), .used)], to: model)
        let views = zip(rows, [Voucher.Status.lapsed, .handedBack, .used, .usable])
            .map { VoucherView(row: $0, status: $1) }
        for view in views { try demand(model.voucher(view.row.id, zhucheng), is: view, "a voucher") }
        try demand(
            model.vouchers(of: Pseudonym(5), zhucheng), is: [views[0], views[2]], "vouchers of a person")
        try demand(
            model.vouchers(of: Pseudonym(.max), zhucheng), is: [views[1]], "vouchers of the last pseudonym")
        try demand(
            model.vouchers(of: Pseudonym(1 << 63), zhucheng), is: [views[3]], "vouchers of a middle one")
        var totals = LedgerTotals()
        (totals.vouchers, totals.usable, totals.used, totals.lapsed, totals.handedBack) = (4, 1, 1, 1, 1)
        try demand(model.totals(zhucheng), is: totals, "the totals")
    }

    private static func authorisationsShow(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        try apply([1, 2, 3].map { .authorisation(authorisation($0, $0 == 3 ? "B-1" : "A-1")) }, to: model)
        try apply(
            [
                .authorisationStatus(AuthorisationID(1), .voided),
                .authorisationStatus(AuthorisationID(3), .captured),
            ], to: model)
        let statuses = try (1...3).map { try model.authorisation(AuthorisationID($0), zhucheng)?.status }
        try demand(statuses, is: [.voided, .open, .captured], "the states")
        let last = AuthorisationView(row: authorisation(2), status: .open)
        try demand(
            model.authorisation(outlet: OutletID(1), order: "A-1", zhucheng), is: last,
            "the last one for a sale")
        try demand(
            model.authorisation(outlet: OutletID(2), order: "A-1", zhucheng), is: nil, "at another outlet")
    }
}
