/// A broken invariant of the book (DESIGN §3), for whoever has to find out why.
package struct InvariantViolation: Error, Equatable, Sendable, CustomStringConvertible {
    /// The number of the invariant in DESIGN §3.
    package var invariant: Int
    package var description: String
}

extension LedgerState {
    /// Checks invariant 1 for every fund from the running totals; cheap enough for every commit.
    package func checkTotals() throws(InvariantViolation) {
        for (id, fund) in funds.enumerated {
            guard fund.treasury == fund.balance + fund.totals.sum else {
                throw InvariantViolation(
                    invariant: 1,
                    description: "fund \(id.rawValue): treasury \(fund.treasury.yuan) is not the sum")
            }
        }
    }

    /// Checks every invariant that the state alone can show, from every account.
    package func checkInvariants() throws(InvariantViolation) {
        try checkTotals()
        var totals = [FundTotals](repeating: FundTotals(), count: funds.count)
        func add(
            _ path: WritableKeyPath<FundTotals, Amount>, _ fund: FundID, _ amount: Amount, _ what: String
        ) throws(InvariantViolation) {
            totals[Int(fund.rawValue) - 1][keyPath: path] += amount
            if amount < .zero && path != \.payable {
                throw InvariantViolation(invariant: 2, description: "\(what) is \(amount.yuan)")
            }
            if path == \.payable && amount < .zero { totals[Int(fund.rawValue) - 1].clawBack -= amount }
        }
        for (id, fund) in funds.enumerated {
            if fund.treasury < .zero || fund.balance < .zero {
                throw InvariantViolation(invariant: 2, description: "fund \(id.rawValue) is below zero")
            }
            for (ledger, amount) in fund.remitted { try add(\.remitted, id, amount, "remitted to \(ledger)") }
        }
        for (id, programme) in programmes.enumerated {
            for entry in programme.balances.entries {
                try add(\.programme, entry.fund, entry.amount, "programme \(id.rawValue)")
            }
        }
        for (id, batch) in batches.enumerated {
            for slot in 0..<batch.funds.count {
                try add(\.batch, batch.funds[slot], batch.balance[slot], "batch \(id.rawValue)")
            }
        }
        for (id, voucher) in vouchers.enumerated {
            let funds = batches[voucher.batch].funds
            for slot in 0..<funds.count {
                try add(\.voucher, funds[slot], voucher.balance[slot], "voucher \(id.rawValue)")
                if voucher.balance[slot] > voucher.granted[slot] {
                    throw InvariantViolation(
                        invariant: 3, description: "voucher \(id.rawValue) holds more than it was given")
                }
            }
            if available(id, at: lastInstant) < .zero {
                throw InvariantViolation(
                    invariant: 4, description: "voucher \(id.rawValue): available is below zero")
            }
        }
        for (id, payee) in payees.enumerated {
            for entry in payee.balances.entries {
                try add(\.payable, entry.fund, entry.amount, "payee \(id.rawValue)")
                let unsettled = payee.merchants.reduce(Amount.zero) {
                    $0 + (self.unsettled[MerchantFund($1, entry.fund)]?.total ?? .zero)
                }
                if unsettled != entry.amount {
                    throw InvariantViolation(
                        invariant: 1,
                        description:
                            "payee \(id.rawValue): unsettled \(unsettled.yuan), owed \(entry.amount.yuan)")
                }
            }
        }
        try checkPoints()
        try checkPromises()
        for (id, settlement) in settlements.enumerated {
            for entry in settlement.balances.entries {
                try add(\.clearing, entry.fund, entry.amount, "settlement \(id.rawValue)")
            }
        }
        for (id, fund) in funds.enumerated where fund.totals != totals[Int(id.rawValue) - 1] {
            throw InvariantViolation(
                invariant: 1, description: "fund \(id.rawValue): a running total differs from its accounts")
        }
    }

    /// A programme's points are those that people have.
    private func checkPoints() throws(InvariantViolation) {
        var issued: [ProgrammeID: Amount] = [:]
        for (id, account) in points {
            issued[people[id].programme, default: .zero] += account.balance
            let sum = account.lots.reduce(Amount.zero) { $0 + $1.amount }
            if account.balance < .zero || sum != account.balance {
                throw InvariantViolation(
                    invariant: 2,
                    description: "points of person \(id.rawValue): \(account.balance.fen), lots \(sum.fen)")
            }
        }
        for (id, amount) in pointsIssued where amount != issued[id] ?? .zero {
            throw InvariantViolation(
                invariant: 1, description: "points of programme \(id.rawValue): \(amount.fen) is not the sum")
        }
    }

    /// No programme has promised more to sessions than it has.
    private func checkPromises() throws(InvariantViolation) {
        for (id, programme) in programmes.enumerated {
            for entry in programme.promised.entries
            where entry.amount < .zero || entry.amount > programme.balances[entry.fund] {
                throw InvariantViolation(
                    invariant: 2, description: "programme \(id.rawValue) promised more than it has")
            }
        }
    }
}
