extension ReconciliationResult {
    /// The whole result as bytes for a caller to hash: the same inputs give the same bytes, on any system.
    ///
    /// UTF-8 lines that end in LF, with fields divided by TAB:
    ///
    ///     wenhui-reconciliation  2
    ///     rules        tolerance  days or no-days  steps in their order …
    ///     ledger       name  count  amount  succeeded amount
    ///     statement    name  count  amount  succeeded amount
    ///     matched            count  amount  succeeded amount
    ///     link         step  (of the ledger, then of the statement:) lines by comma  amounts by comma
    ///     discrepancy  kind  reference  (of the ledger, then of the statement:) line  amount  day  kind  outcome
    ///     end          number of discrepancies
    ///
    /// Amounts are fen, days count from 1970-01-01, and a side that is not concerned has five fields `-`.
    /// In names and references `\`, TAB, LF and CR are written `\\`, `\t`, `\n` and `\r`.
    package var canonicalBytes: [UInt8] {
        var text = CanonicalText()
        text.append(line: ["wenhui-reconciliation", "2"])
        text.append(line: ["rules"] + rules.canonicalFields)
        text.append(line: ["ledger", ledgerName] + ledger.canonicalFields)
        text.append(line: ["statement", statementName] + statement.canonicalFields)
        text.append(line: ["matched"] + matched.canonicalFields)
        for link in links { text.append(line: link.canonicalFields) }
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
        guard let line else { return ["-", "-", "-", "-", "-"] }
        return [
            String(line.line), String(line.amount), String(line.day), line.kind.rawValue,
            line.outcome.rawValue,
        ]
    }
}

extension MatchLink {
    fileprivate var canonicalFields: [String] {
        func fields(_ lines: [StatementLine]) -> [String] {
            [
                lines.map { String($0.line) }.joined(separator: ","),
                lines.map { String($0.amount) }.joined(separator: ","),
            ]
        }
        return ["link", step.rawValue] + fields(ledger) + fields(statement)
    }
}
