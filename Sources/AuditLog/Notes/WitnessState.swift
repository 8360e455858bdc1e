/// What a witness remembers: the latest tree that it cosigned of every log.
///
/// A witness that loses it, or goes back to an older copy, can be made to cosign a fork.
package struct WitnessState: Hashable, Sendable {
    /// The heads by origin; logs of which nothing was cosigned yet are not among them.
    package private(set) var heads: [LogOrigin: TreeHead]

    /// Takes what was kept; nothing for a new witness.
    package init(heads: [LogOrigin: TreeHead] = [:]) { self.heads = heads }

    /// The head that was cosigned last; the empty tree when none was.
    package func head(of origin: LogOrigin) -> TreeHead {
        heads[origin] ?? TreeHead(size: 0, root: .empty)
    }

    /// Takes a step, unless the log has gone on since the step was decided: then nothing changes and the
    /// answer is `false`.
    package mutating func take(_ step: WitnessStep) -> Bool {
        guard head(of: step.origin) == step.from else { return false }
        heads[step.origin] = step.to
        return true
    }
}
