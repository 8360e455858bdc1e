import ArgumentParser
import CBOR
import Cryptography
import Foundation
import LedgerDomain
import LedgerService
import QRCodes
import RedemptionTokens

// What is issued for where there is no network, or no phone.
extension TokenGroup {
    struct Credential: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a phone spend a voucher where tills are offline (离线凭证).",
            discussion: """
                The voucher is held for it until tills can have uploaded what it paid.
                Example: wenhui token credential 1 --device 03a4… --out ./credential
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The voucher.") var voucher: String
        @Option(help: "The phone's P-256 public key: 66 hexadecimal digits, compressed.") var device: String
        @Option(help: "The most that it may spend, in yuan.", transform: Typed.amount) var cap: Amount?
        @Option(help: "Hours that it is good for.") var hours: Int?
        @Option(help: "Write the credential to this file.") var out: String?

        func validate() throws {
            if let hours, !(1...168).contains(hours) {
                throw ValidationError("--hours is from 1 to 168.")
            }
        }

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            guard let bytes = [UInt8](hexadecimal: device), let key = P256PublicKey(compressed: bytes) else {
                throw CommandFailure.usage(
                    "--device \(device) is no key: it is 66 hexadecimal digits, from wenhui phone new.")
            }
            let issued = try await service.issueCredential(
                try service.identifier(voucher), to: DeviceKey(key), cap: cap,
                lifetime: hours.map { Int64($0) * Instant.hour }, call)
            if let out { try TokenGroup.save(issued.credential.bytes, to: out) }
            let claims = issued.credential.claims
            var report = Report()
            report.add("credential", "credential 凭证", .text(claims.id.description))
            report.add("cap", "cap 限额", .amount(Amount(fen: Int64(claims.cap))))
            report.add("expiry", "until 有效至", .instant(Instant(seconds: claims.expiry)))
            report.add(
                "heldUntil", "voucher held until 冻结至", .instant(issued.receipt.accepted.holdUntil))
            if out == nil { report.add("bytes", "bytes 字节", .text(issued.credential.bytes.hexadecimal)) }
            report.addReceipt(issued.receipt, call)
            return report
        }
    }

    struct Withdraw: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "Take an offline credential back: a phone was lost, or cheats.",
            discussion: "Example: wenhui token revoke 1c9d4fd0b1e2a3f4")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The credential's ID.", transform: Typed.keyID) var id: KeyID

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await service.perform(RevokeCredential.with { $0.id = id }, call)
            var report = Report()
            report.add("heldUntil", "voucher held until 冻结至", .instant(receipt.accepted.holdUntil))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Paper: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a voucher on paper (纸质券); one printed before is worth nothing from now on.",
            discussion: "Example: wenhui token paper 1 --png ./voucher.png")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The voucher.") var voucher: String
        @OptionGroup var pictures: PictureOptions
        @Flag(help: "Draw the QR code in the terminal.") var qr = false

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let printed = try await service.issuePaper(try service.identifier(voucher), call)
            let code = try TokenGroup.code(printed.paper.text)
            try pictures.write(code)
            if qr, !options.json { Console.print(code.terminal) }
            var report = Report()
            report.add("paper", "paper 纸质券", .text(printed.paper.text))
            report.add("version", "QR version 码版本", .number(code.version))
            report.addReceipt(printed.receipt, call)
            return report
        }
    }

    static func save(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(
                .fault, "fault", "\(path) cannot be written: \((error as NSError).localizedDescription)")
        }
    }
}
