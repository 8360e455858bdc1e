/// An array in pieces of about 8 KB, so that two copies share every piece that neither has changed since.
///
/// A copy costs as many references as there are pieces; the first change of a piece after it copies that piece alone. So
/// the writer goes on while a snapshot of millions of rows is written behind it.
package struct ChunkedArray<Element: Sendable>: Sendable {
    private var chunks: ContiguousArray<ContiguousArray<Element>> = []
    package private(set) var count = 0

    package init() {}

    /// `count` times the same element.
    package init(repeating element: Element, count: Int) {
        let whole = ContiguousArray(repeating: element, count: Self.width)
        chunks = ContiguousArray(repeating: whole, count: count >> Self.shift)
        let rest = count & Self.mask
        if rest > 0 { chunks.append(ContiguousArray(repeating: element, count: rest)) }
        self.count = count
    }

    /// Elements in a whole piece: a power of two.
    package static var width: Int { 1 << shift }

    @inline(__always)
    private static var shift: Int {
        let fitting = Swift.max(1, 8_192 / MemoryLayout<Element>.stride)
        return Int.bitWidth - 1 - fitting.leadingZeroBitCount
    }

    @inline(__always)
    private static var mask: Int { (1 << shift) - 1 }

    package mutating func append(_ element: Element) {
        if count & Self.mask == 0 {
            var chunk = ContiguousArray<Element>()
            // The first piece grows as it needs: most tables are small.
            if count > 0 { chunk.reserveCapacity(Self.width) }
            chunks.append(chunk)
        }
        chunks[count >> Self.shift].append(element)
        count += 1
    }
}

extension ChunkedArray: RandomAccessCollection, MutableCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(index: Int) -> Element {
        @inline(__always) _read { yield chunks[index >> Self.shift][index & Self.mask] }
        @inline(__always) _modify { yield &chunks[index >> Self.shift][index & Self.mask] }
    }
}

extension ChunkedArray where Element: BitwiseCopyable {
    /// Takes up bytes that ``forEachPiece(_:)`` handed out; a rest that is no whole element is a bug and traps.
    package init(bytes: UnsafeRawBufferPointer) {
        let stride = MemoryLayout<Element>.stride
        precondition(bytes.count % stride == 0, "whole elements")
        count = bytes.count / stride
        var start = 0
        while start < count {
            let taken = Swift.min(Self.width, count - start)
            chunks.append(
                ContiguousArray(unsafeUninitializedCapacity: Self.width) { buffer, filled in
                    let part = UnsafeRawBufferPointer(
                        rebasing: bytes[start * stride..<(start + taken) * stride])
                    UnsafeMutableRawBufferPointer(buffer).copyMemory(from: part)
                    filled = taken
                })
            start += taken
        }
    }

    /// Hands out the bytes of all elements, in order, piece by piece.
    package func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        for chunk in chunks { try chunk.withUnsafeBytes(body) }
    }

    /// The bytes of all elements.
    package var byteCount: Int { count * MemoryLayout<Element>.stride }
}

extension ChunkedArray: Equatable where Element: Equatable {}
