package import CBOR

/// Closes a month whose report is signed: nothing is ever dated into it again, and corrections say what they correct.
///
/// Entries are dated by the instant at which they are decided, which never runs back; what could still move a day
/// into the month, the ledger's cut-off, is fixed since its report was drafted.
package struct CloseMonth: Operation {
    package static let type = OperationType.closeMonth

    /// The month's last day.
    package var through = BusinessDay(days: 0)

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &through)
    }

    /// The report that was signed for it.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var report: ReportID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &report)
        }
    }
}

extension CloseMonth {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard through == through.lastOfMonth else { return .failure(.reportPeriodInvalid) }
        if let closed = state.closedThrough {
            guard through > closed else { return .failure(.monthClosed) }
            guard through.month == closed.month + 1 else { return .failure(.monthOutOfOrder) }
        }
        guard let report = state.report(.month, through.firstOfMonth, through),
            state.reports[report].status == .signed
        else { return .failure(.monthNotSigned) }
        return .success(.with { $0.report = report })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.closedThrough = through
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .monthClosed(
                ClosedMonthRow(
                    through: through, report: accepted.report, event: context.number,
                    principal: context.principal, instant: context.instant)))
    }
}
