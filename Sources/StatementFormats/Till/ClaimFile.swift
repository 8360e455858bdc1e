package import LedgerDomain

/// One claim, issue or hand-back, from a file of many.
package struct ClaimRow: Hashable, Sendable {
    /// What was asked for.
    package enum Action: Hashable, Sendable {
        /// 抢券: the person asks for a voucher of this batch.
        case claim(batch: String)
        /// 定向: an officer issues one of this batch to the person.
        case issue(batch: String)
        /// 摇号: the person enters this batch's lottery.
        case enter(batch: String)
        /// 退券: the person gives this voucher back.
        case handBack(voucher: String)
    }

    /// The line of the file, from 1.
    package let line: Int
    /// When it was asked; `nil` where the file does not say.
    package let time: Instant?
    /// The idempotency key; a repeated row has the key of the first.
    package let key: String
    /// The person.
    package let identity: IdentityNumber
    /// Who claims for the person; `nil` for the person.
    package let proxy: IdentityNumber?
    /// Where it was asked for; `nil` where the file does not say.
    package let channel: String?
    /// What was asked for; batches and vouchers as they are printed.
    package let action: Action
}

/// 领券流水: claims, issues and hand-backs from CSV, for bulk work; all rows or none are read.
package struct ClaimFile: Sendable {
    /// The columns of a claims file.
    package enum Column: String, CSVColumn {
        case time
        case key
        case idNumber = "id_number"
        case batch
        case action
        case voucher
        case proxy = "proxy_id_number"
        case channel

        package var aliases: [String] {
            switch self {
            case .time: ["时间"]
            case .key: ["幂等键"]
            case .idNumber: ["身份证号"]
            case .batch: ["批次"]
            case .action: ["操作"]
            case .voucher: ["券号"]
            case .proxy: ["代领人身份证号"]
            case .channel: ["渠道"]
            }
        }

        package var isOptional: Bool { [.time, .voucher, .proxy, .channel].contains(self) }
    }

    /// The rows in the order of the file.
    package let rows: [ClaimRow]

    /// Reads a whole file; demonstration people (999900) are taken only for a `practice` ledger.
    package init(_ bytes: some Collection<UInt8>, practice: Bool) throws(RowFaults) {
        let table = try CSVTable<Column>(bytes, mayBeEmpty: true)
        rows = try CSVEntries(table) { ClaimFile.row(&$0, practice: practice) }.checked()
    }

    private enum Verb { case claim, issue, enter, handBack }

    private static func row(_ record: inout CSVRecord<Column>, practice: Bool) -> ClaimRow? {
        let time = record.optionalValue(.time, Instant.init(entered:))
        let key = record.text(.key)
        let identity = record.identityNumber(.idNumber, practice: practice)
        let proxy = record.optionalIdentityNumber(.proxy, practice: practice)
        let channel = record.optionalText(.channel, .channel)
        let action = action(&record)
        guard let key, let identity, let action else { return nil }
        return ClaimRow(
            line: record.line, time: time, key: key, identity: identity, proxy: proxy, channel: channel,
            action: action)
    }

    private static func action(_ record: inout CSVRecord<Column>) -> ClaimRow.Action? {
        guard let verb = record.choice(.action, verbs) else { return nil }
        if verb == .handBack {
            // Which batch it came from the voucher says.
            return record.text(.voucher).map(ClaimRow.Action.handBack)
        }
        record.mustBeBlank(.voucher, "except for a hand-back")
        guard let batch = record.text(.batch) else { return nil }
        return switch verb {
        case .claim: .claim(batch: batch)
        case .enter: .enter(batch: batch)
        case .issue, .handBack: .issue(batch: batch)
        }
    }

    private static let verbs = Choice([
        "claim": Verb.claim, "issue": .issue, "hand-back": .handBack, "enter": .enter, "领取": .claim,
        "报名": .enter, "发放": .issue,
        "退券": .handBack,
    ])
}
