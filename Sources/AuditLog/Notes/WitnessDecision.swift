/// A witness's decision on a request: the answer, and what must be stored before it is given.
package struct WitnessDecision: Hashable, Sendable {
    /// What to answer once ``step`` is stored.
    package let reply: WitnessReply
    /// `nil` when the request is refused: then there is nothing to store.
    package let step: WitnessStep?
}
