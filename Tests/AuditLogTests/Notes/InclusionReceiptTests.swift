import AuditLog
import Cryptography
import Testing

@Suite("Receipts (C2SP tlog-proof, version 1)")
struct InclusionReceiptTests {
    @Test("a published receipt is read and printed with the same bytes")
    func published() throws {
        let bytes = try PublishedNotes.file("example.tlog-proof")
        let receipt = try InclusionReceipt(bytes)
        #expect(receipt.index == 0)
        #expect(receipt.path.map(\.base64) == ["rqPLszb01JTYtaFXrt/EgKRabefAlo4IVDOyFPm0Hvc="])
        #expect(receipt.extra.isEmpty)
        #expect(try Checkpoint(text: receipt.note.text).head.size == 2)
        #expect(receipt.bytes == bytes)
    }

    @Test("every entry of every tree of up to 17 has a receipt that survives its file and verifies")
    func everyEntry() throws {
        let log = try SampleLog(count: 17)
        for size in 1...17 {
            let checkpoint = log.checkpoint(size)
            for index in 0..<size {
                let receipt = try InclusionReceipt(log.receipt(index, in: checkpoint).bytes)
                #expect(
                    try receipt.verify(entry: log.entries[index], log: log.known, policy: .unwitnessed)
                        == checkpoint)
                for other in 0..<size where other != index {
                    #expect(throws: ReceiptError.rootMismatch) {
                        try receipt.verify(entry: log.entries[other], log: log.known, policy: .unwitnessed)
                    }
                }
            }
        }
    }

    @Test("extra data goes along, before the index, and is nobody's word")
    func extra() throws {
        let log = try SampleLog(count: 2)
        let receipt = log.receipt(1, in: log.checkpoint(2), extra: utf8("extra information"))
        #expect(
            receipt.bytes.starts(
                with: utf8("c2sp.org/tlog-proof@v1\nextra ZXh0cmEgaW5mb3JtYXRpb24=\nindex 1\n")))
        #expect(try InclusionReceipt(receipt.bytes) == receipt)
        try receipt.verify(entry: log.entries[1], log: log.known, policy: .unwitnessed)
    }

    @Test("a receipt that fits its signed checkpoint only in part is refused with the reason")
    func refused() throws {
        let log = try SampleLog(count: 8)
        let (six, eight) = (log.checkpoint(6), log.checkpoint(8))
        let path = log.receipt(4, in: six).path
        #expect(path.count == 2)
        let longer = path + [.empty]
        let cases: [(UInt64, [TreeHash], ReceiptError)] = [
            (6, path, .indexOutOfRange(6, size: 6)), (1 << 62, path, .indexOutOfRange(1 << 62, size: 6)),
            (4, longer, .pathLength(3, expected: 2)), (4, [], .pathLength(0, expected: 2)),
            (0, path, .pathLength(2, expected: 3)), (5, path, .rootMismatch),
            (4, path.reversed(), .rootMismatch),
        ]
        for (index, path, error) in cases {
            let receipt = InclusionReceipt(index: index, path: path, note: six.note)
            #expect(throws: error) {
                try receipt.verify(entry: log.entries[4], log: log.known, policy: .unwitnessed)
            }
        }
        // The path of one tree beside the checkpoint of another.
        let mixed = InclusionReceipt(index: 4, path: log.receipt(4, in: eight).path, note: six.note)
        #expect(throws: ReceiptError.pathLength(3, expected: 2)) {
            try mixed.verify(entry: log.entries[4], log: log.known, policy: .unwitnessed)
        }
        let empty = InclusionReceipt(index: 0, path: [], note: log.checkpoint(0).note)
        #expect(throws: ReceiptError.indexOutOfRange(0, size: 0)) {
            try empty.verify(entry: [], log: log.known, policy: .unwitnessed)
        }
    }

    @Test("a receipt of another log, or with a forged checkpoint, is refused")
    func foreign() throws {
        let (county, other) = (try SampleLog(count: 4), try SampleLog("wenhui/370783", seed: 2, count: 4))
        let receipt = county.receipt(2, in: county.checkpoint(4))
        let origin = county.known.origin
        #expect(throws: ReceiptError.checkpoint(.foreignOrigin(origin))) {
            try receipt.verify(entry: county.entries[2], log: other.known, policy: .unwitnessed)
        }
        #expect(throws: ReceiptError.checkpoint(.foreignOrigin(origin))) {
            try receipt.verify(entry: county.entries[2], policy: .unwitnessed)
        }
        // A root that fits the path, under a signature that was made for another tree.
        let signer = county.signer.verifierKey
        let forged = InclusionReceipt(
            index: 2, path: receipt.path,
            note: try SignedNote(
                text: county.checkpoint(4).note.text, signatures: county.checkpoint(3).note.signatures))
        #expect(throws: ReceiptError.checkpoint(.signatures(.badSignature(signer.name, id: signer.id)))) {
            try forged.verify(entry: county.entries[2], log: county.known, policy: .unwitnessed)
        }
        let leafAsNode = InclusionReceipt(index: 0, path: [], note: county.checkpoint(1).note)
        #expect(throws: ReceiptError.rootMismatch) {
            try leafAsNode.verify(entry: county.head(1).root.bytes, log: county.known, policy: .unwitnessed)
        }
    }

    @Test("a receipt needs the cosignatures that the policy asks for, and recent ones where asked")
    func quorum() throws {
        let log = try SampleLog(count: 4)
        let (first, second) = (try witnessSigner("a", seed: 11), try witnessSigner("b", seed: 12))
        let policy = try WitnessPolicy(
            utf8(
                """
                log \(log.signer.verifierKey)
                witness 甲 \(first.verifierKey)
                witness 乙 \(second.verifierKey)
                group both all 甲 乙
                quorum both

                """))
        let one = try log.checkpoint(4).cosigned(by: first, at: 100)
        let two = try one.cosigned(by: second, at: 200)
        #expect(try log.receipt(3, in: two).verify(entry: log.entries[3], policy: policy, since: 100) == two)
        #expect(throws: ReceiptError.quorumMissing) {
            try log.receipt(3, in: one).verify(entry: log.entries[3], policy: policy)
        }
        #expect(throws: ReceiptError.quorumMissing) {
            try log.receipt(3, in: two).verify(entry: log.entries[3], policy: policy, since: 101)
        }
    }

    private static let note =
        "example.com/log\n2\nJCMzOarc7fKH0mJBPwPAKOuNs5ft0yooeAkRUbmb8g8=\n\n— example.com/log Jb1BsEv3\n"
    private static let hash = "rqPLszb01JTYtaFXrt/EgKRabefAlo4IVDOyFPm0Hvc=\n"

    @Test(
        "bytes that are not a receipt are refused with the reason",
        arguments: [
            ("", .header), ("c2sp.org/tlog-proof@v2\nindex 0\n\n\(note)", .header),
            ("wrong-header\nindex 0\n\n\(note)", .header),
            (" c2sp.org/tlog-proof@v1\nindex 0\n\n\(note)", .header),
            ("c2sp.org/tlog-proof@v1\r\nindex 0\n\n\(note)", .header), ("c2sp.org/tlog-proof@v1", .header),
            ("c2sp.org/tlog-proof@v1\n", .index), ("c2sp.org/tlog-proof@v1\n\n\n\(note)", .index),
            ("c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\n\(note)", .extra),
            ("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n\(note)", .extra),
            ("c2sp.org/tlog-proof@v1\nextra\nindex 0\n\n\(note)", .index),
            ("c2sp.org/tlog-proof@v1\nextra Zg==\nextra Zg==\nindex 0\n\n\(note)", .index),
            ("c2sp.org/tlog-proof@v1\nindex notanumber\n\n\(note)", .index),
            ("c2sp.org/tlog-proof@v1\nindex -5\n\n\(note)", .index),
            ("c2sp.org/tlog-proof@v1\nindex 05\n\n\(note)", .index),
            ("c2sp.org/tlog-proof@v1\nindex 5 \n\n\(note)", .index),
            ("c2sp.org/tlog-proof@v1\nindex  5\n\n\(note)", .index),
            ("c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\n\(note)", .index),
            ("c2sp.org/tlog-proof@v1\nindex 0\nextra Zg==\n\n\(note)", .path(.malformed(number: 1))),
            ("c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\n\(note)", .path(.malformed(number: 1))),
            ("c2sp.org/tlog-proof@v1\nindex 0\n\(hash)Zm9v\n\n\(note)", .path(.malformed(number: 2))),
            ("c2sp.org/tlog-proof@v1\nindex 0\n\(note)", .path(.malformed(number: 1))),
            ("c2sp.org/tlog-proof@v1\nindex 0\n", .path(.unterminated)),
            (
                "c2sp.org/tlog-proof@v1\nindex 0\n\(String(repeating: hash, count: 64))\n\(note)",
                .path(.tooMany)
            ),
            ("c2sp.org/tlog-proof@v1\nindex 0\n\n", .note(.noSignatures)),
            ("c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n", .note(.noSignatures)),
            ("c2sp.org/tlog-proof@v1\nindex 0\n\n\(note)\n", .note(.noSignatures)),
            ("c2sp.org/tlog-proof@v1\nindex 0\n\n\(note.dropLast())", .note(.unterminated)),
        ] as [(String, ReceiptFormatError)])
    func malformed(_ text: String, _ error: ReceiptFormatError) {
        #expect(throws: error) { try InclusionReceipt(utf8(text)) }
    }

    @Test("a receipt may be 256 KiB long and no longer")
    func length() {
        #expect(throws: ReceiptFormatError.tooLong) {
            try InclusionReceipt([UInt8](repeating: 0, count: InclusionReceipt.maximumLength + 1))
        }
        #expect(throws: ReceiptFormatError.header) {
            try InclusionReceipt([UInt8](repeating: 0, count: InclusionReceipt.maximumLength))
        }
    }
}
