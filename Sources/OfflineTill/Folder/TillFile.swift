/// What a journal needs of its file; a test may stand between the two and let writes fail.
package protocol TillFile {
    /// All bytes of the file.
    func contents() throws(TillFault) -> [UInt8]
    /// Writes bytes at an offset, at the end or over what a failed write left; on a fault some may be written.
    func write(_ bytes: [UInt8], at offset: Int) throws(TillFault)
    /// Returns when everything written is on disk.
    func synchronise() throws(TillFault)
    /// Cuts the file off, or makes it as long with zeros.
    func truncate(to length: Int) throws(TillFault)
}
