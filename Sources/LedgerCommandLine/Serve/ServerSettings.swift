import Cryptography
import Foundation
import LedgerHTTP
import Logging

/// Everything that a server is told, read and checked.
struct ServerSettings {
    /// Where short messages to residents go.
    enum Messages {
        case printed
        case webhook(MessageWebhook)
    }

    /// Who is asked whether a name, a number and a phone go together.
    enum RealName {
        /// Nobody: for practice.
        case accepted
        case webhook(RealNameWebhook)
    }

    private(set) var data: String?
    private(set) var host = "127.0.0.1"
    private(set) var port = 8080
    private(set) var rate = 1_000.0
    private(set) var strangers = 60.0
    private(set) var log = Logger.Level.notice
    private(set) var certificate: ServerCertificate?
    private(set) var messages: Messages?
    private(set) var reminderDays = 0
    private(set) var realName: RealName?

    /// What is wrong with a value.
    private struct Fault: Error {
        var message: String
    }

    /// - Throws: everything that is wrong, each with its place and with what would be right.
    init(_ sources: SettingSources) throws(CommandFailure) {
        var faults: [String] = []
        func read<Value>(
            _ setting: ServerSetting, into value: inout Value, _ body: (String) throws(Fault) -> Value
        ) {
            guard let found = sources[setting] else { return }
            do {
                value = try body(found.text)
            } catch {
                faults.append("\(found.place): \(error.message)")
            }
        }
        let levels = ["error": Logger.Level.error, "warning": .warning, "notice": .notice, "info": .info]
        read(.data, into: &data) { $0 }
        read(.host, into: &host) { (text) throws(Fault) in
            guard !text.isEmpty, !text.contains(where: \.isWhitespace) else {
                throw Fault(message: "an address such as 127.0.0.1 is wanted")
            }
            return text
        }
        read(.port, into: &port) { (text) throws(Fault) in Int(try ServerSettings.number(text, 0...65_535)) }
        read(.rate, into: &rate) { (text) throws(Fault) in try ServerSettings.number(text, 1...1_000_000) }
        read(.strangers, into: &strangers) { (text) throws(Fault) in
            try ServerSettings.number(text, 1...1_000_000)
        }
        read(.log, into: &log) { (text) throws(Fault) in
            guard let level = levels[text] else {
                throw Fault(message: "“\(text)” is not error, warning, notice or info")
            }
            return level
        }
        let chain = sources[.certificate]
        let key = sources[.certificateKey]
        switch (chain, key) {
        case (let chain?, let key?):
            do {
                certificate = try ServerCertificate(chain: chain.text, key: key.text)
            } catch {
                faults.append("\(chain.place): the certificate cannot be used: \(error)")
            }
        case (nil, nil): break
        case (let only?, nil), (nil, let only?):
            faults.append("\(only.place): certificate and certificate-key come together")
        }
        read(.messages, into: &messages) { (text) throws(Fault) in
            if text == "print" { return .printed }
            return .webhook(
                try ServerSettings.webhook(text, .messagesSecret, sources, or: "print", MessageWebhook.init))
        }
        read(.reminderDays, into: &reminderDays) { (text) throws(Fault) in
            let days = Int(try ServerSettings.number(text, 0...60))
            guard days == 0 || sources[.messages] != nil else {
                throw Fault(message: "\(ServerSetting.messages.name) is needed, to say where reminders go")
            }
            return days
        }
        read(.realName, into: &realName) { (text) throws(Fault) in
            if text == "accept" { return .accepted }
            return .webhook(
                try ServerSettings.webhook(text, .realNameSecret, sources, or: "accept", RealNameWebhook.init)
            )
        }
        guard faults.isEmpty else { throw .usage(faults.joined(separator: "\n")) }
    }

    /// Where short messages go when nothing was said.
    mutating func printMessages() { messages = messages ?? .printed }

    private static func number(_ text: String, _ range: ClosedRange<Double>) throws(Fault) -> Double {
        let isWhole = range.lowerBound == 0
        guard let number = Double(text), range.contains(number), !isWhole || Int(text) != nil else {
            throw Fault(
                message:
                    "“\(text)” is not a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
        }
        return number
    }

    /// What is asked at an address, with the secret that signs it.
    private static func webhook<Webhook>(
        _ address: String, _ setting: ServerSetting, _ sources: SettingSources, or word: String,
        _ make: (String, SecretKey) -> Webhook?
    ) throws(Fault) -> Webhook {
        let digits = sources[setting]?.text ?? ""
        guard let secret = [UInt8](hexadecimal: digits).flatMap(SecretKey.init(bytes:)) else {
            throw Fault(
                message:
                    "an address needs \(setting.name) (or \(setting.variable)), 64 hexadecimal digits")
        }
        guard let webhook = make(address, secret) else {
            throw Fault(
                message:
                    "\(word) is wanted, or an address by https (by http on this machine) such as https://sms.example/send"
            )
        }
        return webhook
    }
}
