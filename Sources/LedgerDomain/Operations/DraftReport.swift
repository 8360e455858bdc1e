package import CBOR

/// Files a report's figures by their hash, for a second person to sign; a later version restates an earlier one.
package struct DraftReport: Operation {
    package static let type = OperationType.draftReport

    package var kind = FiledReport.Kind.month
    package var from = BusinessDay(days: 0)
    package var through = BusinessDay(days: 0)
    /// How many events the figures are of.
    package var events: UInt64 = 0
    /// SHA-256 of the figures as `report` writes them.
    package var digest = Octets()
    /// Why it is restated, up to 200 bytes; a first version may say nothing.
    package var note = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &kind)
        try coder.field(17, &from)
        try coder.field(18, &through)
        try coder.field(19, &events)
        try coder.field(20, &digest)
        try coder.field(21, &note)
    }

    /// The report's number and which version it is.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var report: ReportID = .none
        package var version: UInt32 = 0

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &report)
            try coder.field(33, &version)
        }
    }
}

extension DraftReport {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard note.isEmpty || note.isShortText else { return .failure(.textOutOfRange) }
        guard digest.isSHA256 else { return .failure(.evidenceInvalid) }
        guard kind.covers(from, through), events <= context.number else {
            return .failure(.reportPeriodInvalid)
        }
        guard through < state.businessDay(of: context.instant) else { return .failure(.reportPeriodOpen) }
        let earlier = state.report(kind, from, through).map { state.reports[$0].version } ?? 0
        guard earlier == 0 || !note.isEmpty else { return .failure(.restatementUnexplained) }
        return .success(
            .with { ($0.report, $0.version) = (state.reports.nextID, earlier + 1) })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.reports.append(
            FiledReport(
                kind: kind, from: from, through: through, version: accepted.version, digest: digest,
                maker: context.principal))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .report(
                ReportRow(
                    id: accepted.report, kind: kind, from: from, through: through,
                    version: accepted.version, events: events, digest: digest, note: note,
                    maker: context.principal, instant: context.instant)))
    }
}
