/// All entities of one kind, indexed by their dense identifiers, which count from 1.
package struct DenseTable<Entity: Sendable>: Sendable {
    package private(set) var storage = ChunkedArray<Entity>()

    package init() {}
    package init(storage: ChunkedArray<Entity>) { self.storage = storage }

    package var count: Int { storage.count }
    /// The identifier that ``append(_:)`` would give next.
    package var nextID: Identifier<Entity> { Identifier(UInt32(storage.count + 1)) }

    package func contains(_ id: Identifier<Entity>) -> Bool {
        id.rawValue >= 1 && Int(id.rawValue) <= storage.count
    }

    package mutating func append(_ entity: Entity) {
        storage.append(entity)
    }

    package subscript(id: Identifier<Entity>) -> Entity {
        _read { yield storage[Int(id.rawValue) - 1] }
        _modify { yield &storage[Int(id.rawValue) - 1] }
    }

    /// Every identifier with its entity, ascending.
    package var enumerated: some Sequence<(id: Identifier<Entity>, entity: Entity)> {
        storage.lazy.enumerated().map { (Identifier<Entity>(UInt32($0.offset + 1)), $0.element) }
    }
}

extension DenseTable: Equatable where Entity: Equatable {}

extension DenseTable: Codable where Entity: Codable {
    package init(from decoder: any Decoder) throws {
        for entity in try decoder.singleValueContainer().decode([Entity].self) { storage.append(entity) }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Array(storage))
    }
}
