import ArgumentParser
import CBOR
import Cryptography
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import RedemptionTokens

/// `tools/bench token`: tokens beside the bare signatures in them, and what they add to a redemption.
struct TokenBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens minted and verified a second, beside the bare library calls.")

    @Option(help: "Tokens to verify, and redemptions with and without one.")
    var count = 50_000
    @Option(help: "Where to put the temporary folder; the disk matters.")
    var folder = FileManager.default.temporaryDirectory.path

    func run() async throws {
        try signatures()
        let root = "\(folder)/wenhui-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let plain = try await redemptions("\(root)/plain", withTokens: false)
        let shown = try await redemptions("\(root)/shown", withTokens: true)
        print(
            String(
                format: "redemptions at 512 in flight: %@/s by number, %@/s by token (%.2f×)",
                rate(plain) as NSString, rate(shown) as NSString, shown / plain))
    }

    /// One core: from a scanned text to a verified token, and from a voucher to a text.
    private func signatures() throws {
        let key = Ed25519PrivateKey.random()
        let signer = TokenSigner.ed25519(key)
        let now: Int64 = 1_527_818_400
        guard let voucher = VoucherReference(ledger: 370_782, number: 1),
            let listed = ListedKey(
                signer.publicKey, notBefore: now - 60, notAfter: now + 3600, status: .active),
            let keys = KeyList(ledger: 370_782, sequence: 1, issuedAt: now, keys: [listed])
        else { throw BenchError.setup("keys") }
        var texts: [String] = []
        texts.reserveCapacity(count)
        let minting = seconds {
            for number in 0..<count {
                let token = OnlineToken(
                    voucher: voucher, id: TokenID(UInt64(number)), issuedAt: now)
                texts.append(SignedClaims(signing: token, by: signer).text)
            }
        }
        let verifier = TokenVerifier(keys: keys, now: now)
        let verifying = try seconds {
            for text in texts {
                guard case .online(let token) = try ScannedText(text) else { throw BenchError.setup("token") }
                _ = try verifier.verify(online: token)
            }
        }
        // The same signatures over as many bytes, with nothing around them.
        let message = [UInt8](repeating: 7, count: 58)
        let signature = key.signature(for: message)
        let signing = seconds { for _ in 0..<count { _ = key.signature(for: message) } }
        let publicKey = key.publicKey
        let checking = seconds {
            for _ in 0..<count { precondition(publicKey.isValid(signature, for: message)) }
        }
        let each = Double(count)
        print(
            String(
                format: "minted %@/s a core (bare Ed25519 signatures %@/s, %.2f×)",
                rate(each / minting) as NSString, rate(each / signing) as NSString, signing / minting))
        print(
            String(
                format: "verified %@/s a core (bare Ed25519 verifications %@/s, %.2f×)",
                rate(each / verifying) as NSString, rate(each / checking) as NSString, checking / verifying))
    }

    /// Redemptions a second through the whole service.
    private func redemptions(_ path: String, withTokens: Bool) async throws -> Double {
        let fixture = try await BookFixture(path)
        _ = try await fixture.open(quota: UInt32(count))
        try await fixture.issue(count)
        let service = fixture.service
        _ = try await service.publishKeys(
            .generate(after: 0, lifetime: 400 * Instant.day), fixture.call("key"))
        let tokens =
            withTokens
            ? try (1...count).map { number in
                try service.mint(VoucherID(UInt32(number)), fixture.call("mint")).token.text
            } : []
        let measured = try await Measurement.run(count, inFlight: 512) { index in
            let sale = fixture.redemption(index + 1)
            let call = fixture.call("redeem \(index)")
            guard withTokens else {
                try await service.perform(sale, call)
                return
            }
            let shown = try service.shown(tokens[index], call, at: BookFixture.june)
            let bill = CashierSale(
                outlet: sale.outlet, terminal: sale.terminal, bill: sale.bill, channel: sale.channel,
                order: sale.order, details: nil)
            _ = try await service.redeem(shown, for: bill, call)
        }
        fixture.system.stop()
        return measured.perSecond
    }

    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        let started = ContinuousClock.now
        try body()
        return started.duration(to: .now).inSeconds
    }
}
