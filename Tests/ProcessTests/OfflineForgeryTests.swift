import Cryptography
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerEngine
import LedgerService
import LedgerStorage
import Testing

/// What a ledger that is not honest could put into its log: the service verifies signatures before the ledger sees a
/// command, so a program without that check is what the auditor must catch.
@Suite("Signatures in a log that its own ledger forged")
struct OfflineForgeryTests {
    @Test(
        "The audit names a sale that no phone signed and a credential that no key of the ledger did, by one bit",
        arguments: [true, false], [true, false])
    func oneBit(isSale: Bool, isAltered: Bool) async throws {
        let fair = try OfflineTests.Fair()
        try fair.phone("a", voucher: 1)
        let withoutCredential = try copy(fair)
        try fair.phone("b", voucher: 2, at: 10)
        try fair.enrol("t1", outlet: 1, at: 11)
        let withoutSale = try copy(fair)
        let shown = try fair.present("a", outlet: 1, at: 60)
        #expect(try fair.sell("t1", shown, order: "A-1", at: 60).status == 0)
        #expect(try fair.upload("t1", at: 600).paid == 1)
        let commands = try self.commands(of: try copy(fair))
        if isSale {
            var sale = try #require(commands.lazy.compactMap { $0 as? RedeemOffline }.last)
            if isAltered { sale.signature = OfflineForgeryTests.altered(sale.signature) }
            try await append(sale, to: withoutSale)
        } else {
            var credential = try #require(commands.lazy.compactMap { $0 as? IssueCredential }.last)
            if isAltered {
                credential.credential = OfflineForgeryTests.altered(credential.credential)
                credential.digest = try #require(Digest128(SHA256Digest.of(credential.credential.bytes)))
            }
            try await append(credential, to: withoutCredential)
        }
        let done = try audited(isSale ? withoutSale : withoutCredential)
        guard isAltered else {
            #expect(done.status == 0, "\(done)")
            return
        }
        let said = isSale ? "the phone has not signed this sale" : "signed with no key of the ledger's list"
        #expect(done.status == 5 && done.errors.contains(said), "\(done)")
    }

    /// The same bytes with the last bit, which is a signature's, turned.
    private static func altered(_ octets: Octets) -> Octets {
        Octets(octets.bytes.dropLast() + [(octets.bytes.last ?? 0) ^ 1])
    }

    /// The data folder as it is now, elsewhere.
    private func copy(_ fair: OfflineTests.Fair) throws -> String {
        let target = fair.path("copy-\(UUID().uuidString)")
        try FileManager.default.copyItem(atPath: fair.books.folder.path, toPath: target)
        return target
    }

    private func commands(of data: String) throws -> [any LedgerDomain.Operation] {
        let system = try LedgerSystem(DataFolder(data))
        defer { system.stop() }
        let reader = try system.service(LoadedBooks.ledger).machine.reader
        return try reader.events(of: LoadedBooks.ledger, from: 0, limit: 10_000).enumerated().map {
            try Event.decoded($1, number: UInt64($0)).record.command
        }
    }

    /// Gives a command to the ledger itself, past everything that verifies signatures.
    private func append(_ command: some LedgerDomain.Operation, to data: String) async throws {
        let system = try LedgerSystem(DataFolder(data))
        defer { system.stop() }
        let service = try system.service(LoadedBooks.ledger)
        let last = try service.state { $0.lastInstant }
        let made = (command as? RedeemOffline)?.occurredAt ?? (command as? IssueCredential)?.issuedAt
        let call = Call(
            try #require(Principal("forger")), key: "forged",
            at: max(last, made ?? last).adding(Instant.second))
        let replies = await service.performAll([service.request(command, call)])
        guard case .success(let answer) = replies.first, answer.refusal == nil else {
            throw ProgramFailure("\(replies)")
        }
    }

    /// What an auditor says of the folder's log.
    private func audited(_ data: String) throws -> Finished {
        let export = data + "-log"
        let exported = try Program.wenhui.run(["audit", "export", export, "--data", data])
        guard exported.status == 0 else { throw ProgramFailure("\(exported)") }
        let keys = try Program.wenhui.run(["key", "list", "--note", "--data", data]).output
        let key = try #require(keys.split(separator: "\n").first)
        return try Program.wenhui.run(["audit", "verify", export, "--key", String(key)])
    }
}
