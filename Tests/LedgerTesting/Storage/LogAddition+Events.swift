package import LedgerStorage

/// Events alone, for tests of the log that are about no tree.
extension LogAddition: ExpressibleByArrayLiteral {
    package init(arrayLiteral events: [UInt8]...) { self.init(events: events) }
}
