import Dispatch
import LedgerDomain
package import LedgerStorage
import Synchronization

extension StorageConformance {
    /// Every promise of ``ReadModel``.
    package static var readModel: [ConformanceCheck<any ReadModel>] {
        [
            ConformanceCheck("A new read model knows nothing.", newModelKnowsNothing),
            ConformanceCheck("Changes are applied at the position they are meant for only.", handshake),
            ConformanceCheck(
                "Of several processes one applies, and each change is there once.", racingProjectors),
            ConformanceCheck("The ledgers of a read model know nothing of each other.", modelLedgersApart),
            ConformanceCheck("A read model that is opened again has kept everything.", modelReopening),
            ConformanceCheck("A reset forgets every ledger, and all can be applied again.", resetting),
            ConformanceCheck("While one process resets, others can ask and apply.", resettingUnderWay),
        ] + readModelRows + readModelTripwires + readModelSeasons
    }

    /// Applies changes as events of their own from wherever the ledger is.
    static func apply(
        _ changes: [ReadModelChange], to model: any ReadModel, _ ledger: LedgerCode = zhucheng
    ) throws {
        let from = try model.position(of: ledger)
        let moved = try model.apply(
            changes, to: ledger, from: from, upTo: from + UInt64(max(changes.count, 1)))
        try demand(moved, is: true, "whether changes at position \(from) were applied")
    }

    private static func newModelKnowsNothing(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        try demand(model.position(of: zhucheng), is: 0, "the position")
        try demand(model.ledger(zhucheng), is: nil, "the ledger")
        try demand(model.totals(zhucheng), is: LedgerTotals(), "the totals")
        try demand(model.trialBalance(zhucheng), is: [], "the trial balance")
        let empty = try ReadModelAnswers(of: MemoryReadModel(), zhucheng)
        try demand(ReadModelAnswers(of: model, zhucheng).difference(from: empty), is: nil, "answers")
    }

    private static func handshake(_ open: Opening<any ReadModel>) throws {
        let (model, other) = (try open(), try open())
        let first = [ReadModelChange.fund(fund(1))]
        try demand(
            model.apply(first, to: zhucheng, from: 0, upTo: 3), is: true, "an apply from the beginning")
        try demand(other.position(of: zhucheng), is: 3, "the position after it")
        for from: UInt64 in [0, 1, 2, 4, 9] {
            let late = [ReadModelChange.fund(fund(2))]
            try demand(
                other.apply(late, to: zhucheng, from: from, upTo: from + 1), is: false,
                "an apply from \(from)")
        }
        try demand(other.apply(first, to: zhucheng, from: 0, upTo: 3), is: false, "the same apply again")
        try demand(model.position(of: zhucheng), is: 3, "the position after what was not applied")
        try demand(model.funds(zhucheng), is: [fund(1)], "the funds after what was not applied")
        try demand(other.apply([], to: zhucheng, from: 3, upTo: 8), is: true, "an apply without changes")
        try demand(model.position(of: zhucheng), is: 8, "the position after it")
    }

    private static func racingProjectors(_ open: Opening<any ReadModel>) throws {
        let models = try (0..<3).map { _ in try open() }
        let events: UInt64 = 40
        let failures = Mutex<[String]>([])
        let applied = Mutex<[UInt64]>([])
        DispatchQueue.concurrentPerform(iterations: models.count) { index in
            do {
                while case let from = try models[index].position(of: zhucheng), from < events {
                    let changes = [ReadModelChange.fund(fund(UInt32(from + 1)))]
                    let mine = try models[index].apply(changes, to: zhucheng, from: from, upTo: from + 1)
                    if mine { applied.withLock { $0.append(from) } }
                    let funds = try models[index].funds(zhucheng).count
                    try demand(funds >= Int(from), "\(funds) funds at a position past \(from)")
                }
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        try demand(failures.withLock { $0 }, is: [], "failures")
        try demand(applied.withLock { $0 }.sorted(), is: Array(0..<events), "the positions that were applied")
        try demand(models[0].funds(zhucheng).count, is: Int(events), "the number of funds")
    }

    private static func modelLedgersApart(_ open: Opening<any ReadModel>) throws {
        let model = try open()
        for (ledger, name) in [(zhucheng, "诸城"), (gaomi, "高密")] {
            let profile = LedgerProfile(code: ledger, name: name, practice: ledger == gaomi)
            let changes: [ReadModelChange] = [
                .ledger(profile), .fund(fund(1, name)), .voucher(voucher(1)), .merchant(merchant(1, file: 1)),
                .balance(.treasury, FundID(1), yuan(7)),
            ]
            try apply(changes, to: model, ledger)
        }
        try apply(
            [.voucherStatus(VoucherID(1), .used), .importedFile(imported(1, .merchants, event: 9))], to: model
        )
        try demand(model.position(of: zhucheng), is: 7, "the position of one ledger")
        try demand(model.position(of: gaomi), is: 5, "the position of the other")
        try demand(model.ledger(gaomi)?.name, is: "高密", "the other's name")
        try demand(model.funds(gaomi), is: [fund(1, "高密")], "the other's funds")
        try demand(model.voucher(VoucherID(1), gaomi)?.status, is: .usable, "the other's voucher")
        try demand(model.merchants(gaomi), is: [], "the other's merchants: staged")
        try demand(model.merchants(zhucheng).count, is: 1, "the merchants that were imported")
    }

    private static func modelReopening(_ open: Opening<any ReadModel>) throws {
        try apply([.fund(fund(1)), .voucher(voucher(1))], to: open())
        let model = try open()
        try demand(model.position(of: zhucheng), is: 2, "the position")
        try demand(model.funds(zhucheng), is: [fund(1)], "the funds")
        try apply([.fund(fund(2))], to: model)
        try demand(open().funds(zhucheng).count, is: 2, "the number of funds")
    }

    private static func resetting(_ open: Opening<any ReadModel>) throws {
        let (model, other) = (try open(), try open())
        let season = try Season.scripted(zhucheng)
        for ledger in [zhucheng, gaomi] {
            try demand(
                model.apply(season.changes, to: ledger, from: 0, upTo: season.state.size), is: true,
                "a season")
        }
        let before = try ReadModelAnswers(of: model, zhucheng)
        try model.reset()
        let empty = try ReadModelAnswers(of: MemoryReadModel(), zhucheng)
        for ledger in [zhucheng, gaomi] {
            try demand(
                ReadModelAnswers(of: other, ledger).difference(from: empty), is: nil, "answers after a reset")
        }
        try demand(
            other.apply([], to: zhucheng, from: season.state.size, upTo: season.state.size + 1), is: false,
            "an apply by a process that does not know of the reset")
        try demand(
            other.apply(season.changes, to: zhucheng, from: 0, upTo: season.state.size), is: true, "again")
        try demand(
            ReadModelAnswers(of: model, zhucheng).difference(from: before), is: nil, "answers after that")
    }

    private static func resettingUnderWay(_ open: Opening<any ReadModel>) throws {
        let models = try (0..<2).map { _ in try open() }
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 2) { index in
            do {
                for number in 0..<30 {
                    if index == 0 {
                        try models[0].reset()
                        continue
                    }
                    let from = try models[1].position(of: zhucheng)
                    let changes = [ReadModelChange.fund(fund(UInt32(from) + 1))]
                    _ = try models[1].apply(changes, to: zhucheng, from: from, upTo: from + 1)
                    let funds = try models[1].funds(zhucheng).count
                    try demand(funds <= Int(from) + 1, "\(funds) funds in round \(number), after \(from)")
                }
            } catch {
                failures.withLock { $0.append("process \(index): \(error)") }
            }
        }
        try demand(failures.withLock { $0 }, is: [], "failures")
        try demand(
            models[0].funds(zhucheng).count, is: Int(models[1].position(of: zhucheng)), "the number of funds")
    }
}
