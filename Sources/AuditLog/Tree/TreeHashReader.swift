/// Stored hashes of a tree, from which proofs are made: rows, tiles or memory.
package protocol TreeHashReader {
    /// Why a hash cannot be read.
    associatedtype Failure: Error

    /// The hash of a complete subtree: the 2^`level` leaves from leaf `index` · 2^`level`.
    ///
    /// It mutates for the sake of caches.
    mutating func hash(level: Int, index: UInt64) throws(Failure) -> TreeHash
}

extension TreeHashReader {
    /// The frontier of the tree's first `size` leaves; one hash is read for every bit set in `size`.
    package mutating func compactRange(size: UInt64) throws(Failure) -> CompactRange {
        let hashes = try subtrees(from: 0, to: size)
        guard let range = CompactRange(size: size, hashes: hashes) else {
            preconditionFailure("a decomposition has a subtree for every bit set in the size")
        }
        return range
    }

    /// The root of the tree's first `size` leaves.
    package mutating func root(size: UInt64) throws(Failure) -> TreeHash {
        try compactRange(size: size).root
    }

    /// The proof that leaf `index` is among the first `size` leaves (`PATH` of RFC 6962 §2.1.1); `nil` when
    /// it is not.
    ///
    /// Reads at most two hashes for every level of the tree.
    package mutating func inclusionProof(index: UInt64, size: UInt64) throws(Failure) -> InclusionProof? {
        guard index < size else { return nil }
        var path: [TreeHash] = []
        var (start, end): (UInt64, UInt64) = (0, size)
        while end - start > 1 {
            let middle = start + largestPower(below: end - start)
            if index < middle {
                path.append(try hash(from: middle, to: end))
                end = middle
            } else {
                path.append(try hash(from: start, to: middle))
                start = middle
            }
        }
        return InclusionProof(index: index, size: size, path: path.reversed())
    }

    /// The proof that the first `second` leaves begin with the first `first` (`PROOF` of RFC 6962 §2.1.2);
    /// `nil` when `first` is 0 or more than `second`, for which there is none.
    ///
    /// Reads at most two hashes for every level of the tree.
    package mutating func consistencyProof(
        first: UInt64, second: UInt64
    ) throws(Failure) -> ConsistencyProof? {
        guard first > 0, first <= second else { return nil }
        var path: [TreeHash] = []
        var (start, end): (UInt64, UInt64) = (0, second)
        while first < end {
            let middle = start + largestPower(below: end - start)
            if first <= middle {
                path.append(try hash(from: middle, to: end))
                end = middle
            } else {
                path.append(try hash(from: start, to: middle))
                start = middle
            }
        }
        // The old tree's last subtree, unless it is all of the old tree: then its root is known.
        if start > 0 { path.append(try hash(from: start, to: end)) }
        return ConsistencyProof(first: first, second: second, path: path.reversed())
    }

    /// The hash over some leaves, of which the first is where a split of RFC 6962 §2.1 begins.
    private mutating func hash(from start: UInt64, to end: UInt64) throws(Failure) -> TreeHash {
        let subtrees = try subtrees(from: start, to: end)
        guard let range = CompactRange(size: end - start, hashes: subtrees) else {
            preconditionFailure("a decomposition has a subtree for every bit set in the size")
        }
        return range.root
    }

    /// The complete subtrees that make up some leaves, the largest first.
    private mutating func subtrees(from start: UInt64, to end: UInt64) throws(Failure) -> [TreeHash] {
        var hashes: [TreeHash] = []
        var start = start
        while start < end {
            let level = 63 - (end - start).leadingZeroBitCount
            hashes.append(try hash(level: level, index: start >> level))
            start += 1 << level
        }
        return hashes
    }

    /// Where a tree of `count` leaves, two or more, splits: the largest power of two below it.
    private func largestPower(below count: UInt64) -> UInt64 {
        1 << (63 - (count - 1).leadingZeroBitCount)
    }
}
