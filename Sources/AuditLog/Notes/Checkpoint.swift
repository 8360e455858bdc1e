/// What a log commits to: its origin, its size and its root, in three lines (C2SP tlog-checkpoint, "Note
/// text").
///
/// Extension lines, which the standard allows and advises against, are refused: our logs have none, nobody
/// can audit them, and what stands there could be taken for something that was verified.
package struct Checkpoint: Hashable, Sendable {
    /// Which log this is.
    package let origin: LogOrigin
    /// The number of leaves and the root over them.
    package let head: TreeHead

    /// Traps when there are 2⁶³ leaves or more, which no text can hold.
    package init(origin: LogOrigin, head: TreeHead) {
        precondition(head.size <= UInt64(Int64.max), "a tree that no checkpoint can name")
        self.origin = origin
        self.head = head
    }

    /// Reads the text of a note, every byte of it.
    package init(text: [UInt8]) throws(CheckpointError) {
        var lines = LineReader(text)
        guard let originLine = lines.next(), let sizeLine = lines.next(), let rootLine = lines.next() else {
            throw .missingLine
        }
        guard let origin = LogOrigin(bytes: Array(originLine)) else { throw .origin }
        guard let size = UInt64(decimal: sizeLine) else { throw .size }
        guard let root = TreeHash(base64: rootLine) else { throw .root }
        guard lines.rest.isEmpty else { throw .extensionLine }
        self.init(origin: origin, head: TreeHead(size: size, root: root))
    }

    /// The text that is signed.
    package var text: [UInt8] { origin.bytes + Array("\n\(head.size)\n\(head.root.base64)\n".utf8) }
}
