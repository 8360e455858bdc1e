package import LedgerDomain
import LedgerEngine
import LedgerStorage
package import StatementFormats

extension LedgerService {
    /// Does what an orders file says, row by row in its order; every row has its own key and its own answer.
    ///
    /// Captures, voids and refunds name the earlier row by outlet and order, in this file or in the ledger.
    package func run(
        _ file: OrderFile, _ call: Call, progress: (Int, Int) -> Void = { _, _ in }
    ) async throws(ServiceError) -> BulkSummary {
        var run = OrderRun(service: self, call: call, directory: try directory(for: file))
        for (index, row) in file.rows.enumerated() {
            try await run.add(row)
            if index % 500 == 499 { progress(index + 1, file.rows.count) }
        }
        try await run.flush()
        progress(file.rows.count, file.rows.count)
        return run.summary
    }

    /// Outlets and terminals by what cashiers call them; an unknown one is a fault of the whole file.
    private func directory(for file: OrderFile) throws(ServiceError) -> OutletDirectory {
        let (outlets, terminals) = try state { ($0.outlets, $0.terminals) }
        let directory = OutletDirectory(outlets, terminals)
        var faults: [RowFault] = []
        for row in file.rows {
            if directory.outlets[row.outlet] == nil {
                faults.append(
                    RowFault(row: row.line, field: "outlet", message: "\(row.outlet) is no registered outlet")
                )
            }
            guard let sale = row.sale else { continue }
            if let terminal = sale.terminal, directory.terminals[terminal] == nil {
                faults.append(
                    RowFault(row: row.line, field: "terminal", message: "\(terminal) is no known terminal"))
            }
            guard !LedgerService.isCode(sale.voucher) else { continue }
            do {
                _ = try VoucherID(text: sale.voucher, in: ledger)
            } catch {
                faults.append(
                    RowFault(row: row.line, field: "voucher", message: error.sentence(ledger).english))
            }
        }
        guard faults.isEmpty else { throw .rows(RowFaults(faults)) }
        return directory
    }
}

/// Outlets and terminals by the names that people use for them.
struct OutletDirectory {
    var outlets: [String: OutletID] = [:]
    var merchants: [OutletID: MerchantID] = [:]
    var terminals: [String: TerminalID] = [:]

    /// How many outlets and terminals it was made of.
    let counts: (outlets: Int, terminals: Int)

    init(_ outlets: DenseTable<Outlet>, _ terminals: DenseTable<Terminal>) {
        counts = (outlets.storage.count, terminals.storage.count)
        for (id, outlet) in outlets.enumerated {
            self.outlets[outlet.platformID] = id
            merchants[id] = outlet.merchant
        }
        for (id, terminal) in terminals.enumerated { self.terminals[terminal.serial] = id }
    }
}

extension OrderRow {
    fileprivate var sale: Sale? {
        switch action {
        case .redeem(let sale), .authorise(let sale): sale
        case .capture, .void, .refund: nil
        }
    }
}

/// One file of orders on its way through the ledger, in slices.
private struct OrderRun {
    let service: LedgerService
    let call: Call
    let directory: OutletDirectory
    var summary = BulkSummary()
    private var waiting: [(row: OrderRow, request: CommandRequest)] = []
    /// The sales that waiting rows are about: a row that names one needs their answers first.
    private var waitingSales: Set<Sale> = []
    /// What rows of this file came to, so that later rows find them without asking.
    private var authorised: [Sale: (id: AuthorisationID, bill: Amount)] = [:]
    private var redeemed: [Sale: (id: RedemptionID, bill: Amount)] = [:]

    private struct Sale: Hashable {
        var outlet: OutletID
        var order: String
    }

    init(service: LedgerService, call: Call, directory: OutletDirectory) {
        self.service = service
        self.call = call
        self.directory = directory
    }

    mutating func add(_ row: OrderRow) async throws(ServiceError) {
        guard let outlet = directory.outlets[row.outlet] else { return }
        let sale = Sale(outlet: outlet, order: row.order)
        let command: (any Operation)?
        switch row.action {
        case .redeem(let details), .authorise(let details):
            do {
                command = try sell(details, row, at: outlet)
            } catch {
                guard let reason = error.tokenReason else { throw error }
                summary.skipped.append((row.line, reason))
                return
            }
        case .capture(let bill):
            command = try await authorisation(sale).map { target in
                Capture.with {
                    $0.authorisation = target.id
                    $0.bill = bill ?? target.bill
                    $0.order = row.order
                }
            }
        case .void:
            command = try await authorisation(sale).map { target in
                VoidAuthorisation.with { $0.authorisation = target.id }
            }
        case .refund(let bill):
            command = try await redemption(sale).map { target in
                Refund.with {
                    $0.redemption = target.id
                    $0.bill = bill ?? target.bill
                }
            }
        }
        guard let command else {
            summary.skipped.append((row.line, "no earlier row or redemption has this outlet and order"))
            return
        }
        waiting.append(
            (
                row,
                service.request(
                    command, Call(call.principal, key: row.key, at: row.time ?? call.instant))
            ))
        waitingSales.insert(sale)
        if waiting.count >= 500 { try await flush() }
    }

    /// Gives what waits to the ledger, in one commit.
    mutating func flush() async throws(ServiceError) {
        let slice = waiting
        waiting = []
        waitingSales = []
        guard !slice.isEmpty else { return }
        let replies = await service.performAll(slice.map(\.request))
        for ((row, _), reply) in zip(slice, replies) {
            try summary.add(reply, line: row.line)
            guard let outlet = directory.outlets[row.outlet], case .success(let answer) = reply else {
                continue
            }
            let sale = Sale(outlet: outlet, order: row.order)
            if let accepted = answer.accepted(Authorise.self), let bill = row.sale?.bill {
                authorised[sale] = (accepted.authorisation, bill)
            }
            let terms =
                answer.accepted(Redeem.self) ?? answer.accepted(RedeemOffline.self)?.terms
            if let terms, let bill = row.sale?.bill {
                redeemed[sale] = (terms.redemption, bill)
            }
            if let accepted = answer.accepted(Capture.self) {
                redeemed[sale] = (accepted.terms.redemption, accepted.capturedBill(answer))
            }
        }
    }

    /// The command for a row that brings a voucher.
    private func sell(
        _ details: OrderRow.Sale, _ row: OrderRow, at outlet: OutletID
    ) throws(ServiceError) -> any Operation {
        let rowCall = Call(call.principal, key: row.key, at: row.time ?? call.instant)
        let shown = try service.shown(
            details.voucher, rowCall, at: rowCall.instant ?? service.now)
        let sale = CashierSale(
            outlet: outlet, terminal: details.terminal.flatMap { directory.terminals[$0] } ?? .none,
            bill: details.bill, channel: details.channel, order: row.order, details: nil)
        if case .redeem = row.action { return try service.command(shown, sale, rowCall) }
        return try service.authorisation(shown, sale)
    }

    private mutating func authorisation(
        _ sale: Sale
    ) async throws(ServiceError) -> (id: AuthorisationID, bill: Amount)? {
        if waitingSales.contains(sale) { try await flush() }
        if let known = authorised[sale] { return known }
        return try service.query { (model) throws(StorageError) in
            try model.authorisation(outlet: sale.outlet, order: sale.order, service.ledger)
        }.map { ($0.row.id, $0.row.bill) }
    }

    private mutating func redemption(
        _ sale: Sale
    ) async throws(ServiceError) -> (id: RedemptionID, bill: Amount)? {
        if waitingSales.contains(sale) { try await flush() }
        if let known = redeemed[sale] { return known }
        guard let merchant = directory.merchants[sale.outlet] else { return nil }
        return try service.query { (model) throws(StorageError) in
            try model.redemption(merchant: merchant, order: sale.order, service.ledger)
        }.map { ($0.row.id, $0.row.bill - $0.refundedBill) }
    }
}

extension Capture.Accepted {
    /// The final bill, which the command carries.
    fileprivate func capturedBill(_ answer: Answer) -> Amount {
        (answer.event.record.command as? Capture)?.bill ?? .zero
    }
}

extension LedgerService {
    /// A voucher as people write it.
    package func voucher(_ text: String) throws(ServiceError) -> VoucherID { try identifier(text) }

    /// Reads a printed identifier of this ledger, or a bare number.
    package func identifier<Entity: Numbered>(_ text: String) throws(ServiceError) -> Identifier<Entity> {
        do {
            return try Identifier(text: text, in: ledger)
        } catch {
            throw .invalid("\(text): \(error.sentence(ledger).english)")
        }
    }
}

extension IdentifierTextError {
    /// What a person should do about it.
    package func sentence(_ ledger: LedgerCode) -> Sentence {
        switch self {
        case .malformed(let expected):
            Sentence("编号应形如 \(expected)", "the number should look like \(expected)")
        case .wrongKind(let expected, let found):
            Sentence("编号以 \(found) 开头，此处应为 \(expected)", "it begins with \(found) where \(expected) belongs")
        case .wrongLedger(let expected):
            Sentence("编号属于别的账簿，本账簿为 \(expected)", "it is of another ledger; this one is \(expected)")
        case .checkDigit:
            Sentence("校验位不符，请核对数字", "its check digit does not fit: a digit was mistyped")
        }
    }
}
