/// Why a hash cannot be had from a log's tiles, naming the file.
package enum TileFault<Failure: Error>: Error {
    /// The source failed; nothing is known about the log.
    case source(Failure)
    /// A file that a tree of this size has does not exist.
    case missing(Tile)
    /// A file is not of the length or form that its name demands.
    case malformed(Tile)
    /// A tile's hashes are not those of the tree: they do not give the hash in the tile above.
    case notAuthentic(Tile)
    /// The partial tiles do not give the root; which of them is wrong cannot be told from them.
    case rightEdgeNotAuthentic([Tile])
    /// The caller asked for a subtree that is not complete in a tree of this size.
    case notInTree(level: Int, index: UInt64)
}

extension TileFault: Equatable where Failure: Equatable {}

extension TileFault: CustomStringConvertible {
    package var description: String { "\(place): \(reason)" }

    /// The file, or the files of which one is wrong.
    package var place: String {
        switch self {
        case .missing(let tile), .malformed(let tile), .notAuthentic(let tile): tile.path
        case .rightEdgeNotAuthentic(let tiles): tiles.map(\.path).joined(separator: ", ")
        case .source, .notInTree: "the log"
        }
    }

    /// What is wrong, as the end of a sentence.
    package var reason: String {
        switch self {
        case .source(let error): "it cannot be read: \(error)"
        case .missing: "it is missing"
        case .malformed: "it is not of the length or form that it must have"
        case .notAuthentic: "its hashes are not the tree's"
        case .rightEdgeNotAuthentic: "together they do not give the root"
        case .notInTree: "it is shorter than it must be"
        }
    }
}
