internal import CBOR

/// 报表: a report whose figures are frozen by their hash, drafted by one person and signed by another.
package struct FiledReport: Equatable, Sendable, Codable {
    package enum Kind: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        /// 月报.
        case month = 1
        /// 季度报告: the deep reports of a year's quarters, wherever the county's begin.
        case quarter
        /// 半年统计报表.
        case halfYear
        /// 决算: the final account of a fiscal year.
        case year

        /// How many calendar months it is about.
        package var months: Int {
            switch self {
            case .month: 1
            case .quarter: 3
            case .halfYear: 6
            case .year: 12
            }
        }

        /// Whether it can be about these days: whole months, as many as it takes.
        package func covers(_ from: BusinessDay, _ through: BusinessDay) -> Bool {
            from == from.firstOfMonth && through == through.lastOfMonth
                && through.month - from.month + 1 == months
        }
    }

    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        case drafted = 1
        case signed
    }

    package var kind: Kind
    package var from: BusinessDay
    package var through: BusinessDay
    /// 1 for the first that is filed for the period, one more for each restatement.
    package var version: UInt32
    /// SHA-256 of the figures.
    package var digest: Octets
    package var maker: Principal
    package var status = Status.drafted
}

package typealias ReportID = Identifier<FiledReport>

extension LedgerState {
    /// The latest version of what was filed for a period.
    package func report(
        _ kind: FiledReport.Kind, _ from: BusinessDay, _ through: BusinessDay
    ) -> ReportID? {
        reports.enumerated.reversed().first { _, report in
            report.kind == kind && report.from == from && report.through == through
        }?.id
    }
}
