import ArgumentParser
import Cryptography
import Foundation
import LedgerDomain
import LedgerService
import QRCodes
import RedemptionTokens

/// `wenhui phone`: what a resident's phone does offline, for practice.
struct PhoneGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "phone",
        abstract: "A practice phone (演练手机): its key, its credential, and what it shows at a till.",
        discussion: "Example: wenhui phone present ./phone --outlet 1",
        subcommands: [New.self, Load.self, Present.self])

    struct New: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a phone with a key of its own.", discussion: "Example: wenhui phone new ./phone")
        @Argument(help: "The phone's file.") var file: String
        @Flag(help: "Print one JSON document instead of tables.") var json = false

        func report() async throws -> Report {
            guard !FileManager.default.fileExists(atPath: file) else {
                throw CommandFailure.usage("\(file) is there already.")
            }
            let phone = PracticePhone()
            try phone.write(to: file)
            var report = Report()
            report.add("key", "key 公钥", .text(try phone.publicKey.compressed.hexadecimal))
            return report
        }
    }

    struct Load: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give the phone a credential, from: wenhui token credential.",
            discussion: "Example: wenhui phone load ./phone ./credential")
        @Argument(help: "The phone's file.") var file: String
        @Argument(help: "The credential's file.") var credential: String
        @Flag(help: "Print one JSON document instead of tables.") var json = false

        func report() async throws -> Report {
            var phone = try PracticePhone(reading: file)
            let claims = try phone.load(try readFile(credential)).claims
            try phone.write(to: file)
            var report = Report()
            report.add("credential", "credential 凭证", .text(claims.id.description))
            report.add("cap", "cap 限额", .amount(Amount(fen: Int64(claims.cap))))
            report.add("expiry", "until 有效至", .instant(Instant(seconds: claims.expiry)))
            return report
        }
    }

    struct Present: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign and show what an outlet's till scans, good for half a minute.",
            discussion: """
                --again signs under a counter that was used before, as a cheat would.
                Example: wenhui phone present ./phone --outlet 1 --qr
                """)
        @Argument(help: "The phone's file.") var file: String
        @Option(help: "The code at the outlet's till (WH4:…), or the outlet's number.") var outlet: String
        @Option(help: "What to spend at most, in yuan; the cap without it.", transform: Typed.amount)
        var amount: Amount?
        @Option(help: "A counter that was used before.") var again: UInt32?
        @Option(help: "The instant to sign at (RFC 3339); now without it.", transform: Typed.instant)
        var clock: Instant?
        @OptionGroup var pictures: TokenGroup.PictureOptions
        @Flag(help: "Draw the QR code in the terminal.") var qr = false
        @Flag(help: "Print nothing but the text.") var text = false
        @Flag(help: "Print one JSON document instead of tables.") var json = false

        func report() async throws -> Report {
            var phone = try PracticePhone(reading: file)
            let now = clock ?? Instant(seconds: Int64(Date().timeIntervalSince1970))
            let fen = amount.map { UInt32(clamping: $0.fen) }
            guard let number = OutletCode(outlet)?.outlet ?? UInt32(outlet), number > 0 else {
                throw CommandFailure.usage(
                    "--outlet \(outlet) is no outlet: it is a number, or what wenhui outlet code draws.")
            }
            let shown = try phone.present(at: number, amount: fen, now: now, again: again)
            // The counter is spent before anybody sees what was signed under it.
            try phone.write(to: file)
            if text { return Report(document: Array("\(shown.text)\n".utf8)) }
            let code = try TokenGroup.code(shown.text)
            try pictures.write(code)
            if qr, !json { Console.print(code.terminal) }
            var report = Report()
            report.add("presentation", "presentation 出示码", .text(shown.text))
            report.add("counter", "counter 序号", .number(Int(shown.presentation.claims.counter)))
            report.add(
                "amount", "amount 金额", .amount(Amount(fen: Int64(shown.presentation.claims.amount))))
            report.add("version", "QR version 码版本", .number(code.version))
            return report
        }
    }
}
