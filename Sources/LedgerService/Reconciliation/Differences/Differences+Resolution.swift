import CBOR
package import LedgerDomain
import LedgerStorage

extension Differences {
    /// What puts a difference to rest.
    package enum Remedy: Sendable {
        /// A new entry of the ledger, by its event.
        case posting(UInt64)
        /// A corrected statement, by the SHA-256 of its file, in which the difference is gone.
        case statement(Octets)
        /// It is right as it is.
        case reason
    }

    /// Proposes what puts a difference to rest, for a second person to approve.
    package func propose(
        _ remedy: Remedy, for difference: Difference, note: String, _ call: Call
    ) async throws(ServiceError) -> Receipt<ProposeResolution> {
        if try service.earlierCommand(call) == nil { try demandFit(remedy, for: difference) }
        return try await service.perform(
            ProposeResolution.with {
                ($0.difference, $0.kind) = (difference.id, difference.kind)
                ($0.amount, $0.note) = (difference.amount, note)
                switch remedy {
                case .posting(let event): ($0.manner, $0.posting) = (.posting, event)
                case .statement(let digest): ($0.manner, $0.statement) = (.statement, digest)
                case .reason: $0.manner = .reason
                }
            }, call)
    }

    /// That a remedy is what it is said to be.
    private func demandFit(_ remedy: Remedy, for difference: Difference) throws(ServiceError) {
        switch remedy {
        case .posting(let number):
            guard number < (try service.state { $0.size }),
                let event = try service.storedEvents(from: number, limit: 1).first
            else { throw .invalid("The ledger has no event \(number).") }
            guard event.record.refusal == nil, !event.postings.isEmpty else {
                throw .invalid("Event \(number) moved no money; name the event of the new entry.")
            }
            guard number > difference.firstRun else {
                throw .invalid("Event \(number) is no new entry: the difference was found after it.")
            }
            try demandSameMerchant(RecordedEvent(number: number, event: event), as: difference)
        case .statement(let digest): try demandCorrected(digest, for: difference)
        case .reason: break
        }
    }

    /// That a new entry is about the merchant whose sale differs, where both say whose they are.
    private func demandSameMerchant(
        _ entry: RecordedEvent, as difference: Difference
    ) throws(ServiceError) {
        guard let line = difference.ledger?.line, line < (try service.state { $0.size }),
            let sale = try service.storedEvents(from: line, limit: 1).first,
            let theirs = try service.merchant(of: RecordedEvent(number: line, event: sale)),
            let mine = try service.merchant(of: entry), mine != theirs
        else { return }
        let ledger = service.ledger
        throw .invalid(
            "Event \(entry.number) is about merchant \(mine.text(in: ledger)), the difference about \(theirs.text(in: ledger))."
        )
    }

    /// That a run on record read the statement, as the difference's own run did, and found it no more.
    private func demandCorrected(_ digest: Octets, for difference: Difference) throws(ServiceError) {
        let runs = try service.query { (model) throws(StorageError) in
            try model.reconciliations(service.ledger)
        }.filter { $0.asked.counterparty == difference.counterparty }
        let terms = runs.last { $0.event == difference.lastRun }?.asked.inputs.last
        let run = runs.last { run in
            // The last input is how it was matched, those before are what was read.
            run.asked.inputs.dropLast().contains(digest) && run.asked.inputs.last == terms
                && difference.day.map { run.asked.from <= $0 && $0 <= run.asked.through } ?? true
        }
        guard let run else {
            throw .invalid(
                "No recorded run with \(difference.counterparty) read that statement for the day of the difference, matched as before; put such a run on record first."
            )
        }
        // A run whose differences are not all in the queue yet says nothing of this one.
        let queued = try records.all(DifferenceRecord.self, at: service.now).count {
            $0.content.counterparty == difference.counterparty && $0.content.lastRun >= run.event
        }
        guard run.event > difference.lastRun, queued >= Int(run.asked.differences) else {
            throw .invalid(
                "The corrected statement does not put it to rest: its run found the difference too.")
        }
    }

    /// Puts a difference to rest as a second person, where what was proposed still holds.
    ///
    /// - Parameter seen: the resolution that the second person looked at; refused where another has taken its place.
    package func approve(
        _ difference: Difference, seen: ResolutionID? = nil, _ call: Call
    ) async throws(ServiceError) -> Receipt<ApproveResolution> {
        if let earlier = try service.earlierCommand(call) {
            // Another request under the same key is refused by the ledger.
            let id = try repeated((earlier as? ApproveResolution)?.resolution, of: difference, seen)
            return try await service.perform(ApproveResolution.with { $0.resolution = id }, call)
        }
        let id = try resolution(of: difference, seen)
        if difference.status == .proposed, let statement = difference.resolutions.last?.row.asked.statement {
            try demandFit(.statement(statement), for: difference)
        }
        return try await service.perform(ApproveResolution.with { $0.resolution = id }, call)
    }

    /// Turns what was proposed for a difference down.
    ///
    /// - Parameter seen: the resolution that the second person looked at; refused where another has taken its place.
    package func reject(
        _ difference: Difference, seen: ResolutionID? = nil, reason: String, _ call: Call
    ) async throws(ServiceError) -> Receipt<RejectResolution> {
        let earlier = try service.earlierCommand(call)
        let id =
            earlier == nil
            ? try resolution(of: difference, seen)
            : try repeated((earlier as? RejectResolution)?.resolution, of: difference, seen)
        return try await service.perform(
            RejectResolution.with { ($0.resolution, $0.reason) = (id, reason) }, call)
    }

    /// Opens a difference again for later evidence.
    package func reopen(
        _ difference: Difference, evidence: Octets, reason: String, _ call: Call
    ) async throws(ServiceError) -> Receipt<ReopenDifference> {
        let earlier = try service.earlierCommand(call)
        let id =
            earlier == nil
            ? try resolution(of: difference)
            : try repeated((earlier as? ReopenDifference)?.resolution, of: difference, nil)
        return try await service.perform(
            ReopenDifference.with { ($0.resolution, $0.evidence, $0.reason) = (id, evidence, reason) }, call)
    }

    /// The resolution that a repeated request met before, where it is of this difference; else the one it names now.
    private func repeated(
        _ earlier: ResolutionID?, of difference: Difference, _ seen: ResolutionID?
    ) throws(ServiceError) -> ResolutionID {
        let met = difference.resolutions.map(\.row.id).first { $0 == earlier && (seen == nil || seen == $0) }
        if let met { return met }
        if let seen { return seen }
        return try resolution(of: difference)
    }

    /// The resolution that a decision is about: the last one.
    private func resolution(
        of difference: Difference, _ seen: ResolutionID? = nil
    ) throws(ServiceError) -> ResolutionID {
        guard let last = difference.resolutions.last?.row.id else {
            throw .invalid("Nothing has been proposed for difference \(difference.shortID) yet.")
        }
        guard seen == nil || seen == last else {
            throw .invalid(
                "The last resolution of difference \(difference.shortID) is \(last.text(in: service.ledger)), not \(seen?.text(in: service.ledger) ?? ""): look at it first."
            )
        }
        return last
    }
}
