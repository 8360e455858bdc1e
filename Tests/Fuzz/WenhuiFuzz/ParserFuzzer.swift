import Foundation

/// One parser, or a few that read one format, with what must hold of every input.
///
/// That nothing crashes holds of all of them. The rest is mostly that there is one spelling of everything: what
/// is accepted is printed with the very same bytes.
protocol ParserFuzzer {
    /// Good inputs to begin with; fuzzing goes on from these and from whatever reaches new code.
    static func seeds() throws -> [[UInt8]]
    /// Reads an input; ends the process when something does not hold.
    static func check(_ input: [UInt8])
}

/// Every parser that is fuzzed, by the name that people call it on the command line.
enum Parser: String, CaseIterable, CustomStringConvertible {
    case cbor, event, replay, values
    case note, checkpoint, key, policy, receipt, request, reply
    case bundle, path, tiles, proof
    case token, scan
    case pack, batch
    case sm2, sealed

    var fuzzer: any ParserFuzzer.Type {
        switch self {
        case .cbor: CBORFuzzer.self
        case .event: EventFuzzer.self
        case .replay: ReplayFuzzer.self
        case .values: ValueFuzzer.self
        case .note: NoteFuzzer.self
        case .checkpoint: CheckpointFuzzer.self
        case .key: VerifierKeyFuzzer.self
        case .policy: PolicyFuzzer.self
        case .receipt: ReceiptFuzzer.self
        case .request: RequestFuzzer.self
        case .reply: ReplyFuzzer.self
        case .bundle: EntryBundleFuzzer.self
        case .path: TilePathFuzzer.self
        case .tiles: TilesFuzzer.self
        case .proof: ProofFuzzer.self
        case .token: TokenFuzzer.self
        case .scan: ScanFuzzer.self
        case .pack: TillPackFuzzer.self
        case .batch: TillBatchFuzzer.self
        case .sm2: SM2Fuzzer.self
        case .sealed: SealedFuzzer.self
        }
    }

    var description: String { rawValue }
}

/// Ends the process, so that libFuzzer keeps the input, when `condition` does not hold.
func expect(_ condition: Bool, _ rule: @autoclosure () -> String) {
    guard !condition else { return }
    FileHandle.standardError.write(Data("does not hold: \(rule())\n".utf8))
    abort()
}
