import CBOR
package import LedgerDomain
import LedgerEngine
package import OfflineTill
import RedemptionTokens

extension LedgerService {
    /// What a till needs to sell offline, signed now: lists, rules and how strict to be.
    ///
    /// - Parameter terminal: `none` for a till that has no terminal of its own.
    package func tillPack(
        for outlet: OutletID, terminal: TerminalID, _ call: Call
    ) async throws(ServiceError) -> [UInt8] {
        let instant = try tokenInstant(call)
        let (keys, revocations) = (try await freshKeyList(call), try signedRevocationList(call))
        let (place, programmes, settings, isPractice) = try state { state in
            (
                state.place(of: outlet, terminal), state.tillProgrammes, state.settings,
                state.profile?.practice ?? false
            )
        }
        guard let place else { throw .notFound(.till, outlet.text(in: ledger)) }
        let policy = TokenPolicy(
            revocationListAge: settings[.revocationListAge] / Instant.second,
            offlineCap: UInt32(clamping: settings[.offlineCap]))
        guard
            let pack = TillPack(
                ledger: ledger.rawValue, sequence: UInt64(clamping: instant.seconds),
                issuedAt: instant.seconds, keyList: keys, revocationList: revocations, place: place,
                programmes: programmes, policy: policy, isPractice: isPractice)
        else { throw .invalid("There are more than \(TillPack.maximumCount) programmes for one till.") }
        return pack.signed(by: tokens.lists)
    }

    /// The key list as it was published last; one of more than a day is published again first, for a till takes none
    /// that is old.
    private func freshKeyList(_ call: Call) async throws(ServiceError) -> [UInt8] {
        let signed = try signedKeyList()
        let now = try tokenInstant(call).seconds
        if let list = try? KeyList(opening: signed, by: listKey), now - list.issuedAt < 86_400 {
            return signed
        }
        try await publishKeys(.renew, call.step("keys"))
        return try signedKeyList()
    }

    /// Books what a till sold offline: every sale under a key of its own, with an answer of its own.
    ///
    /// The same batch again, whole or in part, gets the same answers.
    ///
    /// - Throws: what kept the ledger from answering; sales answered before stand.
    package func upload(
        _ batch: TillBatch, _ call: Call, progress: (Int, Int) -> Void = { _, _ in }
    ) async throws(ServiceError) -> [TillAnswer] {
        guard batch.ledger == ledger else { throw .token(.otherLedger) }
        // Keys belong to whoever calls: a batch that a second officer uploads again must find the first one's answers.
        guard let till = Principal("till \(batch.outlet)") else { throw .invalid("The outlet has no name.") }
        let call = Call(till, key: call.key, at: call.instant)
        var answers: [TillAnswer] = []
        var start = 0
        while start < batch.sales.count {
            let slice = batch.sales[start..<min(start + 500, batch.sales.count)]
            answers += try await upload(Array(slice), of: batch, call)
            start += slice.count
            progress(start, batch.sales.count)
        }
        return answers
    }

    private func upload(
        _ sales: [BatchedSale], of batch: TillBatch, _ call: Call
    ) async throws(ServiceError) -> [TillAnswer] {
        var answers: [TillAnswer] = []
        var asked: [(sale: BatchedSale, request: CommandRequest)] = []
        for sale in sales {
            do throws(ServiceError) {
                let key = Call(call.principal, key: sale.idempotencyKey, at: call.instant)
                asked.append((sale, request(try command(for: sale, of: batch), key)))
            } catch {
                answers.append(sale.answer(try error.refused))
            }
        }
        guard !asked.isEmpty else { return answers }
        for (sale, reply) in zip(asked.map(\.sale), await performAll(asked.map(\.request))) {
            do throws(ServiceError) {
                let receipt = try receipt(RedeemOffline.self, reply)
                let subsidy = receipt.accepted.terms.subsidy.total
                answers.append(
                    sale.answer(
                        receipt.accepted.absorbedBy == nil
                            ? .paid(subsidy: subsidy, event: receipt.event)
                            : .absorbed(subsidy: subsidy, event: receipt.event)))
            } catch {
                answers.append(sale.answer(try error.refused))
            }
        }
        return answers
    }

    private func command(
        for sale: BatchedSale, of batch: TillBatch
    ) throws(ServiceError) -> RedeemOffline {
        // What a till says beside the bill is worth having and no reason not to pay.
        let details = try? SaleDetails(cborBytes: sale.details)
        let atTill = CashierSale(
            outlet: OutletID(batch.outlet), terminal: TerminalID(batch.terminal), bill: sale.bill,
            channel: sale.channel, order: sale.order,
            details: details.flatMap { $0.isWellFormed ? $0 : nil })
        return try upload(sale.shown, atTill, soldAt: sale.occurredAt, given: sale.subsidy)
    }
}

extension BatchedSale {
    fileprivate func answer(_ outcome: TillAnswer.Outcome) -> TillAnswer {
        TillAnswer(sequence: sequence, attempt: attempt, outcome: outcome)
    }
}

extension ServiceError {
    /// What a till is told; thrown on where the ledger could not answer.
    fileprivate var refused: TillAnswer.Outcome {
        get throws(ServiceError) {
            switch self {
            case .refused(let refusal, _):
                .refused(code: refusal.code, sentence: refusal.sentence, canRetry: refusal.passes)
            case .token(let refusal):
                .refused(
                    code: refusal.code, sentence: Sentence(refusal.chinese, refusal.english), canRetry: false)
            case .keyReused(let event):
                .refused(
                    code: "key.reused",
                    sentence: Sentence("同一笔交易曾以别的内容上传", "Event \(event) has other contents."),
                    canRetry: false)
            case .invalid(let reason):
                .refused(code: "sale.invalid", sentence: Sentence(reason, reason), canRetry: false)
            default: throw self
            }
        }
    }
}

extension Refusal {
    /// Whether the same sale may be taken later: money comes, clocks are set right.
    fileprivate var passes: Bool {
        switch self {
        case .guaranteeShort, .presentationAhead: true
        default: false
        }
    }
}

extension LedgerState {
    /// Where a till stands; `nil` for an unknown outlet, or a terminal of another.
    fileprivate func place(of outlet: OutletID, _ terminal: TerminalID) -> TillPlace? {
        guard outlets.contains(outlet),
            terminal == .none || terminals.contains(terminal) && terminals[terminal].outlet == outlet
        else { return nil }
        return TillPlace(
            outlet: outlet.rawValue, terminal: terminal.rawValue, platformID: outlets[outlet].platformID,
            category: outlets[outlet].category, region: outlets[outlet].region,
            isRural: outlets[outlet].isRural)
    }

    /// The rules that vouchers may be under: those of batches that are not closed or have credentials, and what
    /// programmes follow now.
    fileprivate var tillProgrammes: [TillProgramme] {
        var numbers: Set<RuleNumber> = []
        for (id, programme) in programmes.enumerated
        where programme.status == .approved || programme.status == .paused {
            numbers.insert(RuleNumber(id, version: UInt32(programme.rules.count - 1)))
        }
        let offline = credentials.values.map { batches[vouchers[$0.voucher].batch] }
        for batch in offline + batches.storage.filter({ $0.status != .closed }) {
            numbers.insert(RuleNumber(batch.programme, version: batch.version))
        }
        return numbers.sorted { $0.rawValue < $1.rawValue }.compactMap {
            TillProgramme(
                number: $0.rawValue, rule: programmes[$0.programme].rules[Int($0.version)])
        }
    }
}
