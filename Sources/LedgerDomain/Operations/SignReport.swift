package import CBOR

/// Signs a drafted report as a second person.
package struct SignReport: Operation {
    package static let type = OperationType.signReport

    package typealias Accepted = NoFields

    package var report: ReportID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &report)
    }
}

extension SignReport {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.reports.contains(report) else { return .failure(.unknownReport) }
        let drafted = state.reports[report]
        guard drafted.maker != context.principal else { return .failure(.makerIsChecker) }
        // A draft that a later version restates is not the one to sign.
        let latest = state.report(drafted.kind, drafted.from, drafted.through)
        guard drafted.status == .drafted, latest == report else { return .failure(.reportNotDrafted) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.reports[report].status = .signed
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.reportSigned(report, by: context.principal, at: context.instant))
    }
}
