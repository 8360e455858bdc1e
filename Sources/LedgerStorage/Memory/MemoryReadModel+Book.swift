package import LedgerDomain

extension MemoryReadModel {
    package func settlements(_ ledger: LedgerCode) throws(StorageError) -> [SettlementView] {
        read(ledger) { $0.settlements.sorted(by: \.row.id) }
    }

    package func settlementLines(
        _ id: SettlementID, _ ledger: LedgerCode
    ) throws(StorageError) -> [SettlementLineView] {
        read(ledger) { $0.settlementLines.sorted(by: \.row.line) { $0.row.settlement == id } }
    }

    package func payouts(
        to payee: PayeeID, _ ledger: LedgerCode
    ) throws(StorageError) -> [PayoutView] {
        read(ledger) { rows in
            let lines = rows.settlementLines.sorted(by: \.row.line) { $0.row.payee == payee }
            let views = lines.compactMap { line in
                rows.settlements.rows[line.row.settlement].map {
                    PayoutView(line: line, through: $0.row.through)
                }
            }
            return views.sorted {
                ($0.line.row.settlement, $0.line.row.line) < ($1.line.row.settlement, $1.line.row.line)
            }
        }
    }

    package func trialBalance(_ ledger: LedgerCode) throws(StorageError) -> [TrialBalanceRow] {
        read(ledger) { rows in
            var sums = KindSums()
            for (key, amount) in rows.accounts.rows { sums[key.fund, key.account.kind] += amount }
            return sums.rows
        }
    }

    package func trialBalance(
        afterEvents count: UInt64, _ ledger: LedgerCode
    ) throws(StorageError) -> [TrialBalanceRow] {
        read(ledger) { rows in
            var sums = KindSums()
            for row in rows.postings.rows.values where row.event < count {
                let posting = row.posting
                for (account, isDebit) in [(posting.debit, true), (posting.credit, false)] {
                    let raises = account.isDebitNormal == isDebit
                    sums[posting.fund, account.kind] += raises ? posting.amount : .zero - posting.amount
                }
            }
            return sums.rows
        }
    }

    package func programmeBalances(
        afterEvents count: UInt64, _ ledger: LedgerCode
    ) throws(StorageError) -> [ProgrammeBalance] {
        read(ledger) { rows in
            func programme(of account: Account) -> ProgrammeID? {
                switch account {
                case .programme(let id): id
                case .batch(let id): rows.batches.rows[id]?.row.programme
                case .voucher(let id):
                    rows.vouchers.rows[id].flatMap { rows.batches.rows[$0.row.batch]?.row.programme }
                default: nil
                }
            }
            var sums: [ProgrammeID: KindSums] = [:]
            for row in rows.postings.rows.values where row.event < count {
                let posting = row.posting
                for (account, amount) in [
                    (posting.debit, .zero - posting.amount), (posting.credit, posting.amount),
                ] {
                    guard let programme = programme(of: account) else { continue }
                    sums[programme, default: KindSums()][posting.fund, account.kind] += amount
                }
            }
            return sums.flatMap { programme, sums in
                sums.rows.filter { $0.amount != .zero }.map {
                    ProgrammeBalance(fund: $0.fund, programme: programme, kind: $0.kind, amount: $0.amount)
                }
            }.sorted {
                ($0.fund, $0.programme, $0.kind.rawValue) < ($1.fund, $1.programme, $1.kind.rawValue)
            }
        }
    }

    package func accounts(
        _ kind: Account.Kind, _ ledger: LedgerCode
    ) throws(StorageError) -> [AccountBalance] {
        read(ledger) { $0.balances { account, amount in account.kind == kind && amount != .zero } }
    }

    package func balances(
        of account: Account, _ ledger: LedgerCode
    ) throws(StorageError) -> [AccountBalance] {
        read(ledger) { $0.balances { found, _ in found == account } }
    }

    package func postings(
        ofEvent event: UInt64, _ ledger: LedgerCode
    ) throws(StorageError) -> [PostingRow] {
        read(ledger) { $0.postings.sorted(by: \.line) { $0.event == event } }
    }

    package func redemptionsByCategory(_ ledger: LedgerCode) throws(StorageError) -> [CategoryTotal] {
        read(ledger) { rows in
            // By the bytes, as SQL groups: two spellings that only look alike are two categories.
            let groups = Dictionary(grouping: rows.redemptions.rows.values) { Array($0.row.category.utf8) }
            let totals = groups.mapValues { $0.categoryTotal }
            return totals.sorted {
                $0.value.subsidy != $1.value.subsidy
                    ? $0.value.subsidy > $1.value.subsidy : $0.key.lexicographicallyPrecedes($1.key)
            }.map(\.value)
        }
    }

    package func refusalsByReason(_ ledger: LedgerCode) throws(StorageError) -> [RefusalTotal] {
        read(ledger) { rows in
            let counts = Dictionary(grouping: rows.refusals.rows.values, by: \.refusal).mapValues(\.count)
            return counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
                .map { RefusalTotal(refusal: $0.key, count: $0.value) }
        }
    }

    package func accessEvents(
        before event: UInt64, limit: Int, _ ledger: LedgerCode
    ) throws(StorageError) -> [AccessRow] {
        read(ledger) { rows in
            Array(
                rows.access.rows.values.filter { $0.event < event }.sorted { $0.event > $1.event }
                    .prefix(limit))
        }
    }

    package func totals(_ ledger: LedgerCode) throws(StorageError) -> LedgerTotals {
        read(ledger) { rows in
            var totals = LedgerTotals()
            for voucher in rows.vouchers.rows.values {
                totals.vouchers += 1
                switch voucher.status {
                case .usable: totals.usable += 1
                case .used: totals.used += 1
                case .lapsed: totals.lapsed += 1
                case .handedBack: totals.handedBack += 1
                case .setOff: totals.setOff += 1
                }
            }
            totals.redemptions = rows.redemptions.rows.count
            totals.refunds = rows.refunds.rows.count
            totals.refusals = rows.refusals.rows.count
            return totals
        }
    }
}

extension MemoryRows {
    /// The accounts that `matches` lets through, by owner and fund.
    fileprivate func balances(where matches: (Account, Amount) -> Bool) -> [AccountBalance] {
        accounts.rows.filter { matches($0.key.account, $0.value) }
            .map { AccountBalance(account: $0.key.account, fund: $0.key.fund, amount: $0.value) }
            .sorted { ($0.account.owner, $0.fund) < ($1.account.owner, $1.fund) }
    }
}

extension [RedemptionView] {
    /// What these redemptions of one category come to.
    fileprivate var categoryTotal: CategoryTotal {
        reduce(
            into: CategoryTotal(
                category: first?.row.category ?? "", count: 0, bill: .zero, subsidy: .zero, refunded: .zero)
        ) { total, redemption in
            total.count += 1
            total.bill += redemption.row.bill
            total.subsidy += redemption.row.subsidy
            total.refunded += redemption.refundedSubsidy
        }
    }
}

/// Sums by fund and kind of account.
private struct KindSums {
    private var sums: [FundID: [Account.Kind: Amount]] = [:]

    subscript(fund: FundID, kind: Account.Kind) -> Amount {
        get { sums[fund]?[kind] ?? .zero }
        set { sums[fund, default: [:]][kind] = newValue }
    }

    var rows: [TrialBalanceRow] {
        sums.sorted { $0.key < $1.key }.flatMap { fund, kinds in
            kinds.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                TrialBalanceRow(fund: fund, kind: $0.key, amount: $0.value)
            }
        }
    }
}
