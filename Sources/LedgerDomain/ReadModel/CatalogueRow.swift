/// A published catalogue as the read model keeps it.
package struct CatalogueRow: Equatable, Sendable {
    package var event: UInt64
    package var name: String
    package var items: [CatalogueItem]
    package var instant: Instant

    package init(event: UInt64, name: String, items: [CatalogueItem], instant: Instant) {
        self.event = event
        self.name = name
        self.items = items
        self.instant = instant
    }
}
