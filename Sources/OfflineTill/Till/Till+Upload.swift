package import LedgerDomain
import RedemptionTokens

extension Till {
    /// Takes back a sale that has not been handed out for upload; again for a sale taken back is harmless.
    ///
    /// Its code stays used; its money counts no more against the credential's cap, and its order number is free.
    /// A sale whose upload was refused with the prospect of another try can be taken back before that try.
    @discardableResult
    package func cancel(order: String, now: Instant) throws(TillCancelRefusal) -> TillSale {
        guard let line = book.line(of: order) else { throw .unknownOrder }
        switch line.standing {
        case .cancelled: break
        case .waiting(_, isSent: false):
            do throws(TillFault) {
                try write([.cancelled(sequence: line.sale.sequence, at: now.clamped)])
            } catch {
                throw .fault(error)
            }
        case .waiting, .paid, .absorbed, .refused: throw .sent
        }
        return line.sale
    }

    /// The sales that the ledger has not answered for good, in the order in which they were made.
    package var pending: [TillSale] { book.waitingLines.map(\.sale) }

    /// What became of the latest sale with this order number; `nil` where there is none.
    package func standing(ofOrder order: String) -> TillStanding? { book.line(of: order)?.standing }

    /// What is to be uploaded, as much as fits one batch; from here on these sales cannot be cancelled.
    ///
    /// Until they are answered every batch has them again, with the same idempotency keys.
    package func batch(now: Instant) throws(TillFault) -> TillBatch {
        var sales: [BatchedSale] = []
        var length = TillBatch.frameLength
        var isSent = true
        for line in book.waitingLines.prefix(TillBatch.maximumCount) {
            guard case .waiting(let attempt, let wasSent) = line.standing, let sale = line.batched(attempt)
            else { preconditionFailure("what waits can be uploaded") }
            length += sale.cborLength
            guard length <= TillBatch.maximumLength else { break }
            sales.append(sale)
            isSent = isSent && wasSent
        }
        if let last = sales.last, !isSent { try write([.sent(through: last.sequence, at: now.clamped)]) }
        let place = pack.pack.place
        let batch = TillBatch(
            ledger: LedgerCode(pack.pack.ledger), outlet: place.outlet, terminal: place.terminal, sales: sales
        )
        guard let batch else { preconditionFailure("the sales are in order, and not too many") }
        return batch
    }

    /// Records what the ledger answered; an answer that was recorded before is harmless.
    ///
    /// All are recorded or, on a refusal, none.
    package func record(_ answers: [TillAnswer]) throws(TillRecordRefusal) {
        var new: [JournalEntry] = []
        var seen: [UInt32: TillAnswer] = [:]
        for answer in answers {
            guard answer.isKept else { throw .tooLong(answer.sequence) }
            if let twin = seen[answer.sequence] {
                guard twin == answer else { throw .contradiction(answer.sequence) }
                continue
            }
            seen[answer.sequence] = answer
            switch book.verdict(on: answer) {
            case .new: new.append(.answered(answer))
            case .known: break
            case .unknown: throw .unknownSale(answer.sequence)
            case .contradiction: throw .contradiction(answer.sequence)
            }
        }
        guard !new.isEmpty else { return }
        do throws(TillFault) {
            try write(new)
        } catch {
            throw .fault(error)
        }
    }
}

extension TillBook.Line {
    /// What is uploaded of it; `nil` where nothing is.
    fileprivate func batched(_ attempt: UInt32) -> BatchedSale? {
        guard let upload, let shown = try? PresentedCredential(upload.shown) else { return nil }
        return BatchedSale(
            sequence: sale.sequence, shown: shown, bill: sale.bill, order: sale.order, channel: sale.channel,
            details: upload.details, subsidy: sale.subsidy, occurredAt: sale.occurredAt, attempt: attempt)
    }
}
