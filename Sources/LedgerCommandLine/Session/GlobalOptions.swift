import ArgumentParser
import LedgerDomain

/// What every command on a data folder takes.
struct GlobalOptions: ParsableArguments {
    @Option(help: "The data folder.")
    var data = "./wenhui-data"

    @Option(help: "The ledger by its GB/T 2260 code, when there is more than one.")
    var ledger: LedgerArgument?

    @Flag(help: "Print one JSON document instead of tables; amounts in fen.")
    var json = false
}

/// What every command that changes something takes besides.
struct ActingOptions: ParsableArguments {
    @Option(name: .customLong("as"), help: "Who acts: an account's name, not a person's.")
    var principal = "officer"

    @Option(help: "The idempotency key; made and printed when it is not given.")
    var key: String?

    @Option(help: "The instant to act at (RFC 3339); practice ledgers only.")
    var clock: InstantArgument?
}

/// A ledger's code on the command line.
struct LedgerArgument: ExpressibleByArgument {
    var code: LedgerCode

    init?(argument: String) {
        guard let code = LedgerCode(text: argument) else { return nil }
        self.code = code
    }
}

/// An instant on the command line.
struct InstantArgument: ExpressibleByArgument {
    var instant: Instant

    init?(argument: String) {
        guard let instant = Instant(text: argument) else { return nil }
        self.instant = instant
    }
}

/// A business day on the command line.
struct DayArgument: ExpressibleByArgument {
    var day: BusinessDay

    init?(argument: String) {
        guard let day = BusinessDay(text: argument) else { return nil }
        self.day = day
    }
}

/// An amount in yuan on the command line.
struct AmountArgument: ExpressibleByArgument {
    var amount: Amount

    init?(argument: String) {
        guard let amount = try? Amount(yuan: argument) else { return nil }
        self.amount = amount
    }
}
