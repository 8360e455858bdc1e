/// What a witness must remember before it answers: one log's head, from what was decided on to what is cosigned.
///
/// To be stored by compare-and-swap, durably, also where both are equal: where the stored head is no longer
/// ``from``, another request came in between, and the request must be decided anew.
package struct WitnessStep: Hashable, Sendable {
    package let origin: LogOrigin
    package let from: TreeHead
    package let to: TreeHead
}
