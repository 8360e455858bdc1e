import CBOR
import LedgerDomain
import OfflineTill
import RedemptionTokens
import Testing

@Suite("What a till says to people")
struct RefusalSentenceTests {
    private static let path = "/till"
    private static let faults: [TillFault] = [
        .missing(path), .exists(path), .notEnrolled(path), .inUse(path), .keyMissing(path),
        .keyExposed(path), .keyDamaged(path), .packMissing(path), .packUnusable(path, .mixedLedgers),
        .packForeign(path), .journalForeign(path), .journalDamaged(path, frame: 7),
        .journalNotUnderstood(path, frame: 7), .diskFull(path), .cannotRead(path, reason: "why"),
        .cannotWrite(path, reason: "why"),
    ]
    private static let refusals: [TillRefusal] =
        [
            .detailsTooLong, .unreadable(.empty), .cancelled, .codeUsed, .clockSetBack, .counterReused,
            .orderUsed, .programmeUnknown, .capSpent,
        ] + TillRefusal.OnlineCode.allCases.map { .needsNetwork($0) }

    private func expectSpoken(_ sentences: [Sentence]) {
        for sentence in sentences {
            #expect(sentence.chinese.unicodeScalars.contains { (0x4e00...0x9fff).contains($0.value) })
            #expect(sentence.english.hasSuffix(".") || sentence.english.hasSuffix(RefusalSentenceTests.path))
            #expect(!sentence.english.contains(".."))
            #expect(!sentence.english.unicodeScalars.contains { (0x4e00...0x9fff).contains($0.value) })
        }
        #expect(Set(sentences).count == sentences.count)
    }

    @Test("every fault has a code of its own, and says which file, in both languages")
    func faults() {
        let faults = RefusalSentenceTests.faults
        #expect(Set(faults.map(\.code)).count == faults.count)
        #expect(!faults.contains { $0.code == "till.unknown" })
        for fault in faults {
            #expect(fault.sentence.chinese.contains(RefusalSentenceTests.path))
            #expect(fault.sentence.english.contains(RefusalSentenceTests.path))
        }
        expectSpoken(faults.map(\.sentence))
        #expect(TillFault.journalDamaged("/till", frame: 7).sentence.english.contains("Frame 7"))
    }

    @Test("every refusal of a sale has a code of its own and a sentence in both languages")
    func refusals() {
        let refusals = RefusalSentenceTests.refusals
        #expect(Set(refusals.map(\.code)).count == refusals.count)
        expectSpoken(refusals.map(\.sentence))
    }

    @Test("rules, tokens and faults keep their own codes and sentences")
    func borrowed() {
        for refusal in Refusal.allCases {
            #expect(TillRefusal.rule(refusal).code == refusal.code)
            #expect(TillRefusal.rule(refusal).sentence == refusal.sentence)
        }
        for refusal in TokenRefusal.allCases {
            #expect(TillRefusal.token(refusal).code == refusal.code)
            #expect(TillRefusal.token(refusal).sentence == Sentence(refusal.chinese, refusal.english))
        }
        for fault in RefusalSentenceTests.faults {
            #expect(TillRefusal.fault(fault).code == fault.code)
            #expect(TillSyncRefusal.fault(fault).sentence == fault.sentence)
            #expect(TillCancelRefusal.fault(fault).code == fault.code)
            #expect(TillRecordRefusal.fault(fault).sentence == fault.sentence)
        }
    }

    @Test("whatever is no code that can be taken is told in both languages")
    func unreadable() {
        let errors: [ScannedTextError] = [
            .empty, .foreign, .smallLetters, .unknownKind, .typed(.checkDigits),
            .offline(.array(.truncated(offset: 0))),
        ]
        expectSpoken(errors.map { TillRefusal.unreadable($0).sentence })
    }

    @Test("packs, answers, cancellations and batches are refused in both languages")
    func others() {
        let format = SignedListError.signature
        let packs: [TillPackError] = [
            .tooLong(9), .pack(format), .keyList(format), .revocationList(format), .mixedLedgers,
        ]
        expectSpoken(packs.map(\.sentence))
        let syncs: [TillSyncRefusal] = [
            .unusable(.mixedLedgers), .otherLedger, .otherOutlet, .notNewer(has: 5), .listsOlder, .tooEarly,
        ]
        expectSpoken(syncs.map(\.sentence))
        #expect(Set(syncs.map(\.code)).count == syncs.count)
        let cancels: [TillCancelRefusal] = [.unknownOrder, .sent]
        expectSpoken(cancels.map(\.sentence))
        let records: [TillRecordRefusal] = [.unknownSale(5), .contradiction(5), .tooLong(5)]
        expectSpoken(records.map(\.sentence))
        #expect(Set(records.map(\.code) + cancels.map(\.code)).count == 5)
        let batches: [TillBatchError] = [
            .tooLong(9), .tooMany(9), .form(.truncated(offset: 9)),
            .presentation(sale: 9, .array(.truncated(offset: 0))), .outOfOrder(9),
        ]
        expectSpoken(batches.map(\.sentence))
    }
}
