/// The names of a published log's files that are no tiles.
package enum LogFileName {
    /// The signed checkpoint, with whatever cosignatures it has (C2SP tlog-tiles).
    package static let checkpoint = "checkpoint"
    /// The verifier keys of an exported log, one a line; believed only after comparing them with ones got elsewhere.
    package static let keys = "keys"
    /// Which witnesses must have seen an exported log's checkpoint (C2SP tlog-policy).
    package static let policy = "policy"
}
