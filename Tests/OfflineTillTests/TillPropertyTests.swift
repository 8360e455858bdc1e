import Foundation
import LedgerDomain
import LedgerTesting
import OfflineTill
import RedemptionTokens
import Testing

@Suite("A till against a model, through any order of things")
struct TillPropertyTests {
    @Test(
        "a till answers as the model does, however often it is opened anew",
        arguments: propertySeeds.suffix(24))
    func model(seed: UInt64) throws {
        var run = try TillRun(seed: seed)
        for step in 0..<60 {
            try run.step()
            guard run.agrees else {
                Issue.record("seed \(seed), step \(step): \(run.report)")
                return
            }
        }
        #expect(run.model.sales.count > 3, "seed \(seed)")
    }
}

/// One random run: a till, its model, and what phones have shown.
private struct TillRun {
    let sample: SampleTill
    var random: SeededGenerator
    var model = TillModel()
    var till: Till?
    /// What each phone has shown for a counter.
    var codes: [String: PresentedCredential] = [:]
    /// What was recorded, to be recorded again.
    var answers: [TillAnswer] = []
    var report = ""
    var agrees = true

    init(seed: UInt64) throws {
        sample = try SampleTill()
        random = SeededGenerator(seed: seed)
        till = try sample.enrol()
    }

    mutating func step() throws {
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<10: try sell()
        case 10..<12: cancel()
        case 12..<14: try batch()
        case 14..<17: record()
        default: try reopen()
        }
        compare("pending", till?.pending.map(\.sequence), model.pending)
    }

    private mutating func compare<Value: Equatable>(_ what: String, _ got: Value, _ expected: Value) {
        guard got != expected, agrees else { return }
        agrees = false
        report = "\(what): \(got) and not \(expected)"
    }

    private mutating func sell() throws {
        let credential = UInt64.random(in: 1...3, using: &random)
        let counter = UInt32.random(in: 1...12, using: &random)
        let key = "\(credential)-\(counter)"
        let old = codes[key]
        let isOther = old == nil || Int.random(in: 0..<4, using: &random) == 0
        let amount = UInt32.random(in: 1_000...6_000, using: &random)
        let shown =
            try isOther
            ? sample.shown(
                credential: credential, cap: UInt32(TillModel.cap), counter: counter, amount: amount)
            : old ?? sample.shown()
        let order = "A-\(Int.random(in: 1...25, using: &random))"
        let bill: Int64 = [5_000, 10_000, 20_000].randomElement(using: &random) ?? 1
        let seen = old.map { Int64($0.presentation.claims.amount) }
        let expected = model.sell(
            credential: credential, counter: counter, amount: Int64(shown.presentation.claims.amount),
            seen: seen, order: order, bill: bill)
        // The first code that sold is what the till remembers.
        if old == nil, case .subsidy = expected { codes[key] = shown }
        compare("sell \(key) \(order) \(bill)", reply(to: shown, bill: bill, order: order), expected)
    }

    private func reply(to shown: PresentedCredential, bill: Int64, order: String) -> TillModel.Reply? {
        do throws(TillRefusal) {
            guard let sale = try till?.sell(shown, bill: bill, order: order) else { return nil }
            return .subsidy(sale.subsidy.fen, sequence: sale.sequence)
        } catch {
            switch error {
            case .codeUsed: return .codeUsed
            case .cancelled: return .cancelled
            case .counterReused: return .counterReused
            case .orderUsed: return .orderUsed
            case .capSpent: return .capSpent
            default: return nil
            }
        }
    }

    private mutating func cancel() {
        let order = "A-\(Int.random(in: 1...25, using: &random))"
        var got: Bool?
        do throws(TillCancelRefusal) {
            got = try till?.cancel(order: order, now: SampleTill.now) != nil
        } catch {
            got = error == .sent ? false : nil
        }
        compare("cancel \(order)", got, model.cancel(order))
    }

    private mutating func batch() throws {
        let batch = try till?.batch(now: SampleTill.now)
        compare("batch", batch?.sales.map { [Int($0.sequence), Int($0.attempt)] }, model.batch())
        if let batch { compare("batch's bytes", try TillBatch(batch.bytes), batch) }
    }

    private mutating func record() {
        var answer = TillAnswer(
            sequence: UInt32.random(in: 0...UInt32(model.sales.count + 1), using: &random),
            attempt: UInt32.random(in: 0...1, using: &random), outcome: outcome())
        if let earlier = answers.randomElement(using: &random), Bool.random(using: &random) {
            answer = earlier
        }
        let isTaken: Bool
        do throws(TillRecordRefusal) {
            try till?.record([answer])
            isTaken = true
            answers.append(answer)
        } catch {
            isTaken = false
        }
        compare("record \(answer)", isTaken, model.record(answer))
    }

    private mutating func outcome() -> TillAnswer.Outcome {
        let sentence = Sentence("不行", "No.")
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return .paid(subsidy: Amount(fen: 1), event: 7)
        case 1: return .absorbed(subsidy: Amount(fen: 1), event: 7)
        case 2: return .refused(code: "a", sentence: sentence, canRetry: true)
        default: return .refused(code: "b", sentence: sentence, canRetry: false)
        }
    }

    /// Opens the till anew, sometimes with what a write that was cut short has left.
    private mutating func reopen() throws {
        till = nil
        let rest = Int.random(in: 0...7, using: &random)
        if rest > 0 {
            let whole = try sample.folder.bytes("till/journal")
            try sample.folder.write(whole + [UInt8](repeating: 0, count: rest), to: "till/journal")
        }
        let opened = try Till(opening: sample.path)
        compare("torn bytes", opened.status(now: SampleTill.now).tornBytes, rest)
        till = opened
    }
}
