/// Why a published log is not the one that its checkpoint names, told as exactly as the files allow.
package enum LogFault<Failure: Error>: Error {
    /// A file that is missing, malformed or, if it holds hashes, not the tree's.
    case tile(TileFault<Failure>)
    /// The entry of this number, counted from 0, is not the one whose hash is in the tree.
    case entry(UInt64)
    /// The entries of this bundle are not the tree's, and neither is the tile of their hashes: which of the
    /// entries are wrong cannot be told.
    case bundle(Tile)
    /// This entry is not the one whose hash is in its tile; as the partial tiles do not give the root, which of
    /// the two is wrong cannot be told. Nor do all entries together give the root.
    case entryOrTile(entry: UInt64)
    /// Neither these partial tiles nor the entries, which agree with their tiles, give the root: entries and hashes
    /// were forged alike, or these are the files of another log, with the given root.
    case root(rebuilt: TreeHash, edge: [Tile])
    /// The tree does not begin with the one of this many leaves that was verified before: the log forked, or
    /// went back behind it.
    case fork(verified: UInt64)
}

extension LogFault: Equatable where Failure: Equatable {}
