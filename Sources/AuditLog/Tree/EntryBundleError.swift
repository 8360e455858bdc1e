/// Why entries do not make a bundle, or bytes are not one; entries are counted from 0 within the bundle.
package enum EntryBundleError: Error, Equatable, Sendable {
    /// No entries, or more than 256.
    case wrongCount
    /// An entry above ``EntryBundle/maximumEntryLength``.
    case entryTooLong(entry: Int)
    /// The bytes end before or inside this entry.
    case truncated(entry: Int)
    /// Bytes follow the last entry.
    case trailingBytes(offset: Int)
}
