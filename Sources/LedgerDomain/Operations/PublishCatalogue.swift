package import CBOR

/// Publishes a catalogue under a name of its own; a new year is a new one.
package struct PublishCatalogue: Operation {
    package static let type = OperationType.publishCatalogue

    package typealias Accepted = NoFields

    /// 1 to 200 bytes.
    package var name = ""
    /// Up to 500 things, each code once.
    package var items: [CatalogueItem] = []

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &name)
        try coder.field(17, &items)
    }

    /// The most things of a catalogue: an event has 65,535 bytes at most.
    package static let maximumItems = 500
}

extension PublishCatalogue {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard name.isShortText else { return .failure(.textOutOfRange) }
        guard (1...PublishCatalogue.maximumItems).contains(items.count), items.allSatisfy(\.isWellFormed),
            Set(items.map(\.code)).count == items.count, cborBytes.count <= 60_000
        else { return .failure(.catalogueInvalid) }
        guard !state.catalogues.contains(where: { $0.name == name }) else {
            return .failure(.cataloguePublished)
        }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        let items = Dictionary(items.map { ($0.code, $0) }) { first, _ in first }
        state.catalogues.append(Catalogue(name: name, items: items))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .catalogue(
                CatalogueRow(event: context.number, name: name, items: items, instant: context.instant)))
    }
}
