package import LedgerDomain
import LedgerEngine
package import LedgerStorage
package import StatementFormats

extension LedgerService {
    /// Issues a voucher of `batch` to a registered resident: a claim, an officer's directed issue, or the match of what
    /// the resident paid into a card.
    ///
    /// - Parameters:
    ///   - proxy: the identity number of who claims for the resident, a guardian or an assistant.
    ///   - channel: where it was asked for.
    package func issue(
        _ batch: BatchID, to identityNumber: String, _ release: Release, topUp: TopUp? = nil,
        proxy: String? = nil, channel: String? = nil, _ call: Call
    ) async throws(ServiceError) -> Receipt<Issue> {
        let pseudonym = try pseudonym(of: identityNumber, taking: batch)
        let claimant = try claimant(
            identityNumber, proxy: proxy, channel: channel, taking: batch, at: call.instant ?? now)
        let command = Issue.with {
            $0.batch = batch
            $0.pseudonym = pseudonym
            $0.release = release
            $0.topUp = topUp
            $0.claimant = claimant
        }
        return try await perform(command, call) { (earlier: Issue) in
            guard earlier.pseudonym == pseudonym, claimant.isSaid(again: earlier.claimant) else { return nil }
            var again = command
            again.claimant = earlier.claimant
            return again
        }
    }

    /// Gives a command to the ledger; a retry of an earlier one means what was meant then, whatever has been attested since.
    ///
    /// - Parameter meant: the command as `earlier` meant it; `nil` where it is none of its retries.
    func perform<Asked: Operation>(
        _ command: Asked, _ call: Call, meaning meant: (_ earlier: Asked) -> Asked?
    ) async throws(ServiceError) -> Receipt<Asked> {
        do throws(ServiceError) {
            return try await perform(command, call)
        } catch .keyReused(let event) {
            guard let earlier = try earlierCommand(call) as? Asked, let again = meant(earlier) else {
                throw .keyReused(event: event)
            }
            return try await perform(again, call)
        }
    }

    /// Takes a voucher back from the resident who holds it.
    package func handBack(
        _ voucher: VoucherID, from identityNumber: String, channel: String? = nil, _ call: Call
    ) async throws(ServiceError) -> Receipt<HandBack> {
        let programme = try state { state in
            state.vouchers.contains(voucher)
                ? state.batches[state.vouchers[voucher].batch].programme : ProgrammeID.none
        }
        let person = try registered([identityNumber], in: try scope(of: programme))
        guard let pseudonym = person[identityNumber] else {
            throw .notFound(.resident, masked(identityNumber))
        }
        return try await perform(
            .with {
                $0.voucher = voucher
                $0.pseudonym = pseudonym
                $0.channel = channel
            }, call)
    }

    /// The vouchers of a resident in every programme, oldest first.
    package func vouchers(of identityNumber: String) throws(ServiceError) -> [VoucherView] {
        guard try people.resident(identityNumber) != nil else {
            throw .notFound(.resident, masked(identityNumber))
        }
        let identity = people.identity(identityNumber)
        let programmes = try query { (model) throws(StorageError) in try model.programmes(ledger) }
        var vouchers: [VoucherView] = []
        let scopes = try state { state in
            Set(programmes.map { PseudonymScope($0.row.id, in: state) })
        }
        for scope in scopes {
            guard let pseudonym = try people.knownPseudonym(of: identity, in: scope) else { continue }
            vouchers += try query { (model) throws(StorageError) in
                try model.vouchers(of: pseudonym, ledger)
            }
        }
        return vouchers.sorted { $0.row.id < $1.row.id }
    }

    /// Gives every registered resident a pseudonym in a programme, so that a drop only reads the vault.
    package func prepareDrop(_ programme: ProgrammeID) throws(ServiceError) {
        let scope = try scope(of: programme)
        var offset = 0
        while true {
            let identities: [Digest128]
            do {
                identities = try people.vault.identities(ledger: ledger, offset: offset, limit: 10_000)
            } catch {
                throw .storage(error)
            }
            guard !identities.isEmpty else { return }
            _ = try people.pseudonyms(of: identities, in: scope)
            offset += identities.count
        }
    }

    /// Lapses every voucher that has expired by now and is not held; returns how many lapsed.
    package func lapseExpired(
        _ call: Call, progress: (Int, Int) -> Void = { _, _ in }
    ) async throws(ServiceError) -> Int {
        let instant = call.instant ?? now
        // All vouchers are looked at beside the writer, and those that have expired once more with it.
        let (vouchers, now) = try state { ($0.vouchers, max(instant, $0.lastInstant)) }
        let expired = vouchers.enumerated.compactMap { id, voucher in
            voucher.status == .usable && voucher.expiry <= now ? id : nil
        }
        let due = try state { state in
            expired.filter { state.available($0, at: now) == state.vouchers[$0].balance.total }
        }
        var lapsed = 0
        var start = 0
        while start < due.count {
            let slice = due[start..<min(start + 500, due.count)]
            let requests = slice.map { id in
                request(Lapse.with { $0.voucher = id }, call.step("\(id.rawValue)"))
            }
            for reply in await performAll(requests) {
                switch reply {
                case .failure(let fault): throw .fault(fault)
                case .success(let answer): lapsed += answer.refusal == nil ? 1 : 0
                }
            }
            start += slice.count
            progress(start, due.count)
        }
        return lapsed
    }

    /// Does what a claims file says, row by row in its order; every row has its own key and its own answer.
    package func run(
        _ file: ClaimFile, _ call: Call, progress: (Int, Int) -> Void = { _, _ in }
    ) async throws(ServiceError) -> BulkSummary {
        let commands = try commands(for: file, at: call.instant ?? now)
        var summary = BulkSummary()
        var start = 0
        while start < commands.count {
            let end = min(start + 500, commands.count)
            let requests = (start..<end).map { index in
                let row = file.rows[index]
                return request(
                    commands[index], Call(call.principal, key: row.key, at: row.time ?? call.instant))
            }
            for (index, reply) in zip(start..<end, await performAll(requests)) {
                try summary.add(reply, line: file.rows[index].line)
            }
            start = end
            progress(start, commands.count)
        }
        return summary
    }

    /// Resolves every row before the first is given to the ledger: a file with an unknown name does nothing.
    private func commands(for file: ClaimFile, at instant: Instant) throws(ServiceError) -> [any Operation] {
        let targets = try claimTargets(of: file)
        var pseudonyms: [ProgrammeID: [String: Pseudonym]] = [:]
        for programme in Set(targets.map(\.programme)) {
            let numbers = zip(file.rows, targets).filter { $1.programme == programme }
                .map { $0.0.identity.text }
            pseudonyms[programme] = try registered(Array(Set(numbers)), in: try scope(of: programme))
        }
        var faults: [RowFault] = []
        var commands: [any Operation] = []
        for (row, target) in zip(file.rows, targets) {
            guard let pseudonym = pseudonyms[target.programme]?[row.identity.text] else {
                faults.append(
                    RowFault(row: row.line, field: "id_number", message: "is no registered resident's"))
                continue
            }
            do throws(ServiceError) {
                var facts: Claimant?
                if let batch = target.batch {
                    facts = try claimant(
                        row.identity.text, proxy: row.proxy?.text, channel: row.channel, taking: batch,
                        at: row.time ?? instant)
                }
                commands.append(target.command(pseudonym, facts, channel: row.channel))
            } catch {
                guard case .notFound = error else { throw error }
                faults.append(
                    RowFault(
                        row: row.line, field: "proxy_id_number", message: "is no registered resident's"))
            }
        }
        guard faults.isEmpty else { throw .rows(RowFaults(faults)) }
        return commands
    }

    /// What each row is about, in order.
    private func claimTargets(of file: ClaimFile) throws(ServiceError) -> [ClaimTarget] {
        let (known, held) = try state { ($0.batches, $0.vouchers) }
        let batches = known.storage.map(\.programme)
        let vouchers = held.storage.map { known[$0.batch].programme }
        var faults: [RowFault] = []
        var targets: [ClaimTarget] = []
        for row in file.rows {
            do throws(RowFault) {
                switch row.action {
                case .claim(let text):
                    let (id, programme): (BatchID, _) = try found(text, "batch", batches, row.line)
                    targets.append(ClaimTarget(programme: programme, action: .issue(id, .firstCome)))
                case .issue(let text):
                    let (id, programme): (BatchID, _) = try found(text, "batch", batches, row.line)
                    targets.append(ClaimTarget(programme: programme, action: .issue(id, .directed)))
                case .enter(let text):
                    let (id, programme): (BatchID, _) = try found(text, "batch", batches, row.line)
                    targets.append(ClaimTarget(programme: programme, action: .enter(id)))
                case .handBack(let text):
                    let (id, programme): (VoucherID, _) = try found(text, "voucher", vouchers, row.line)
                    targets.append(ClaimTarget(programme: programme, action: .handBack(id)))
                }
            } catch {
                faults.append(error)
            }
        }
        guard faults.isEmpty else { throw .rows(RowFaults(faults)) }
        return targets
    }

    /// The thing that a row names, with its programme.
    private func found<Entity: Numbered>(
        _ text: String, _ field: String, _ programmes: [ProgrammeID], _ line: Int
    ) throws(RowFault) -> (Identifier<Entity>, ProgrammeID) {
        let id: Identifier<Entity>
        do {
            id = try Identifier(text: text, in: ledger)
        } catch {
            throw RowFault(row: line, field: field, message: error.sentence(ledger).english)
        }
        guard Int(id.rawValue) <= programmes.count else {
            throw RowFault(row: line, field: field, message: "\(text) does not exist")
        }
        return (id, programmes[Int(id.rawValue) - 1])
    }

    /// The pseudonym of a registered resident in the programme of a batch.
    func pseudonym(of identityNumber: String, taking batch: BatchID) throws(ServiceError) -> Pseudonym {
        guard let facts = try knownBatches.facts(of: batch, self) else {
            throw .notFound(.batch, batch.text(in: ledger))
        }
        let person = try registered([identityNumber], in: facts.scope)
        guard let pseudonym = person[identityNumber] else {
            throw .notFound(.resident, masked(identityNumber))
        }
        return pseudonym
    }

    private func scope(of programme: ProgrammeID) throws(ServiceError) -> PseudonymScope {
        try state { PseudonymScope(programme, in: $0) }
    }

    /// The pseudonyms of those of `numbers` that belong to registered residents.
    func registered(
        _ numbers: [String], in scope: PseudonymScope
    ) throws(ServiceError) -> [String: Pseudonym] {
        let identities = numbers.map { people.identity($0) }
        let known: Set<Digest128>
        do {
            known = Set(try people.vault.imports(of: identities, ledger: ledger).keys)
        } catch {
            throw .storage(error)
        }
        let pseudonyms = try people.pseudonyms(of: identities.filter(known.contains), in: scope)
        var found: [String: Pseudonym] = [:]
        for (number, identity) in zip(numbers, identities) { found[number] = pseudonyms[identity] }
        return found
    }
}

/// What one row of a claims file is about.
private struct ClaimTarget {
    enum Action {
        case issue(BatchID, Release)
        case enter(BatchID)
        case handBack(VoucherID)
    }

    var programme: ProgrammeID
    var action: Action

    /// The batch that something is taken from; `nil` for a hand-back.
    var batch: BatchID? {
        switch action {
        case .issue(let batch, _), .enter(let batch): batch
        case .handBack: nil
        }
    }

    func command(_ pseudonym: Pseudonym, _ claimant: Claimant?, channel: String?) -> any Operation {
        switch action {
        case .issue(let batch, let release):
            Issue.with {
                $0.batch = batch
                $0.pseudonym = pseudonym
                $0.release = release
                $0.claimant = claimant
            }
        case .enter(let batch):
            EnterLottery.with {
                $0.batch = batch
                $0.pseudonym = pseudonym
                $0.claimant = claimant
            }
        case .handBack(let voucher):
            HandBack.with {
                $0.voucher = voucher
                $0.pseudonym = pseudonym
                $0.channel = channel
            }
        }
    }
}

/// An identity number as it may be shown: the division and nothing of the person.
package func masked(_ identityNumber: String) -> String {
    "\(identityNumber.prefix(6))************"
}
