import ArgumentParser
import CBOR
import LedgerDomain

/// How a batch's vouchers reach people: the release, a lottery's parties, and who comes first.
struct ReleaseOptions: ParsableArguments {
    @Option(help: "first-come (抢券), directed (定向), matched (配套), lottery (摇号) or points (积分兑换).")
    private var release = "first-come"
    @Option(
        name: .customLong("party"),
        help: "For a lottery: who commits a seed, two to eight names in the order of revealing.")
    private var parties: [String] = []
    @Option(help: "For a lottery: seeds are revealed before this instant.", transform: Typed.instant)
    private var revealBy: Instant?
    @Option(
        help: "A group that may take vouchers at all, such as rural; may be repeated.", transform: Typed.group
    )
    private var only: [String] = []
    @Option(
        help: "A group that may take vouchers before --from; may be repeated.", transform: Typed.group)
    private var priority: [String] = []
    @Option(help: "Since when priority groups may take vouchers.", transform: Typed.instant)
    private var priorityFrom: Instant?
    @Option(
        name: .customLong("reserve"), help: "GROUP=COUNT: so many vouchers for a group; may be repeated.")
    private var reserves: [String] = []
    @Option(help: "From this instant on reserves are for everybody.", transform: Typed.instant)
    private var reservedUntil: Instant?
    @Option(
        name: .customLong("round"),
        help: "COUNT@INSTANT: so many vouchers not before then; may be repeated, ascending.")
    private var rounds: [String] = []

    private static let releases: [String: Release] = [
        "first-come": .firstCome, "directed": .directed, "matched": .matched, "lottery": .lottery,
        "points": .points,
    ]

    /// Writes what was asked for into a proposal.
    func fill(_ proposal: inout ProposeBatch) throws {
        guard let release = ReleaseOptions.releases[release] else {
            throw CommandFailure.usage("--release is first-come, directed, matched, lottery or points.")
        }
        proposal.release = release
        proposal.lottery = try lottery(release)
        let access = try access
        if let fault = fault(of: access, in: proposal) { throw CommandFailure.usage(fault) }
        proposal.access = access == BatchAccess() ? nil : access
    }

    private func lottery(_ release: Release) throws -> LotteryPlan? {
        guard release == .lottery else {
            guard parties.isEmpty, revealBy == nil else {
                throw CommandFailure.usage("--party and --reveal-by are for --release lottery.")
            }
            return nil
        }
        guard let revealBy else {
            throw CommandFailure.usage("--release lottery needs --reveal-by and two --party.")
        }
        let principals = try parties.map { name in
            guard let principal = Principal(name) else {
                throw CommandFailure.usage("--party takes a name of 1 to 64 bytes.")
            }
            return principal
        }
        return .with {
            $0.parties = principals
            $0.revealBy = revealBy
        }
    }

    /// What cannot be meant, option by option; the ledger would refuse it as a whole.
    private func fault(of access: BatchAccess, in proposal: ProposeBatch) -> String? {
        if priority.isEmpty != (priorityFrom == nil) {
            return "--priority and --priority-from belong together."
        }
        if let priorityFrom, priorityFrom >= proposal.from {
            return "--priority-from must be before --from: the groups come first."
        }
        if reservedUntil != nil, reserves.isEmpty { return "--reserved-until is for --reserve." }
        let reserved = access.reserves.reduce(Int64(0)) { $0 + Int64($1.count) }
        guard reserved <= Int64(proposal.quota) else {
            return "--reserve keeps \(reserved) vouchers, and --quota is \(proposal.quota)."
        }
        let later = access.rounds.reduce(Int64(0)) { $0 + Int64($1.count) }
        guard rounds.isEmpty || later < Int64(proposal.quota) else {
            return
                "--round holds \(later) vouchers back, and --quota is \(proposal.quota): some must be left for --from."
        }
        let instants = [proposal.from] + access.rounds.map(\.from) + [proposal.until]
        guard zip(instants, instants.dropFirst()).allSatisfy({ $0 < $1 }) else {
            return "--round takes ascending instants after --from and before --until."
        }
        let orders = !priority.isEmpty || !reserves.isEmpty || !rounds.isEmpty
        return proposal.release == .lottery && orders
            ? "--release lottery draws among all who may enter: --only is possible, --priority, --reserve and --round are not."
            : nil
    }

    private var access: BatchAccess {
        get throws {
            let reserves = try reserves.map { text -> BatchAccess.Reserve in
                let parts = text.split(separator: "=")
                guard parts.count == 2, let count = UInt32(parts[1]) else {
                    throw CommandFailure.usage(
                        "--reserve \(text) is not of the form GROUP=COUNT, such as rural=100.")
                }
                let group = try Typed.group(String(parts[0]))
                return .with { ($0.group, $0.count) = (group, count) }
            }
            let rounds = try rounds.map { text -> BatchAccess.Round in
                let parts = text.split(separator: "@")
                guard parts.count == 2, let count = UInt32(parts[0]) else {
                    throw CommandFailure.usage(
                        "--round \(text) is not of the form COUNT@INSTANT, such as 100@2018-06-02T10:00:00+08:00."
                    )
                }
                let from = try Typed.instant(String(parts[1]))
                return .with { ($0.from, $0.count) = (from, count) }
            }
            return .with {
                $0.only = only
                $0.priority = priority
                $0.priorityFrom = priorityFrom
                $0.reserves = reserves
                $0.reservedUntil = reservedUntil
                $0.rounds = rounds
            }
        }
    }
}
