/// A multimap from 64-bit digests to 32-bit numbers: idempotency keys to events, sales to merchants,
/// pseudonyms to persons.
///
/// Open addressing over two arrays, about 20 bytes an entry, so that it loads from a snapshot as it is.
/// Two things may share their 64 bits; whoever looks one up confirms what it found.
package struct DigestIndex: Equatable, Sendable {
    package private(set) var digests: ChunkedArray<UInt64>
    /// Numbers plus one; zero marks a free place.
    package private(set) var numbers: ChunkedArray<UInt32>
    package private(set) var count: Int

    package init() {
        digests = ChunkedArray(repeating: 0, count: 64)
        numbers = ChunkedArray(repeating: 0, count: 64)
        count = 0
    }

    /// Takes up stored arrays; `nil` when they cannot belong to one index.
    package init?(digests: ChunkedArray<UInt64>, numbers: ChunkedArray<UInt32>) {
        guard digests.count == numbers.count, digests.count >= 64, digests.count.nonzeroBitCount == 1 else {
            return nil
        }
        self.digests = digests
        self.numbers = numbers
        count = numbers.count { $0 != 0 }
        guard count < numbers.count else { return nil }
    }

    /// The first number filed under `digest` that `confirm` accepts.
    package func first(_ digest: UInt64, where confirm: (UInt32) throws -> Bool) rethrows -> UInt32? {
        var place = start(digest)
        while numbers[place] != 0 {
            if digests[place] == digest, try confirm(numbers[place] - 1) { return numbers[place] - 1 }
            place = (place + 1) & (digests.count - 1)
        }
        return nil
    }

    /// Files `number`, less than `UInt32.max`, under `digest`.
    package mutating func insert(_ digest: UInt64, _ number: UInt32) {
        if (count + 1) * 8 > digests.count * 7 { grow() }
        place(digest, number + 1)
        count += 1
    }

    /// Takes `number` out from under `digest`, once; nothing happens where it is not there.
    package mutating func remove(_ digest: UInt64, _ number: UInt32) {
        let mask = digests.count - 1
        var hole = start(digest)
        while numbers[hole] != 0, digests[hole] != digest || numbers[hole] != number + 1 {
            hole = (hole + 1) & mask
        }
        guard numbers[hole] != 0 else { return }
        // Whatever was pushed beyond the hole comes back, so that no search ends too early.
        var next = (hole + 1) & mask
        while numbers[next] != 0 {
            if (next - start(digests[next])) & mask >= (next - hole) & mask {
                digests[hole] = digests[next]
                numbers[hole] = numbers[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        numbers[hole] = 0
        digests[hole] = 0
        count -= 1
    }

    private func start(_ digest: UInt64) -> Int {
        // Fibonacci hashing, so that keys which are no uniform digests spread as well.
        Int(truncatingIfNeeded: (digest &* 0x9e37_79b9_7f4a_7c15) >> 24) & (digests.count - 1)
    }

    private mutating func place(_ digest: UInt64, _ stored: UInt32) {
        var place = start(digest)
        while numbers[place] != 0 { place = (place + 1) & (digests.count - 1) }
        digests[place] = digest
        numbers[place] = stored
    }

    private mutating func grow() {
        let old = (digests, numbers)
        digests = ChunkedArray(repeating: 0, count: old.0.count * 2)
        numbers = ChunkedArray(repeating: 0, count: old.0.count * 2)
        for index in old.0.indices where old.1[index] != 0 { place(old.0[index], old.1[index]) }
    }
}
