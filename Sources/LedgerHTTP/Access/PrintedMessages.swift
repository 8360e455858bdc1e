package import LedgerService

/// Prints messages, for practice and for writing pages: nothing is sent to anybody.
package struct PrintedMessages: MessageGateway {
    private let printing: @Sendable (String) -> Void

    package init(_ printing: @escaping @Sendable (String) -> Void) { self.printing = printing }

    package var isForPractice: Bool { true }

    package func send(_ message: ShortMessage) async throws {
        printing("message 短信 \(message.phone): \(message.text)")
    }
}
