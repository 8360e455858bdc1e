import AuditLog
import Testing

@Suite("The frontier of a growing tree")
struct CompactRangeTests {
    private static let largest = 300

    @Test("At every size the root is that of the definition, and the frontier survives being kept")
    func rootsOfAllSizes() throws {
        let tree = ReferenceTree(size: CompactRangeTests.largest)
        var range = CompactRange()
        for size in 0...CompactRangeTests.largest {
            #expect(range.root == tree.root(size), "size \(size)")
            #expect(range.size == UInt64(size))
            #expect(range.bytes.count == size.nonzeroBitCount * 32)
            range = try #require(CompactRange(size: UInt64(size), bytes: range.bytes))
            if size < CompactRangeTests.largest { range.append(.leaf(tree.entries[size])) }
        }
    }

    @Test("The tree without leaves has the hash of nothing for its root")
    func empty() {
        #expect(CompactRange().root == TreeHash.empty)
        #expect(CompactRange(size: 0, bytes: []) == CompactRange())
    }

    @Test("Every subtree is named once, as soon as its last leaf is there")
    func completedSubtrees() {
        let tree = ReferenceTree(size: CompactRangeTests.largest)
        var range = CompactRange()
        var count = 0
        for size in 1...CompactRangeTests.largest {
            var next = 0
            range.append(.leaf(tree.entries[size - 1])) { level, index, hash in
                #expect(level == next)
                #expect((Int(index) + 1) << level == size)
                #expect(tree.hash(level: level, index: index) == hash)
                next += 1
            }
            count += next
            #expect(next == size.trailingZeroBitCount + 1)
        }
        #expect(count == (0...8).reduce(0) { $0 + CompactRangeTests.largest >> $1 })
    }

    @Test(
        "A frontier of another length than its size has is refused",
        arguments: [(0, 32), (1, 0), (1, 31), (1, 33), (1, 64), (3, 32), (7, 64), (8, 96), (.max, 63 * 32)]
            as [(UInt64, Int)])
    func wrongLength(size: UInt64, length: Int) {
        #expect(CompactRange(size: size, bytes: [UInt8](repeating: 0, count: length)) == nil)
    }

    @Test("A frontier of the largest size can be held")
    func largestSize() throws {
        let range = try #require(
            CompactRange(size: .max, bytes: [UInt8](repeating: 1, count: 64 * 32)))
        #expect(range.root != TreeHash.empty)
    }
}
