extension ReconciliationResult {
    /// The whole result as bytes for a caller to hash: the same inputs give the same bytes, on any system.
    ///
    /// UTF-8 lines that end in LF, with fields divided by TAB:
    ///
    ///     wenhui-reconciliation  1
    ///     ledger       name  count  amount  succeeded amount
    ///     statement    name  count  amount  succeeded amount
    ///     matched            count  amount  succeeded amount
    ///     discrepancy  kind  reference  (of the ledger, then of the statement:) line  amount  day  outcome
    ///     end          number of discrepancies
    ///
    /// Amounts are fen, days count from 1970-01-01, and a side that is not concerned has four fields `-`.
    /// In names and references `\`, TAB, LF and CR are written `\\`, `\t`, `\n` and `\r`.
    package var canonicalBytes: [UInt8] {
        var text = CanonicalText()
        text.append(line: ["wenhui-reconciliation", "1"])
        text.append(line: ["ledger", ledgerName] + ledger.canonicalFields)
        text.append(line: ["statement", statementName] + statement.canonicalFields)
        text.append(line: ["matched"] + matched.canonicalFields)
        for discrepancy in discrepancies {
            text.append(line: discrepancy.canonicalFields)
        }
        text.append(line: ["end", String(discrepancies.count)])
        return text.bytes
    }
}

extension LineTotal {
    fileprivate var canonicalFields: [String] {
        [String(count), String(amount), String(succeededAmount)]
    }
}

extension Discrepancy {
    fileprivate var canonicalFields: [String] {
        ["discrepancy", kind.rawValue, reference] + fields(of: ledger) + fields(of: statement)
    }

    private func fields(of line: StatementLine?) -> [String] {
        guard let line else { return ["-", "-", "-", "-"] }
        return [String(line.line), String(line.amount), String(line.day), line.outcome.rawValue]
    }
}
