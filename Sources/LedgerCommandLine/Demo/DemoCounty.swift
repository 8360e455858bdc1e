import Cryptography
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService

/// A practice county that is open today, for `wenhui serve --demo`: a programme, a batch, outlets and residents.
struct DemoCounty {
    private let session: Session
    private let registry = DemoRegistry(DemoPlan(scale: 0.02, seed: 1))
    private let ledger = DemoPlan.county

    /// Opens the county's folder, which is made first where there is none.
    static func open(_ path: String, _ body: (Session, DemoCounty) async throws -> Void) async throws {
        if !FileManager.default.fileExists(atPath: path) {
            // It is made beside its place, so that what is interrupted leaves nothing that looks done.
            let draft = "\(path).demo-\(ProcessInfo.processInfo.processIdentifier)"
            do {
                try DataFolder(draft).create()
                try await Session.with(draft) { session in
                    try await DemoCounty(session: session).make(in: draft)
                }
                try FileManager.default.moveItem(atPath: draft, toPath: path)
            } catch {
                try? FileManager.default.removeItem(atPath: draft)
                throw error
            }
        }
        try await Session.with(path) { session in
            guard try session.isPractice(session.system.service(DemoPlan.county)) else {
                throw ServiceError.practiceOnly("--demo")
            }
            try await body(session, DemoCounty(session: session))
        }
    }

    private func make(in folder: String) async throws {
        let story = DemoStory(isQuiet: true, folder: folder, shownAs: folder)
        let runner = DemoRunner(session: session, story: story)
        let now = systemClock()
        func run(_ words: String...) async throws { try await runner.run(words, quietly: true) }
        try await run("ledger", "open", "\(ledger)", "--name", "演练县", "--practice")
        try await run(
            "fund", "create", "--level", "county", "--year", "2026", "--treasury", "演练国库", "--document",
            "演练1号")
        try await run("fund", "appropriate", "1", "100000.00", "--reference", "演练拨款")
        for (words, name, text) in [
            (["resident", "import"], "residents.csv", registry.residentsFile),
            (["merchant", "import"], "merchants.csv", registry.merchantsFile),
            (["outlet", "import"], "outlets.csv", registry.outletsFile),
            (["outlet", "import-terminals"], "terminals.csv", registry.terminalsFile),
        ] { try await runner.run(words + [try runner.write(name, text)], quietly: true) }
        let rules = try runner.write(
            "rules.yaml", String(decoding: PackageResources.shandong_wenhui_yaml, as: UTF8.self))
        try await run("programme", "submit", rules)
        try await run("programme", "approve", "1", "--as", "approver")
        try await run("programme", "allocate", "1", "--fund", "1", "50000.00")
        try await run(
            "batch", "propose", "--programme", "1", "--face", "50.00", "--quota", "1000", "--fund", "1=1",
            "--from", now.adding(-Instant.hour).text, "--until", now.adding(30 * Instant.day).text)
        try await run("batch", "approve", "1", "--as", "approver")
        try await run("key", "generate")
    }

    /// Who works in the county, each with what they are.
    private static let staff: [(account: String, roles: Set<Role>)] = [
        ("admin", [.administrator]), ("officer", [.programmeOfficer, .merchantManager]),
        ("approver", [.programmeApprover]), ("finance", [.financeOfficer]), ("checker", [.financeApprover]),
        ("auditor", [.auditor]),
    ]

    /// Gives everybody who works here a new password and a second factor; a line of each.
    private func enrolStaff(_ service: LedgerService) async throws -> [String] {
        // What is printed is no secret: keeping it need not be slow.
        let accounts = Accounts(
            service, session.system.office, cost: Scrypt(logCost: 10, blockSize: 8, parallelism: 1))
        var lines: [String] = []
        for (account, roles) in DemoCounty.staff {
            if try service.state({ $0.grants[account] == nil }) {
                _ = try await service.grant(account, roles, Call(.system, key: "demo grant \(account)"))
            }
            let size = try service.state { $0.size }
            let code = try await accounts.invite(account, Call(.system, key: "demo \(account) \(size)")).code
            let password = SecureRandom.bytes(9).base64
            let factor = try accounts.enrol(account, invitation: code, password: password).get()
            // The last half minute's code: this one's is left for whoever signs in now.
            let step = service.now.microseconds / Instant.second / OneTimePassword.period - 1
            try await accounts.confirm(account, invitation: code, code: factor.code(step: step)).get()
            lines.append("\(account)\t\(password)\t\(factor.text)\t\(factor.code(step: step + 1))")
        }
        return lines
    }

    /// A key that may do everything, sign-ins, and three requests to paste: a claim, its redemption, the receipt.
    func invitation(_ address: String) async throws -> String {
        let service = try session.system.service(ledger)
        let staff = try await enrolStaff(service)
        let key = try await AccessKeys(service, session.system.office).make(
            "demo", scopes: Set(Permission.scopes), days: 1,
            Call(.system, key: "demo key \(try service.state { $0.size })")
        ).key.text
        let (vouchers, size) = try service.state { ($0.vouchers.storage.count, $0.size) }
        let base = "\(address)/v1/ledgers/\(ledger)"
        let resident = registry.people[vouchers % registry.people.count]
        let voucher = VoucherID(UInt32(vouchers + 1)).text(in: ledger)
        func line(_ path: String, _ key: String, _ body: String) -> String {
            "curl -s \(base)/\(path) -H \"Authorization: Bearer $KEY\" -H 'Idempotency-Key: \(key)' --json '\(body)'"
        }
        return """
            A county to try 演练县 (\(ledger)), described at \(address)/v1/openapi.yaml.

            Sign-ins 登录 (POST \(base)/sign-in): account, password, authenticator secret, the code of this half minute
            \(staff.joined(separator: "\n"))

            Paste:

            KEY=\(key)
            \(line("claims", "demo-claim-\(size)", "{\"batch\":\"1\",\"resident\":\"\(resident)\"}"))
            \(line("redemptions", "demo-sale-\(size)", "{\"voucher\":\"\(voucher)\",\"outlet\":\"ZC-0001\",\"bill\":8600,\"order\":\"demo-\(size)\"}"))
            curl -s \(address)/log/\(ledger)/proof/\(size + 1)
            """
    }
}
