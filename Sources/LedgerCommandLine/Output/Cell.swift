import Foundation
import LedgerDomain
import StatementFormats

/// One value of a report: written for people in a table, for machines in JSON.
enum Cell: Sendable {
    case text(String)
    case number(Int)
    /// The number of an event: digits only, so that it can be typed again.
    case event(UInt64)
    /// Yuan with two decimals for people, fen for machines.
    case amount(Amount)
    case instant(Instant)
    case flag(Bool)
    case none

    static func id<Entity: Numbered>(_ id: Identifier<Entity>, _ ledger: LedgerCode) -> Cell {
        .text(id.text(in: ledger))
    }

    /// Points are counted, not paid: 120, never 1.20.
    static func points(_ amount: Amount) -> Cell { .number(Int(amount.fen)) }

    var forPeople: String {
        switch self {
        case .text(let text): text
        case .number(let number): number.grouped
        case .event(let number): String(number)
        case .amount(let amount): amount.grouped
        case .instant(let instant): String(instant.text.prefix(19)).replacing("T", with: " ")
        case .flag(let flag): flag ? "yes" : "no"
        case .none: "-"
        }
    }

    var isNumeric: Bool {
        switch self {
        case .number, .amount, .event: true
        default: false
        }
    }
}

extension Cell: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .event(let number): try container.encode(number)
        case .amount(let amount): try container.encode(amount.fen)
        case .instant(let instant): try container.encode(instant.text)
        case .flag(let flag): try container.encode(flag)
        case .none: try container.encodeNil()
        }
    }
}
