import CBOR
import LedgerDomain

/// The bytes of one event, as the log has them.
enum EventFuzzer: ParserFuzzer {
    static func seeds() throws -> [[UInt8]] { try Fixtures.events() }

    static func check(_ input: [UInt8]) {
        let version = Event.version(of: input)
        guard let event = try? Event(cborBytes: input) else { return }
        expect(event.cborBytes == input, "an event is written as it was read")
        expect(version == UInt64(event.version), "the version is known without reading the rest")
        expect((try? Event(cborBytes: event.cborBytes)).map { $0 == event } == true, "an event equals itself")
    }
}
