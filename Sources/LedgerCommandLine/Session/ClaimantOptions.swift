import ArgumentParser

/// For whom a voucher is asked, by whom and where.
struct ClaimantOptions: ParsableArguments {
    @Option(help: "The resident's identity number.") var resident: String
    @Option(help: "Who claims for the resident: a guardian's or an assistant's identity number.")
    var proxy: String?
    @Option(help: "Where it is asked for: a platform, a counter (渠道).") var channel: String?
}
