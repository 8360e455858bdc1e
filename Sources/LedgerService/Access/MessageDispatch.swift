import Synchronization

/// Hands messages over outside of the request that causes them, so that how long a gateway takes tells nobody whether there
/// was one to send.
package final class MessageDispatch: Sendable {
    private let gateway: any MessageGateway
    private let onFailure: @Sendable (any Error) -> Void
    private let under = Mutex(0)
    private static let capacity = 1_000

    /// - Parameter onFailure: is told what a gateway did not take, without the message.
    package init(_ gateway: any MessageGateway, onFailure: @escaping @Sendable (any Error) -> Void) {
        self.gateway = gateway
        self.onFailure = onFailure
    }

    package var isForPractice: Bool { gateway.isForPractice }

    /// Why a message is not even tried.
    package struct Full: Error {}

    /// Begins to hand a message over.
    package func send(_ message: ShortMessage) { send { message } }

    /// Begins to compose a message and to hand it over, where there is one.
    package func send(composing compose: @escaping @Sendable () throws -> ShortMessage?) {
        let isTaken = under.withLock { count in
            guard count < MessageDispatch.capacity else { return false }
            count += 1
            return true
        }
        guard isTaken else { return onFailure(Full()) }
        Task {
            defer { under.withLock { $0 -= 1 } }
            do {
                if let message = try compose() { try await gateway.send(message) }
            } catch {
                onFailure(error)
            }
        }
    }
}
