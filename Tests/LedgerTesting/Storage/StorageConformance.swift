import LedgerStorage

/// What the storage ports promise, as checks that every engine must pass (DESIGN §5).
///
/// The suite knows no engine and no test framework: a check throws a ``Nonconformance`` that says what is
/// wrong. An engine's tests run ``eventLog``, ``vault`` and ``readModel`` with a new store for each check.
package enum StorageConformance {}

/// A promise that an engine does not keep.
package struct Nonconformance: Error, CustomStringConvertible {
    package let description: String
}

/// Fails with `otherwise` unless `holds`.
func demand(_ holds: Bool, _ otherwise: @autoclosure () -> String) throws(Nonconformance) {
    if !holds { throw Nonconformance(description: otherwise()) }
}

/// Fails unless both are the same; says which of `what` was found and which was expected.
func demand<Value: Equatable>(
    _ found: Value, is expected: Value, _ what: @autoclosure () -> String
) throws(Nonconformance) {
    try demand(found == expected, "\(what()): found \(found), expected \(expected)")
}

/// Fails unless `body` throws an error that `isExpected`.
func demand(
    _ what: @autoclosure () -> String, fails isExpected: (StorageError) -> Bool,
    _ body: () throws(StorageError) -> Void
) throws(Nonconformance) {
    do {
        try body()
    } catch {
        return try demand(isExpected(error), "\(what()): failed with \(error)")
    }
    throw Nonconformance(description: "\(what()): nothing was thrown")
}

extension StorageError {
    /// Whether it is a refused constraint, whatever its words.
    var isConstraint: Bool {
        if case .constraint = self { true } else { false }
    }
}
