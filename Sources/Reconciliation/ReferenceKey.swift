/// A reference as its bytes, so that matching is exact.
///
/// `String` calls canonically equivalent texts equal and orders them by the Unicode tables of the running
/// system; a result that is hashed must depend on neither.
struct ReferenceKey: Hashable, Comparable {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: ReferenceKey, right: ReferenceKey) -> Bool {
        left.withBytes { leftBytes in
            right.withBytes { rightBytes in
                leftBytes.count == rightBytes.count && leftBytes.elementsEqual(rightBytes)
            }
        }
    }

    static func < (left: ReferenceKey, right: ReferenceKey) -> Bool {
        left.withBytes { leftBytes in
            right.withBytes { rightBytes in leftBytes.lexicographicallyPrecedes(rightBytes) }
        }
    }

    func hash(into hasher: inout Hasher) {
        withBytes { bytes in hasher.combine(bytes: UnsafeRawBufferPointer(bytes)) }
    }

    private func withBytes<Answer>(_ body: (UnsafeBufferPointer<UInt8>) -> Answer) -> Answer {
        var text = text
        return text.withUTF8(body)
    }
}
