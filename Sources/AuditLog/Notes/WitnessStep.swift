/// What a witness must remember before it answers: one log's head, from what was decided on to what is
/// cosigned.
///
/// To be stored by compare-and-swap, durably, also where both are equal: where the stored head is no longer
/// ``from``, another request came in between, and the request must be decided anew.
package struct WitnessStep: Hashable, Sendable {
    /// Which log.
    package let origin: LogOrigin
    /// The head that the decision rests on.
    package let from: TreeHead
    /// The head that is cosigned.
    package let to: TreeHead

    /// Takes a step that was kept.
    package init(origin: LogOrigin, from: TreeHead, to: TreeHead) {
        self.origin = origin
        self.from = from
        self.to = to
    }
}
