import LedgerDomain
import LedgerStorage

extension StorageConformance {
    /// That the core's own events lead to the same answers in every engine, and to those of the state.
    static var readModelSeasons: [ConformanceCheck<any ReadModel>] {
        [
            ConformanceCheck("A season by the book shows as it does in memory, in groups of any size.") {
                open in
                let season = try Season.scripted(zhucheng)
                for size in [1, 7, 64, season.events.count] {
                    try follow(season, by: size, open, comparing: size == 7 ? 1 : .max)
                }
            },
            ConformanceCheck("Random seasons show as they do in memory.") { open in
                for seed: UInt64 in 1...3 {
                    let season = try Season.random(zhucheng, seed: seed, count: 800)
                    try follow(season, by: 37, open, comparing: 10)
                }
            },
        ]
    }

    /// Applies a season in groups of `size` events to the engine and to memory, and compares what they
    /// answer after every `interval` groups and in the end.
    private static func follow(
        _ season: Season, by size: Int, _ open: Opening<any ReadModel>, comparing interval: Int
    ) throws {
        let (model, memory) = (try open(), MemoryReadModel())
        try model.reset()
        for (group, from) in stride(from: 0, to: season.events.count, by: size).enumerated() {
            let upTo = min(from + size, season.events.count)
            let changes = season.changes(from..<upTo)
            for model in [model, memory] as [any ReadModel] {
                let moved = try model.apply(changes, to: zhucheng, from: UInt64(from), upTo: UInt64(upTo))
                try demand(moved, is: true, "whether events \(from)..<\(upTo) were applied")
            }
            guard group % interval == interval - 1 || upTo == season.events.count else { continue }
            let difference = try ReadModelAnswers(of: model, zhucheng)
                .difference(from: ReadModelAnswers(of: memory, zhucheng))
            try demand(difference, is: nil, "answers after \(upTo) events in groups of \(size)")
        }
        try agree(model, with: season.state)
    }

    /// Checks that the read model's books are the state's.
    private static func agree(_ model: any ReadModel, with state: LedgerState) throws {
        try state.checkInvariants()
        try demand(model.ledger(zhucheng), is: state.profile, "the ledger")
        try demand(model.totals(zhucheng).vouchers, is: state.vouchers.count, "the number of vouchers")
        try demand(
            model.totals(zhucheng).redemptions, is: state.redemptions.count, "the number of redemptions")
        for kind in Account.Kind.allCases {
            for found in try model.accounts(kind, zhucheng) {
                let (account, fund) = (found.account, found.fund)
                try demand(found.amount, is: state.balance(of: account, fund), "\(account) of fund \(fund)")
            }
        }
        let rows = try model.trialBalance(zhucheng)
        let position = try model.position(of: zhucheng)
        try demand(
            model.trialBalance(afterEvents: position, zhucheng).filter { $0.amount != .zero },
            is: rows.filter { $0.amount != .zero }, "the trial balance from the postings")
        try demand(
            model.programmeBalances(afterEvents: position, zhucheng),
            is: held(model, state), "what programmes hold, from the postings")
        for (id, fund) in state.funds.enumerated {
            func sum(_ kind: Account.Kind) -> Amount {
                rows.first { $0.fund == id && $0.kind == kind }?.amount ?? .zero
            }
            let totals = fund.totals
            try demand(
                Account.Kind.allCases.map(sum),
                is: [
                    fund.treasury, fund.balance, totals.remitted, totals.programme, totals.batch,
                    totals.voucher,
                    // Points belong to no fund.
                    totals.payable, totals.clearing, .zero, .zero,
                ], "the trial balance of fund \(id.rawValue)")
        }
        for (id, voucher) in state.vouchers.enumerated {
            try demand(model.voucher(id, zhucheng)?.status, is: voucher.status, "voucher \(id.rawValue)")
        }
    }

    /// What programmes hold by the accounts, in the order of funds and programmes.
    private static func held(
        _ model: any ReadModel, _ state: LedgerState
    ) throws(StorageError) -> [ProgrammeBalance] {
        var sums: [[UInt32]: Amount] = [:]
        for kind in [Account.Kind.programme, .batch, .voucher] {
            for found in try model.accounts(kind, zhucheng) {
                let programme =
                    switch found.account {
                    case .batch(let id): state.batches[id].programme
                    case .voucher(let id): state.batches[state.vouchers[id].batch].programme
                    default: ProgrammeID(found.account.owner)
                    }
                let key = [found.fund.rawValue, programme.rawValue, UInt32(kind.rawValue)]
                sums[key, default: .zero] += found.amount
            }
        }
        return sums.filter { $0.value != .zero }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .compactMap {
                key, amount in
                Account.Kind(rawValue: UInt8(key[2])).map {
                    ProgrammeBalance(
                        fund: FundID(key[0]), programme: ProgrammeID(key[1]), kind: $0, amount: amount)
                }
            }
    }
}
