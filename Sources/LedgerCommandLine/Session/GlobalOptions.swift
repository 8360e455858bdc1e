import ArgumentParser
import Foundation
import LedgerBootstrap
import LedgerDomain

/// What every command on a data folder takes.
struct GlobalOptions: ParsableArguments {
    @Option(help: "The data folder; WENHUI_DATA unless told, else ./wenhui-data.")
    var data = DataFolder.usual

    @Option(
        help: "The ledger by its GB/T 2260 code, when there is more than one.",
        transform: Typed.ledger)
    var ledger: LedgerCode?

    @Flag(help: "Print one JSON document instead of tables; amounts in fen.")
    var json = false
}

/// What every command that changes something takes besides.
struct ActingOptions: ParsableArguments {
    @Option(name: .customLong("as"), help: "Who acts: an account's name, not a person's.")
    var principal = "officer"

    @Option(help: "The idempotency key; made and printed when it is not given.")
    var key: String?

    @Option(help: "The instant to act at (RFC 3339); practice ledgers only.", transform: Typed.instant)
    var clock: Instant?
}

extension DataFolder {
    /// The folder that is meant when none is named.
    static var usual: String {
        ProcessInfo.processInfo.environment[ServerSetting.data.variable] ?? "./wenhui-data"
    }
}
