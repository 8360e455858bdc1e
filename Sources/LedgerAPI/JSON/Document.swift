/// A document as JSON and YAML have them, its maps in the order that they were written in.
indirect enum Document: Equatable, Sendable {
    case text(String)
    case integer(Int64)
    case flag(Bool)
    case list([Document])
    case map([Member])

    struct Member: Equatable, Sendable {
        var name: String
        var value: Document
    }

    /// A map without the members that are `nil`.
    static func object(_ members: KeyValuePairs<String, Document?>) -> Document {
        .map(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }

    /// The value of a map's member.
    subscript(name: String) -> Document? {
        guard case .map(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The map with other members in the place of its own of the same names, and behind them.
    func adding(_ more: Document) -> Document {
        guard case .map(var members) = self, case .map(let others) = more else { return self }
        for other in others {
            if let place = members.firstIndex(where: { $0.name == other.name }) {
                members[place] = other
            } else {
                members.append(other)
            }
        }
        return .map(members)
    }
}

extension Document: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
    init(arrayLiteral elements: Document...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, Document)...) {
        self = .map(elements.map { Member(name: $0.0, value: $0.1) })
    }
}
