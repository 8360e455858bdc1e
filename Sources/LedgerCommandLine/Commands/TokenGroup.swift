import ArgumentParser
import CBOR
import Cryptography
import Foundation
import LedgerDomain
import LedgerService
import QRCodes
import RedemptionTokens

/// `wenhui token`: what a resident shows at a till.
struct TokenGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Redemption tokens (核销码): mint, inspect, verify, draw; credentials and papers.",
        discussion: "Example: wenhui token mint 1 --qr",
        subcommands: [
            Mint.self, Inspect.self, Verify.self, Draw.self, Credential.self, Withdraw.self, Paper.self,
        ])

    struct Mint: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the token that a resident's page shows for the next minute.",
            discussion: "Example: wenhui token mint 1 --qr")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var pictures: PictureOptions
        @Argument(help: "The voucher.") var voucher: String
        @Option(help: "The instant to mint at (RFC 3339); practice ledgers only.", transform: Typed.instant)
        var clock: Instant?
        @Flag(help: "Draw the QR code in the terminal.") var qr = false
        @Flag(help: "Print nothing but the token's text.") var text = false

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            if clock != nil, try !session.isPractice(service) { throw ServiceError.practiceOnly("--clock") }
            let minted = try service.mint(
                try service.identifier(voucher), Call(.system, key: "", at: clock))
            let token = minted.token.text
            if text { return Report(document: Array("\(token)\n".utf8)) }
            let code = try TokenGroup.code(token)
            try pictures.write(code)
            if qr, !options.json { Console.print(code.terminal) }
            var report = Report()
            report.add("token", "token 核销码", .text(token))
            report.add("code", "typed code 数字码", .text(minted.code.description))
            report.add("voucher", "voucher 消费券", .id(minted.voucher, service.ledger))
            report.add("expiry", "until 有效至", .instant(minted.expiry))
            report.add("bytes", "bytes 字节", .number(minted.token.bytes.count))
            report.add("version", "QR version 码版本", .number(code.version))
            return report
        }
    }

    struct Inspect: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take apart what was scanned or typed; verifies nothing.",
            discussion: "Example: wenhui token inspect WH1:…")
        @Argument(help: "The text.") var text: String
        @Flag(help: "Print one JSON document instead of tables.") var json = false

        func report() async throws -> Report {
            var report = Report()
            switch try TokenGroup.scanned(text) {
            case .online(let token):
                report.add("kind", "kind 种类", .text("online token 在线核销码"))
                report.add("algorithm", "algorithm 算法", .text("\(token.message.algorithm)"))
                report.add("keyID", "key 密钥", .text(token.message.keyID.description))
                report.add("ledger", "ledger 账簿", .text("\(token.claims.voucher.ledger)"))
                report.add("voucher", "voucher 消费券", .number(Int(token.claims.voucher.number)))
                report.add("id", "token id 一次性编号", .text(token.claims.id.description))
                report.add("expiry", "until 有效至", .instant(Instant(seconds: token.claims.expiry)))
                report.add("bytes", "bytes 字节", .number(token.bytes.count))
            case .offline(let shown):
                report.add("kind", "kind 种类", .text("offline presentation 离线出示码"))
                report.add("keyID", "key 密钥", .text(shown.credential.message.keyID.description))
                report.add("ledger", "ledger 账簿", .text("\(shown.credential.claims.voucher.ledger)"))
                report.add("voucher", "voucher 消费券", .number(Int(shown.credential.claims.voucher.number)))
                report.add("credential", "credential 凭证", .text(shown.credential.claims.id.description))
                report.add("counter", "counter 序号", .number(Int(shown.presentation.claims.counter)))
                report.add(
                    "amount", "amount 金额", .amount(Amount(fen: Int64(shown.presentation.claims.amount))))
                report.add("outlet", "outlet 门店", .number(Int(shown.presentation.claims.outlet)))
            case .paper(let paper):
                report.add("kind", "kind 种类", .text("paper voucher 纸质券"))
                report.add("ledger", "ledger 账簿", .text("\(paper.voucher.ledger)"))
                report.add("voucher", "voucher 消费券", .number(Int(paper.voucher.number)))
            case .typed(let code):
                report.add("kind", "kind 种类", .text("typed code 数字码"))
                report.add("voucher", "voucher 消费券", .number(Int(code.voucher)))
            }
            return report
        }
    }

    struct Verify: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Verify a token as a till does, from the ledger's key list; needs no data folder.",
            discussion: "Example: wenhui token verify WH1:… --key-list ./keys-370782 --list-key 9f0c…")
        @Argument(help: "The text that was scanned.") var text: String
        @Option(name: .customLong("key-list"), help: "The signed key list, from: wenhui key publish.")
        var keyList: String
        @Option(
            name: .customLong("list-key"), help: "The key that lists are signed with, from: wenhui key list.")
        var listKey: String
        @Option(help: "The instant to verify at (RFC 3339); now without it.", transform: Typed.instant)
        var clock: Instant?
        @Flag(help: "Print one JSON document instead of tables.") var json = false

        func report() async throws -> Report {
            guard case .online(let token) = try TokenGroup.scanned(text) else {
                throw CommandFailure.usage(
                    "Only online tokens, which begin with WH1:, can be verified like this.")
            }
            // Lists are signed with Ed25519 or SM2, whose keys differ in length.
            guard let bytes = [UInt8](hexadecimal: listKey),
                let key = TokenPublicKey(bytes.count == 33 ? .sm2 : .ed25519, bytes: bytes)
            else {
                throw CommandFailure.usage(
                    "\(listKey) is no key: it is 64 or, of SM2, 66 hexadecimal digits, from wenhui key list.")
            }
            let keys: KeyList
            do {
                keys = try KeyList(opening: try readFile(keyList), by: key)
            } catch let error as SignedListError {
                throw CommandFailure(.unverified, "keys", "\(keyList) is refused: \(error).")
            }
            let now = clock?.seconds ?? Int64(Date().timeIntervalSince1970)
            let verified: VerifiedToken
            do {
                verified = try TokenVerifier(keys: keys, now: now).verify(online: token)
            } catch {
                throw CommandFailure(.unverified, error.code, "\(error.chinese)。\n\(error.english)")
            }
            var report = Report()
            report.add("verified", "verified 验证通过", .flag(true))
            report.add("ledger", "ledger 账簿", .text("\(verified.voucher.ledger)"))
            report.add("voucher", "voucher 消费券", .number(Int(verified.voucher.number)))
            report.add("keyID", "key 密钥", .text(verified.keyID.description))
            report.add("expiry", "until 有效至", .instant(Instant(seconds: token.claims.expiry)))
            return report
        }
    }

    struct Draw: FreeCommand {
        static let configuration = CommandConfiguration(
            commandName: "qr",
            abstract: "Draw a token's text as a QR code: in the terminal, as PNG or as SVG.",
            discussion: "Example: wenhui token qr WH1:… --png token.png")
        @Argument(help: "The text.") var text: String
        @OptionGroup var pictures: PictureOptions
        @Flag(help: "Print one JSON document instead of the picture.") var json = false

        func report() async throws -> Report {
            let code = try TokenGroup.code(text)
            if try !pictures.write(code), !json { Console.print(code.terminal) }
            var report = Report()
            report.add("version", "QR version 码版本", .number(code.version))
            report.add("side", "modules a side 每边模块", .number(code.side))
            return report
        }
    }

    /// Where pictures of a QR code go.
    struct PictureOptions: ParsableArguments {
        @Option(help: "Write the QR code to this PNG file.") var png: String?
        @Option(help: "Write the QR code to this SVG file.") var svg: String?
        @Option(help: "Pixels a module.") var scale = 8

        func validate() throws {
            guard (1...64).contains(scale) else { throw ValidationError("--scale is from 1 to 64.") }
        }

        /// Writes what was asked for; whether anything was.
        @discardableResult
        func write(_ code: QRCode) throws -> Bool {
            if let png { try TokenGroup.save(code.png(scale: scale), to: png) }
            if let svg { try TokenGroup.save(Array(code.svg(moduleSize: scale).utf8), to: svg) }
            return png != nil || svg != nil
        }
    }

    /// What a text is, or a sentence that says what is wrong with it.
    static func scanned(_ text: String) throws -> ScannedText {
        do {
            return try ScannedText(text)
        } catch {
            throw CommandFailure.usage("This is no code of ours: \(error).")
        }
    }

    static func code(_ text: String) throws -> QRCode {
        do {
            return try QRCode(text: text)
        } catch {
            throw CommandFailure.usage("\(error)")
        }
    }
}
