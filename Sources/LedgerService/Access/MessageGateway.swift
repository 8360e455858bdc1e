package import LedgerDomain

/// Where short messages to residents are handed over (短信网关).
package protocol MessageGateway: Sendable {
    /// Hands over one message.
    ///
    /// - Throws: where it was not taken; the resident is then told to try again.
    func send(_ message: ShortMessage) async throws

    /// Whether nothing is really sent, so that only a ledger marked 演练 may use it.
    var isForPractice: Bool { get }
}

extension MessageGateway {
    package var isForPractice: Bool { false }
}

/// A short message to a resident.
package struct ShortMessage: Equatable, Sendable {
    package var ledger: LedgerCode
    /// The phone's number, digits alone.
    package var phone: String
    package var text: String

    package init(ledger: LedgerCode, phone: String, text: String) {
        self.ledger = ledger
        self.phone = phone
        self.text = text
    }
}
