import ArgumentParser
import LedgerBootstrap
import LedgerDomain
import LedgerService

/// `wenhui terminal`: terminals that prove who they are.
struct TerminalGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terminal",
        abstract: "Terminals (终端) that enrol a key and open a day: invite, revoke, PINs.",
        discussion: "Example: wenhui terminal invite YLPOS0001",
        subcommands: [Invite.self, Revoke.self, Pin.self])

    struct Invite: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a terminal enrol a key, in the place of the one that it had.",
            discussion: "Example: wenhui terminal invite YLPOS0001")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The terminal's serial.") var serial: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let made = try await Terminals(service, session.system.office).invite(serial, call)
            var report = Report()
            report.add("code", "code 激活码（只显示这一次）", .text(made.code))
            report.add("expiry", "until 有效至", .instant(made.expiry))
            report.addReceipt(made.receipt, call)
            return report
        }
    }

    struct Revoke: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shut a terminal out: its key and its day sessions are no good any more.",
            discussion: "Example: wenhui terminal revoke YLPOS0001")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The terminal's serial.") var serial: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await Terminals(service, session.system.office).revoke(serial, call)
            var report = Report()
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Pin: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "pin", abstract: "Give a cashier a PIN, read from standard input.",
            discussion: "Example: wenhui terminal pin cashier-1")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The cashier's account.") var account: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            // Not an option: whoever lists the machine's processes would read it.
            let pin = readLine() ?? ""
            let receipt = try await Terminals(service, session.system.office).setPIN(pin, of: account, call)
            var report = Report()
            report.addReceipt(receipt, call)
            return report
        }
    }
}
