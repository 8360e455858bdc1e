import AuditLog

/// Receipts that an entry is in the log.
enum ReceiptFuzzer: ParserFuzzer {
    private static let log = HonestLog.shared
    private static let policy = (try? WitnessPolicy(log.policy)) ?? .unwitnessed
    private static let index: UInt64 = 77

    static func seeds() throws -> [[UInt8]] {
        let note = try log.note(HonestLog.size)
        let path = log.inclusion(index, HonestLog.size)
        let receipts = [[], [UInt8](0...9)].map { extra in
            InclusionReceipt(index: index, path: path, extra: extra, note: note)
        }
        return try Fixtures.logFiles(".tlog-proof") + receipts.map(\.bytes)
    }

    static func check(_ input: [UInt8]) {
        guard let receipt = try? InclusionReceipt(input) else { return }
        expect(receipt.bytes == input, "a receipt is printed as it was read")
        expect((try? receipt.verify(entry: [9, 9, 9], policy: policy)) == nil, "an entry that is nowhere")
        guard let opened = try? receipt.verify(entry: log.entries[Int(index)], policy: policy) else { return }
        expect(receipt.index == index, "an entry at another place")
        expect(receipt.path == log.inclusion(index, HonestLog.size), "another way to the root")
        expect(opened.checkpoint.head == log.head(HonestLog.size), "another tree")
    }
}

/// Requests to a witness, read and decided.
enum RequestFuzzer: ParserFuzzer {
    private static let log = HonestLog.shared
    private static let witness = Witness(signer: log.witness, logs: [log.known])
    private static let known: UInt64 = 77

    static func seeds() throws -> [[UInt8]] {
        let requests = try [0, known, HonestLog.size].map { old in
            AddCheckpointRequest(
                oldSize: old, proof: log.consistency(old, HonestLog.size), note: try log.note(HonestLog.size))
        }
        return try Fixtures.logFiles(".add-checkpoint") + requests.map(\.bytes)
    }

    static func check(_ input: [UInt8]) {
        let request = try? AddCheckpointRequest(input)
        if let request { expect(request.bytes == input, "a request is printed as it was read") }
        for head in [nil, log.head(known), log.head(HonestLog.size)] {
            decide(input, request, knowing: head)
        }
    }

    private static func decide(_ input: [UInt8], _ request: AddCheckpointRequest?, knowing head: TreeHead?) {
        let origin = log.known.origin
        let state = WitnessState(heads: head.map { [origin: $0] } ?? [:])
        let decision = witness.decide(input, state: state, at: 1_700_000_000)
        expect((decision.step == nil) == (decision.reply.status != .ok), "only what is stored is cosigned")
        guard let step = decision.step else { return }
        let from = state.head(of: origin)
        expect(
            step == WitnessStep(origin: origin, from: from, to: log.head(HonestLog.size)),
            "the log's own step")
        expect(request?.oldSize == from.size, "from where the witness is")
        expect(request?.proof == log.consistency(from.size, HonestLog.size), "by the only proof there is")
    }
}
