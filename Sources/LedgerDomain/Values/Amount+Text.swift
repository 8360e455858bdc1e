/// Why a text is not an amount in yuan, for the person who typed it.
package enum AmountTextError: Error, Equatable, Sendable {
    case empty
    /// Something other than digits and one decimal point.
    case notANumber
    /// More than two decimals: there is nothing smaller than a fen.
    case moreThanTwoDecimals
    /// Zero or less where only a positive amount makes sense.
    case notPositive
    /// More than ``Amount/limit``.
    case tooLarge
}

extension Amount {
    /// Parses yuan as people type them: `30`, `30.5` or `30.50`, without sign, exponent or separators.
    package init(yuan text: some StringProtocol) throws(AmountTextError) {
        guard !text.isEmpty else { throw .empty }
        let negative = text.first == "-"
        let parts = (negative ? text.dropFirst() : text[...])
            .split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts[0]
        let cents = parts.count > 1 ? parts[1] : "0"
        func digits(_ part: some StringProtocol) -> Bool {
            !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard parts.count <= 2, digits(whole), digits(cents) else { throw .notANumber }
        guard cents.utf8.count <= 2 else { throw .moreThanTwoDecimals }
        guard whole.utf8.count <= 15, let yuan = Int64(whole), let part = Int64(cents) else {
            throw .tooLarge
        }
        let fen = yuan * 100 + (cents.utf8.count == 1 ? part * 10 : part)
        guard !negative, fen > 0 else { throw .notPositive }
        guard fen <= Amount.limit.fen else { throw .tooLarge }
        self.init(fen: fen)
    }

    /// The amount in yuan with two decimals, as people read it: `-1234.50`.
    package var yuan: String {
        let magnitude = fen.magnitude
        let cents = magnitude % 100
        return "\(fen < 0 ? "-" : "")\(magnitude / 100).\(cents < 10 ? "0" : "")\(cents)"
    }
}
