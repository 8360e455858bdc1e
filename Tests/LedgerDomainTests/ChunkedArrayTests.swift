import LedgerDomain
import LedgerTesting
import Testing

@Suite("Arrays in pieces")
struct ChunkedArrayTests {
    /// A row of a size that leaves a rest in every piece.
    struct Row: BitwiseCopyable, Equatable {
        var value: UInt64
        var other: UInt32
    }

    @Test("Appending, changing and copying are those of an array", arguments: 1...10 as ClosedRange<UInt64>)
    func model(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var pairs = [(array: ChunkedArray<Row>(), model: [Row]())]
        for step in 0..<12_000 {
            let place = Int.random(in: 0..<pairs.count, using: &random)
            switch Int.random(in: 0..<100, using: &random) {
            case 0 where pairs.count < 5:
                pairs.append(pairs[place])
            case ..<70:
                let row = Row(value: random.next(), other: UInt32(step))
                pairs[place].array.append(row)
                pairs[place].model.append(row)
            default:
                guard let index = pairs[place].model.indices.randomElement(using: &random) else { continue }
                pairs[place].array[index].value &+= 1
                pairs[place].model[index].value &+= 1
            }
        }
        for (array, model) in pairs {
            #expect(Array(array) == model)
            #expect(array.count == model.count)
            var bytes: [UInt8] = []
            array.forEachPiece { bytes.append(contentsOf: $0) }
            #expect(bytes.count == array.byteCount)
            #expect(bytes.withUnsafeBytes { ChunkedArray<Row>(bytes: $0) } == array)
        }
    }

    @Test("An array of one element many times ends where it should, around whole pieces")
    func repeating() {
        let width = ChunkedArray<UInt64>.width
        for count in [0, 1, width - 1, width, width + 1, 3 * width] {
            var array = ChunkedArray<UInt64>(repeating: 7, count: count)
            #expect(Array(array) == Array(repeating: 7, count: count))
            array.append(8)
            #expect(array[count] == 8)
        }
    }
}
